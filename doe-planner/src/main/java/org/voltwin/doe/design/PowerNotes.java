package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.linear.Probability;
import org.voltwin.doe.trust.ErrorDegrees;
import org.voltwin.doe.trust.Trust;

/** Warns of effects that a design will probably not find, and says how much more would find them. */
record PowerNotes(Study study, Draft draft, Trust trust) {
    /** The usual demand on an experiment: four of five real effects are found. */
    private static final double ENOUGH = 0.8;

    private static final int MOST = 500;
    private static final Pattern MORE_RUNS = Pattern.compile("about (\\d+) runs");

    List<String> notes() {
        boolean simulated = study.response().noise().filter(noise -> noise == 0).isPresent();
        boolean spread = draft.kind().spaceFilling() || draft.kind() == DesignKind.SEQUENTIAL;
        if (simulated || spread || draft.points().size() < draft.model().parameters()) {
            return List.of();
        }
        ErrorDegrees degrees = new ErrorDegrees(draft.model(), draft.points().size(), draft.wholePlots());
        List<String> notes = new ArrayList<>();
        boolean plots = draft.wholePlots().length > 0;
        if (plots) {
            int made =
                    (int) java.util.Arrays.stream(draft.wholePlots()).distinct().count();
            note(true, made, degrees.betweenPlots(), "whole plots (wholePlots: %d, and runs to fill them)")
                    .ifPresent(notes::add);
        }
        int runs = draft.points().size();
        note(false, runs, degrees.withinPlots(), "runs")
                .map(this::withReplicates)
                .ifPresent(notes::add);
        return notes;
    }

    /** A design with a construction of its own gets more runs by being made again. */
    private String withReplicates(String note) {
        Matcher runs = MORE_RUNS.matcher(note);
        int once = draft.points().size() / study.layout().replicates();
        if (draft.kind().optimal() || !runs.find()) {
            return note;
        }
        int times = Math.ceilDiv(Integer.parseInt(runs.group(1)), once);
        return runs.replaceFirst("about $1 runs (replicates: " + times + " makes " + times * once + ")");
    }

    /** The main effect that is hardest to find among those judged by whole plots, or among the others. */
    private Optional<String> note(boolean ofPlots, int units, int df, String what) {
        Trust.EffectPower worst = null;
        int columns = 1;
        for (Trust.EffectPower power : trust.power()) {
            Model.Term term = draft.model().terms().stream()
                    .filter(t -> t.name().equals(power.effect()))
                    .findFirst()
                    .orElseThrow();
            boolean main = study.factors().stream().anyMatch(f -> f.name().equals(power.effect()));
            boolean plots = draft.wholePlots().length > 0 && draft.model().ofWholePlots(term);
            if (main && plots == ofPlots && (worst == null || power.standardError() > worst.standardError())) {
                worst = power;
                columns = term.columns().size();
            }
        }
        if (worst == null) {
            return Optional.empty();
        }
        Double power = worst.power();
        if (power != null && power >= ENOUGH) {
            return Optional.empty();
        }
        String chance = power == null
                ? "cannot be tested: nothing is left to estimate the error"
                : "is found with a chance of only " + Math.round(100 * power) + " %";
        int needed = needed(worst.standardError(), columns, units, df);
        String remedy = needed > MOST ? "" : "; about " + needed + " " + what.formatted(needed) + " would give 80 %";
        return Optional.of("An effect of " + worst.effect() + " of "
                + study.options().effect()
                + " standard deviations " + chance + " with these " + units + (ofPlots ? " whole plots" : " runs")
                + remedy + ".");
    }

    /** Units of the same kind that raise the power: the variance falls with their number, and more are left over. */
    private int needed(double standardError, int columns, int units, int df) {
        double half = study.options().effect() / 2;
        double now = half * half / (standardError * standardError);
        int more = units;
        while (more <= MOST) {
            more++;
            int left = df + more - units;
            if (left > 0
                    && Probability.power(
                                    now * more / units,
                                    columns,
                                    left,
                                    study.options().alpha())
                            >= ENOUGH) {
                return more;
            }
        }
        return more;
    }
}
