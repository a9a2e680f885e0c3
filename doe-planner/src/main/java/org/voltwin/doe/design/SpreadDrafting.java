package org.voltwin.doe.design;

import java.util.List;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.filling.LatinHypercube;
import org.voltwin.doe.filling.Scattered;
import org.voltwin.doe.filling.Sequences;

/** Designs that spread points over the region. */
record SpreadDrafting(Study study, Region region, int budget) {
    /** Runs per factor: Loeppky, Sacks and Welch, Technometrics 51 (2009) 366-376. */
    private static final int RUNS_PER_FACTOR = 10;

    private static final int FIRST_RUNS_PER_FACTOR = 2;

    Draft draft(DesignKind kind, boolean thrifty) {
        int k = study.factors().size();
        int enough = kind == DesignKind.SEQUENTIAL ? FIRST_RUNS_PER_FACTOR * k + 1 : RUNS_PER_FACTOR * k;
        int share =
                budget == Integer.MAX_VALUE ? enough : budget / study.layout().replicates();
        int runs = Math.max(1, thrifty || kind == DesignKind.SEQUENTIAL ? Math.min(share, enough) : share);
        Model main = Model.main(study.factors());
        Model model = Model.quadratic(study.factors()).parameters() < runs ? Model.quadratic(study.factors()) : main;
        String what = switch (kind) {
            case SOBOL -> "A Sobol sequence with a digital shift";
            case HALTON -> "A scrambled Halton sequence";
            default -> "A Latin hypercube (" + study.options().spread() + ")";
        };
        boolean scattered = !region.box() || !study.existing().isEmpty();
        List<double[]> points = scattered
                ? Scattered.points(region, runs, study.existing(), study.seed())
                : unit(kind, runs, k).stream().map(this::coded).toList();
        String why = scattered
                ? runs + " points spread over what the constraints and existing runs leave."
                : what + " of " + runs + " runs.";
        String more = kind == DesignKind.SEQUENTIAL
                ? " These are the first runs; doe analyse proposes the next ones from their results."
                : "";
        return Draft.of(kind, why + more, StudyDesigner.fitting(study, model), points);
    }

    private List<double[]> unit(DesignKind kind, int runs, int k) {
        int most = kind == DesignKind.HALTON ? Sequences.HALTON_FACTORS : Sequences.SOBOL_FACTORS;
        if (k > most) {
            throw StudyDesigner.refused(
                    "wrong_number",
                    "A " + kind.text() + " design has at most " + most + " factors; there are " + k + ".",
                    "Choose latin-hypercube.");
        }
        return switch (kind) {
            case SOBOL -> Sequences.shiftedSobol(runs, k, study.seed());
            case HALTON -> Sequences.halton(runs, k);
            default ->
                switch (study.options().spread()) {
                    case "random" ->
                        LatinHypercube.random(runs, k, study.seed()).cellMiddles();
                    case "discrepancy" ->
                        LatinHypercube.even(runs, k, study.seed()).cellMiddles();
                    case "maximin" ->
                        LatinHypercube.maximin(runs, k, study.seed()).points();
                    default ->
                        throw StudyDesigner.refused(
                                "bad_value",
                                "options.spread is '" + study.options().spread() + "'.",
                                "Choose maximin, discrepancy or random.");
                };
        };
    }

    private double[] coded(double[] unit) {
        double[] point = new double[unit.length];
        for (int f = 0; f < point.length; f++) {
            StudyFactor factor = study.factors().get(f);
            double[] levels = factor.codedLevels();
            point[f] = factor instanceof StudyFactor.Continuous
                    ? 2 * unit[f] - 1
                    : levels[(int) Math.min(levels.length - 1L, (long) (unit[f] * levels.length))];
        }
        return point;
    }
}
