package org.voltwin.doe.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voltwin.doe.design.StudyPlan;
import org.voltwin.doe.factors.FactorReader;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Reads results: a table with a column for the response, and either the factors (as the design's table has them) or the
 * number of the run alone. A row without a result is a run that was not made yet.
 */
final class ResultsReader {
    private static final ObjectReader CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.ALLOW_COMMENTS)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build()
            .readerFor(JsonNode.class);
    private static final String RUN = "run";
    private static final String BLOCK = "block";
    private static final String WHOLE_PLOT = "whole_plot";

    private final Study study;
    private final Map<Integer, StudyPlan.Run> planned = new HashMap<>();
    private final List<StudyFactor> factors;
    private final boolean plots;
    /** By name, the index of the column. */
    private Map<String, Integer> columns = Map.of();

    private final Map<String, Integer> plotNumbers = new HashMap<>();

    ResultsReader(Study study, List<StudyPlan.Run> runs) {
        this.study = study;
        this.factors = study.factorsAndBlock();
        this.plots = study.factors().stream().anyMatch(StudyFactor::hardToChange)
                && runs.stream().anyMatch(run -> run.wholePlot() > 0);
        runs.forEach(run -> planned.put(run.number(), run));
    }

    static RefusedException refused(String cause, String remedy) {
        return new RefusedException(Failure.permanent("results.unreadable", cause, remedy));
    }

    Results read(String csv) {
        List<Line> rows = rows(csv);
        columns = header(rows.getFirst());
        String response = response();
        int at = columns.getOrDefault(response, -1);
        List<Integer> runs = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<Integer> wholePlots = new ArrayList<>();
        List<Integer> openRuns = new ArrayList<>();
        List<double[]> open = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            Line row = rows.get(i);
            // Only a number that is given says which planned run a row is: rows may be in any order.
            Optional<Integer> given = cell(row, RUN).map(text -> whole(text, row));
            int run = given.orElse(i);
            Optional<StudyPlan.Run> plan = given.map(planned::get);
            given.filter(number -> plan.isEmpty()).ifPresent(number -> needFactors(row, number));
            double[] point = point(row, plan);
            String result = at < row.size() ? row.get(at) : "";
            if (result.isEmpty()) {
                open.add(point);
                openRuns.add(run);
                continue;
            }
            runs.add(run);
            points.add(point);
            values.add(number(result, response, row));
            if (plots) {
                wholePlots.add(plot(row, plan));
            }
        }
        if (values.isEmpty()) {
            throw refused(
                    "None of the " + (rows.size() - 1) + " rows has a value for '" + response + "'.",
                    "Fill in the column '" + response + "' for the runs that were made.");
        }
        return new Results(
                response,
                runs,
                points,
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                wholePlots.stream().mapToInt(Integer::intValue).toArray(),
                open,
                openRuns);
    }

    /**
     * A line of the table.
     *
     * @param number from 1, lines without content left out
     */
    private record Line(int number, List<String> cells) {
        int size() {
            return cells.size();
        }

        String get(int column) {
            return cells.get(column);
        }
    }

    private static List<Line> rows(String csv) {
        JsonNode table;
        try {
            table = CSV.readTree(csv);
        } catch (JsonProcessingException e) {
            throw refused("The results are no table: " + e.getOriginalMessage() + ".", "Give comma-separated values.");
        }
        List<Line> rows = new ArrayList<>();
        for (JsonNode line : table) {
            List<String> cells = new ArrayList<>();
            line.forEach(cell -> cells.add(cell.asText()));
            rows.add(new Line(rows.size() + 1, cells));
        }
        if (rows.size() < 2) {
            throw refused("The results have no rows.", "Give a line of names and a line for each run.");
        }
        Line names = rows.getFirst();
        if (names.size() == 1 && names.get(0).contains(";")) {
            throw refused(
                    "The results are separated by semicolons.",
                    "Separate them by commas, with points in numbers: 4.61.");
        }
        for (Line row : rows) {
            if (row.size() > names.size()) {
                throw refused(
                        "Line " + row.number() + " has " + row.size() + " cells; the line of names has " + names.size()
                                + ".",
                        "Write numbers with a point (4.61, not 4,61), and texts that hold a comma in quotation marks.");
            }
        }
        return rows;
    }

    private Map<String, Integer> header(Line names) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String text = names.get(i).replace("\ufeff", "");
            int bracket = text.indexOf('[');
            String name = withoutUnit(text);
            if (found.put(name, i) != null) {
                throw refused("The column '" + name + "' is there twice.", "Leave one out, or rename it.");
            }
            if (bracket >= 0) {
                checkUnit(name, text.substring(bracket + 1).replace("]", "").strip());
            }
        }
        return found;
    }

    private static String withoutUnit(String text) {
        int bracket = text.indexOf('[');
        return (bracket < 0 ? text : text.substring(0, bracket)).strip();
    }

    private void checkUnit(String name, String unit) {
        for (StudyFactor factor : factors) {
            if (factor.name().equals(name)
                    && factor instanceof StudyFactor.Quantity q
                    && !q.unit().symbol().equals(unit)) {
                throw refused(
                        "The column '" + name + "' is in " + unit + ", and the factor is in "
                                + q.unit().symbol() + ".",
                        "Convert the column.");
            }
        }
    }

    private String response() {
        String named = withoutUnit(study.response().name());
        if (columns.containsKey(named)) {
            return named;
        }
        Set<String> known = new java.util.HashSet<>(Set.of(RUN, BLOCK, WHOLE_PLOT));
        factors.forEach(factor -> known.add(factor.name()));
        List<String> left =
                columns.keySet().stream().filter(name -> !known.contains(name)).toList();
        boolean said = !named.equals(Study.Response.UNNAMED);
        if (left.size() != 1 || said) {
            throw refused(
                    "There is no column '" + named + "' for the response; "
                            + (left.isEmpty() ? "all columns are factors." : "it could be any of " + left + "."),
                    "Add the column, or say response.name in the design (or --response NAME).");
        }
        return left.getFirst();
    }

    private Optional<String> cell(Line row, String name) {
        Integer at = columns.get(name);
        return at == null || at >= row.size() || row.get(at).isEmpty() ? Optional.empty() : Optional.of(row.get(at));
    }

    /** A run that was not planned must say itself what was set. */
    private void needFactors(Line row, int number) {
        for (StudyFactor factor : study.factors()) {
            if (cell(row, factor.name()).isEmpty()) {
                throw refused(
                        "Line " + row.number() + " is of run " + number
                                + ", which the design does not have, and gives no" + " value for factor '"
                                + factor.name() + "'.",
                        "Correct the run's number, or give every factor in the line.");
            }
        }
    }

    private double[] point(Line row, Optional<StudyPlan.Run> plan) {
        double[] point = FactorReader.coded(
                study.factors(),
                name -> cell(row, name)
                        .or(() -> plan.map(p -> String.valueOf(p.values().get(name)))));
        if (factors.size() == study.factors().size()) {
            return point;
        }
        double[] blocked = Arrays.copyOf(point, factors.size());
        int block = cell(row, BLOCK)
                .or(() -> cell(row, study.layout().blockName()))
                .map(text -> whole(text, row))
                .orElseGet(() -> plan.map(StudyPlan.Run::block).orElse(0));
        if (block < 1 || block > study.layout().blocks()) {
            throw refused(
                    "Line " + row.number() + " is in block " + block + "; there are "
                            + study.layout().blocks() + ".",
                    "Give the column 'block' with numbers from 1, or the run's number in the column 'run'.");
        }
        blocked[blocked.length - 1] = block - 1;
        return blocked;
    }

    /** Whole plots numbered from 1 in the order of the file; a run of no known plot is one of its own. */
    private int plot(Line row, Optional<StudyPlan.Run> plan) {
        String key = cell(row, WHOLE_PLOT)
                .or(() -> plan.map(run -> String.valueOf(run.wholePlot())))
                .orElseGet(() -> "line " + row.number());
        return plotNumbers.computeIfAbsent(key, k -> plotNumbers.size() + 1);
    }

    private static int whole(String text, Line row) {
        double value = number(text, "a number of a run or block", row);
        if (value != Math.rint(value) || Math.abs(value) > 1e9) {
            throw refused("Line " + row.number() + " has '" + text + "'.", "Give a whole number.");
        }
        return (int) value;
    }

    private static double number(String text, String what, Line row) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw refused(
                    "Line " + row.number() + " has '" + text + "' for " + what + ".",
                    "Give a number, or leave the cell empty if the run was not made.");
        }
        return value;
    }
}
