package org.voltwin.doe.design;

import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.trust.TrustFigures;

/**
 * The choice of a design where the specification leaves it open, and the reason in words.
 *
 * @param kind chosen
 * @param why one sentence
 */
record Choice(DesignKind kind, String why) {
    /** More factors than this are screened first: a quadratic model of 7 factors has 36 parameters. */
    private static final int MANY = 6;

    static Choice of(Study study, int budget) {
        return switch (study.objective()) {
            case SCREENING -> screening(study, budget);
            case EFFECTS -> effects(study, budget);
            case PREDICTION -> prediction(study, budget);
            case EXPLORATION ->
                new Choice(
                        DesignKind.LATIN_HYPERCUBE,
                        "To explore a function of unknown shape, points are spread over the region.");
            case OPTIMUM ->
                new Choice(
                        DesignKind.SEQUENTIAL,
                        "To find the best settings, a first spread of points is followed by runs where a Gaussian"
                                + " process expects most improvement.");
            case AUTO -> auto(study, budget);
        };
    }

    private static Choice auto(Study study, int budget) {
        if (TrustFigures.fullFactorialRuns(study.factors()) <= budget && plain(study)) {
            return new Choice(
                    DesignKind.FULL_FACTORIAL,
                    "All combinations of the factors' levels fit the budget, so every effect and interaction can be told"
                            + " apart.");
        }
        if (study.response().noise().filter(noise -> noise == 0).isPresent()) {
            return new Choice(
                    DesignKind.LATIN_HYPERCUBE,
                    "Without noise, repeating or clustering runs teaches nothing: points are spread.");
        }
        boolean many = study.factors().size() >= MANY
                || Model.quadratic(study.factors()).parameters() > budget;
        return many && study.model().isEmpty() ? screening(study, budget) : prediction(study, budget);
    }

    private static Choice screening(Study study, int budget) {
        int k = study.factors().size();
        if (!plain(study) || !twoLevel(study)) {
            return new Choice(
                    DesignKind.D_OPTIMAL,
                    "Constraints, categories, blocks or costly changes rule out the usual screening designs.");
        }
        if (k >= 4 && 2 * k + 3 <= budget && continuous(study)) {
            return new Choice(
                    DesignKind.DEFINITIVE_SCREENING,
                    "A definitive screening design sees main effects clear of interactions and also shows curvature.");
        }
        return k >= 4 && budget >= 2 * k
                ? new Choice(
                        DesignKind.FRACTIONAL_FACTORIAL,
                        "A fraction of the two-level factorial finds the factors that matter.")
                : new Choice(DesignKind.PLACKETT_BURMAN, "The fewest runs that see every main effect.");
    }

    private static Choice effects(Study study, int budget) {
        if (plain(study)
                && twoLevel(study)
                && 1L << Math.min(40, study.factors().size()) <= budget) {
            return new Choice(
                    study.factors().stream().allMatch(f -> f.levels() == 2)
                            ? DesignKind.FULL_FACTORIAL
                            : DesignKind.D_OPTIMAL,
                    "Effects are most precise at the ends of the ranges.");
        }
        return new Choice(DesignKind.D_OPTIMAL, "D-optimal designs make the coefficients most precise.");
    }

    private static Choice prediction(Study study, int budget) {
        int k = study.factors().size();
        int composite = (1 << Math.min(k, 20)) + 2 * k + 3;
        if (plain(study) && continuous(study) && study.model().isEmpty() && k >= 2 && k <= 4 && composite <= budget) {
            return new Choice(
                    DesignKind.CENTRAL_COMPOSITE,
                    "A central composite design fits the budget and predicts equally well in all directions.");
        }
        return new Choice(
                DesignKind.I_OPTIMAL,
                "An I-optimal design has the smallest average prediction variance for these runs, constraints and"
                        + " levels.");
    }

    /** Whether designs with a known construction apply: a box, no blocks, nothing made before, nothing hard to change. */
    static boolean plain(Study study) {
        return study.constraints().isEmpty()
                && study.existing().isEmpty()
                && study.layout().blocks() == 1
                && study.factors().stream().noneMatch(f -> f.hardToChange() || f instanceof StudyFactor.Mixture);
    }

    private static boolean continuous(Study study) {
        return study.factors().stream().allMatch(StudyFactor.Continuous.class::isInstance);
    }

    private static boolean twoLevel(Study study) {
        return study.factors().stream().allMatch(f -> f instanceof StudyFactor.Continuous || f.levels() == 2);
    }
}
