package org.voltwin.doe.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.design.StudyPlan;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.RegionSearch;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.linear.LeastSquares;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/** Analyses the results of a designed experiment. Pure: the same results give the same analysis. */
public final class ResultsAnalyser {
    /** A column of which less than this part is its own is called a mixture of others. */
    private static final double INDEPENDENT = 1e-8;

    /**
     * The analysis; refused with a {@code results.*} or {@code design.*} code that names what is wrong.
     *
     * @param plan of the study: its runs, and the model if the study names none
     * @param csv a table with the response, and the factors or the numbers of the runs
     */
    public Outcome<Analysis> analyse(Study study, StudyPlan plan, String csv) {
        try {
            Results results = new ResultsReader(study, plan.runs()).read(csv);
            Model wanted = study.model()
                    .orElseGet(() -> Model.named(
                            study.factors(),
                            plan.trust().model().stream()
                                    .filter(term -> !term.equals(study.layout().blockName()))
                                    .toList()))
                    .over(study.factorsAndBlock(), term -> true);
            return Outcome.ok(analysis(study, wanted, results, plan.kind().equals(DesignKind.SEQUENTIAL.text())));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    /**
     * The analysis of runs that were planned elsewhere.
     *
     * @param study names its model
     * @param runs as planned, with their whole plots
     * @param csv a table with the numbers of the runs and the response
     */
    public Outcome<Analysis> analyse(Study study, List<StudyPlan.Run> runs, String csv) {
        try {
            Results results = new ResultsReader(study, runs).read(csv);
            Model wanted = study.model()
                    .orElseGet(() -> Model.main(study.factors()))
                    .over(study.factorsAndBlock(), term -> true);
            return Outcome.ok(analysis(study, wanted, results, false));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    private static Analysis analysis(Study study, Model wanted, Results results, boolean sequential) {
        List<String> notes = new ArrayList<>();
        Model model = estimable(wanted, results, notes);
        Fit fit = fit(study, model, results, notes);
        Region region = Region.of(study);
        double alpha = study.options().alpha();
        Effects effects = new Effects(fit, region, alpha);
        AnovaTable anova = new AnovaTable(fit);
        Residuals residuals = new Residuals(fit, results.runs(), alpha);
        double sign = study.response().maximise() ? -1 : 1;
        double[] best = new RegionSearch(region, point -> sign * fit.mean(effects.row(point)))
                .find(study.seed())
                .point();
        List<Analysis.Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < results.open().size(); i++) {
            predictions.add(
                    effects.prediction(results.openRuns().get(i), results.open().get(i)));
        }
        List<Analysis.Residual> judged = residuals.all();
        NextRuns next = new NextRuns(study, wanted, fit, anova, judged, effects.prediction(0, best), sequential);
        notes(study, fit, results, notes);
        return new Analysis(
                results.response(),
                results.values().length,
                method(fit),
                model.terms().stream().map(Model.Term::name).toList(),
                notes,
                summary(fit, residuals.press()),
                anova.lines(),
                effects.coefficients(),
                effects.means(),
                judged,
                residuals.checks(),
                predictions,
                effects.prediction(0, best),
                next.advice());
    }

    /** The terms that the runs can tell apart, in the model's order. */
    private static Model estimable(Model wanted, Results results, List<String> notes) {
        LeastSquares squares = LeastSquares.of(wanted.rows(results.points()), wanted.parameters(), INDEPENDENT);
        Set<Integer> kept = Set.copyOf(squares.kept());
        Set<String> lost = wanted.terms().stream()
                .filter(term -> !kept.containsAll(term.columns()))
                .map(Model.Term::name)
                .collect(Collectors.toSet());
        if (lost.isEmpty()) {
            return wanted;
        }
        Model model = wanted.over(wanted.factors(), term -> !lost.contains(term.name()));
        for (Model.Term term : wanted.terms()) {
            if (lost.contains(term.name())) {
                notes.add("These runs cannot tell " + term.name() + " from " + sources(wanted, squares, term)
                        + ": it is left out, and what it does appears as theirs.");
            }
        }
        if (model.parameters() == 0 || squares.kept().isEmpty()) {
            throw ResultsReader.refused(
                    "The " + results.values().length + " results cannot fit any term of the model.",
                    "Make more runs, or analyse a smaller model.");
        }
        return model;
    }

    private static String sources(Model model, LeastSquares squares, Model.Term term) {
        List<String> names = model.columnNames();
        List<String> sources = new ArrayList<>();
        for (int column : term.columns()) {
            double[] parts = squares.dependence(column);
            for (int j = 0; j < parts.length; j++) {
                if (Math.abs(parts[j]) > 1e-6 && j != column && !sources.contains(names.get(j))) {
                    sources.add(names.get(j));
                }
            }
        }
        return sources.isEmpty() ? "the others" : String.join(", ", sources);
    }

    private static Fit fit(Study study, Model model, Results results, List<String> notes) {
        int[] plots = results.wholePlots();
        if (plots.length == 0) {
            return Fit.of(model, results, 0);
        }
        Fit known = Fit.of(model, results, study.layout().plotVarianceRatio());
        if (known.degrees().betweenPlots() < 1 || known.degrees().withinPlots() < 1) {
            notes.add(
                    "There are too few whole plots or runs to estimate both errors: the variance between whole plots"
                            + " is taken as " + study.layout().plotVarianceRatio()
                            + " times that of a run (plotVarianceRatio), and effects of hard-to-change factors are not tested.");
            return known;
        }
        double ratio = new PlotVariance(model.rows(results.points()), results.values(), plots).ratio();
        return Fit.of(model, results, ratio);
    }

    private static void notes(Study study, Fit fit, Results results, List<String> notes) {
        if (fit.errorDegrees() < 1) {
            notes.add("There are as many coefficients as results: nothing is left to estimate the error, so nothing can"
                    + " be tested.");
        }
        Region region = Region.of(study);
        int k = study.factors().size();
        List<Integer> outside = new ArrayList<>();
        for (int i = 0; i < results.points().size(); i++) {
            if (!region.holds(java.util.Arrays.copyOf(results.points().get(i), k))) {
                outside.add(results.runs().get(i));
            }
        }
        if (!outside.isEmpty()) {
            notes.add("Runs " + outside + " lie outside the ranges or constraints; they count as they were made.");
        }
    }

    private static String method(Fit fit) {
        if (!fit.splitPlot()) {
            return "Ordinary least squares; blocks, if any, are fixed effects.";
        }
        return "Generalised least squares with a random error per whole plot; the ratio of the variances by restricted"
                + " maximum likelihood. Terms of hard-to-change factors alone are tested with the degrees of freedom of"
                + " whole plots, all others with those of runs within them (containment). Residuals, leverages and sums"
                + " of squares are those of the whitened fit.";
    }

    private static Analysis.Summary summary(Fit fit, @Nullable Double press) {
        double total = fit.totalSquares();
        double rest =
                java.util.Arrays.stream(fit.plainResiduals()).map(r -> r * r).sum();
        int n = fit.responses().length;
        boolean plain = !fit.splitPlot();
        return new Analysis.Summary(
                Figures.known(Math.sqrt(fit.variance())),
                plain ? null : Figures.known(Math.sqrt(fit.variance() * fit.ratio())),
                plain ? fit.errorDegrees() : fit.degrees().withinPlots(),
                plain ? null : fit.degrees().betweenPlots(),
                Figures.round(total > 0 ? 1 - rest / total : 1),
                plain && fit.errorDegrees() > 0 && total > 0
                        ? Figures.known(1 - rest / fit.errorDegrees() / (total / (n - 1)))
                        : null,
                plain ? Figures.known(press) : null,
                plain && press != null && total > 0 ? Figures.known(1 - press / total) : null);
    }
}
