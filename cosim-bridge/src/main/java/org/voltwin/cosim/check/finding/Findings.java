package org.voltwin.cosim.check.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voltwin.model.port.ModelInspector.Finding;

/** Collects the findings on one file. Of one code at most {@value #MOST_OF_A_CODE} are kept, and the rest is counted. */
public final class Findings {
    /** What kind of mistake a finding is. */
    public enum Category {
        MALFORMED("malformed"),
        ERRONEOUS("erroneous"),
        INTERCONNECTION("interconnection"),
        CONTRADICTORY("contradictory-parameters");

        private final String text;

        Category(String text) {
            this.text = text;
        }
    }

    private static final int MOST_OF_A_CODE = 20;
    private static final int LONGEST_TEXT = 600;

    private final String file;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Finding> lastOfCode = new HashMap<>();

    /** @param file the name that places begin with */
    public Findings(String file) {
        this.file = file;
    }

    /** What stops a run. */
    public void error(Category category, String code, String place, String cause, String remedy) {
        add(category, true, code, place, cause, remedy);
    }

    /** What a run may survive. */
    public void warning(Category category, String code, String place, String cause, String remedy) {
        add(category, false, code, place, cause, remedy);
    }

    private void add(Category category, boolean error, String code, String place, String cause, String remedy) {
        String where = place.isEmpty() ? file : file + ": " + place;
        Finding finding = new Finding(category.text, error, code, printable(where), printable(cause), remedy);
        if (counts.merge(code, 1, Integer::sum) <= MOST_OF_A_CODE) {
            findings.add(finding);
        }
        lastOfCode.put(code, finding);
    }

    public void addAll(List<Finding> others) {
        findings.addAll(others);
    }

    public boolean hasError() {
        return findings.stream().anyMatch(Finding::error);
    }

    /** All of them, and per code that came too often one that says how many were left out. */
    public List<Finding> list() {
        List<Finding> all = new ArrayList<>(findings);
        counts.forEach((code, count) -> {
            Finding last = lastOfCode.get(code);
            if (count > MOST_OF_A_CODE && last != null) {
                all.add(new Finding(
                        last.category(),
                        last.error(),
                        code,
                        file,
                        "There are " + (count - MOST_OF_A_CODE) + " more findings with the code " + code + ".",
                        last.remedy()));
            }
        });
        return List.copyOf(all);
    }

    /** Texts come from files of others: no control characters reach a terminal, and no text is longer than a paragraph. */
    public static String printable(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]", "?");
        return plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) + "..." : plain;
    }
}
