package org.voltwin.doe.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voltwin.doe.design.StudyDesigner;
import org.voltwin.doe.design.StudyPlan;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.sequential.SequentialDesign;
import org.voltwin.model.failure.Outcome;

/**
 * What the results call for: repetitions, runs that tell terms apart, a larger model, a confirmation; the next batch of a
 * sequential design.
 */
record NextRuns(
        Study study,
        Model wanted,
        Fit fit,
        AnovaTable anova,
        List<Analysis.Residual> residuals,
        Analysis.Prediction best,
        boolean sequential) {
    /** Runs beyond the new parameters, so that the error is known better than before. */
    private static final int SPARE = 2;

    private static final int ERROR_DEGREES = 4;
    private static final int CONFIRMATIONS = 3;
    private static final double INFLUENTIAL = 1;

    List<Analysis.Advice> advice() {
        if (sequential && fit.responses().length > 1) {
            return List.of(mostPromising());
        }
        List<Analysis.Advice> advice = new ArrayList<>();
        suspicious().ifPresent(advice::add);
        int lost = wanted.parameters() - fit.model().parameters();
        boolean lacking = lacksFit();
        if (lost > 0) {
            advice.add(augment(
                    "Add runs that tell the terms left out from the others",
                    lost + " parameters of the model cannot be estimated from these runs.",
                    wanted,
                    lost + SPARE));
        } else if (fit.errorDegrees() < 1) {
            advice.add(augment(
                    "Add runs to learn the error",
                    "All runs were used up by the model's coefficients.",
                    wanted,
                    ERROR_DEGREES));
        } else if (lacking) {
            Model larger = larger();
            int more = larger.parameters() - fit.model().parameters();
            if (more > 0) {
                advice.add(augment(
                        "Add runs for a larger model and fit that",
                        "The lack of fit is larger than repeated runs explain.",
                        larger,
                        more + SPARE));
            }
        }
        imprecise().ifPresent(advice::add);
        if (advice.isEmpty()) {
            advice.add(new Analysis.Advice(
                    "Confirm the best settings with " + CONFIRMATIONS + " runs",
                    "The model fits" + (anova.replication().isPresent() ? " as well as repeated runs allow" : "")
                            + "; it predicts " + Figures.shown(best.mean()) + span()
                            + ". Results outside this speak against the model.",
                    List.of(best.values(), best.values(), best.values())));
        }
        return advice;
    }

    private Analysis.Advice mostPromising() {
        int k = study.factors().size();
        List<double[]> made =
                fit.points().stream().map(point -> Arrays.copyOf(point, k)).toList();
        int left = study.budget().runs().map(runs -> runs - made.size()).orElse(Integer.MAX_VALUE);
        int batch = Math.min(study.options().batch(), Math.max(1, left));
        SequentialDesign.Proposal next = SequentialDesign.of(study).next(made, fit.responses(), batch);
        Region region = Region.of(study);
        String found = "The best so far is " + Figures.round(next.bestResponse()) + " at " + region.values(next.best())
                + "; a run is expected to improve it by " + Figures.shown(next.expectedImprovement()) + " (noise "
                + Figures.shown(next.noise()) + ").";
        if (next.stop() || left < 1) {
            return new Analysis.Advice(
                    left < 1 ? "Stop: the budget is used up" : "Stop: more runs are not worth it",
                    found + " options.tolerance is " + study.options().tolerance() + " of the range seen.",
                    List.of());
        }
        return new Analysis.Advice(
                "Run the " + batch + " most promising settings",
                found,
                next.points().stream().map(region::values).toList());
    }

    private String span() {
        Double low = best.runLow();
        Double high = best.runHigh();
        return low == null || high == null
                ? ""
                : " (a single run " + Figures.shown(low) + " to " + Figures.shown(high) + ")";
    }

    private Optional<Analysis.Advice> suspicious() {
        List<Analysis.Residual> odd = residuals.stream()
                .filter(r -> r.outlier() || (r.cooksDistance() != null && r.cooksDistance() > INFLUENTIAL))
                .toList();
        Region region = Region.of(study);
        int k = study.factors().size();
        List<Map<String, Object>> again = new ArrayList<>();
        for (int i = 0; i < residuals.size(); i++) {
            if (odd.contains(residuals.get(i))) {
                again.add(region.values(Arrays.copyOf(fit.points().get(i), k)));
            }
        }
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(new Analysis.Advice(
                        "Check and repeat the runs "
                                + odd.stream().map(Analysis.Residual::run).toList(),
                        "Their results do not go with the others, or alone decide the fit.",
                        again));
    }

    private boolean lacksFit() {
        return anova.replication()
                .filter(errors -> errors.lackDegrees() > 0
                        && errors.probability() < study.options().alpha())
                .isPresent();
    }

    private Model larger() {
        Model next = wanted.curved() ? Model.cubic(study.factors()) : Model.quadratic(study.factors());
        return next.over(study.factorsAndBlock(), term -> true);
    }

    /** Replications that would bring the interval of an effect down to the effect that was to be found. */
    private Optional<Analysis.Advice> imprecise() {
        if (fit.errorDegrees() < 1 || !(fit.variance() > 0)) {
            return Optional.empty();
        }
        double sought = study.options().effect() / 2 * Math.sqrt(fit.variance());
        double worst = 0;
        List<String> names = new ArrayList<>();
        for (Model.Term term : fit.model().terms()) {
            int df = fit.degrees().of(term);
            for (int column : term.columns()) {
                double error = Math.sqrt(fit.variance() * fit.covariance()[column][column]);
                double half = fit.halfWidth(error, df, study.options().alpha());
                if (!term.constant() && half > sought && Math.abs(fit.coefficients()[column]) < half) {
                    worst = Math.max(worst, half / sought);
                    names.add(fit.model().columnNames().get(column));
                }
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        int times = (int) Math.ceil(worst * worst);
        return Optional.of(new Analysis.Advice(
                fit.splitPlot()
                        ? "Make about " + times + " times as many whole plots"
                        : "Make the design " + times + " times in all (replicates: " + times + ")",
                "For " + String.join(", ", names) + " no effect was found, but one of "
                        + study.options().effect() + " standard deviations could have been missed.",
                List.of()));
    }

    private Analysis.Advice augment(String what, String why, Model model, int runs) {
        List<double[]> made = fit.points().stream()
                .map(point -> Arrays.copyOf(point, study.factors().size()))
                .toList();
        Model over = model.over(study.factors(), this::ofFactors);
        Outcome<StudyPlan> plan = new StudyDesigner().design(study.augmenting(made, over, runs));
        return switch (plan) {
            case Outcome.Ok<StudyPlan>(StudyPlan found) ->
                new Analysis.Advice(
                        what + ": " + found.runs().size() + " runs",
                        why,
                        found.runs().stream().map(StudyPlan.Run::values).toList());
            case Outcome.Refused<StudyPlan>(var failure) ->
                new Analysis.Advice(what, why + " " + failure.cause() + " " + failure.remedy(), List.of());
        };
    }

    private boolean ofFactors(Model.Term term) {
        return !term.name().equals(study.layout().blockName());
    }
}
