package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.optimal.CoordinateExchange;
import org.voltwin.doe.optimal.Criterion;
import org.voltwin.doe.optimal.ExchangeProblem;
import org.voltwin.doe.optimal.SplitPlotExchange;

/** Designs by coordinate exchange, with blocks, whole plots, centre points and existing runs. */
record OptimalDrafting(Study study, Region region, int budget) {
    private static final int ERROR_DEGREES = 4;

    Draft draft(DesignKind kind, boolean thrifty) {
        Criterion criterion = switch (kind) {
            case A_OPTIMAL -> Criterion.A;
            case I_OPTIMAL -> Criterion.I;
            default -> Criterion.D;
        };
        boolean blocked = study.layout().blocks() > 1;
        List<StudyFactor> factors = study.factorsAndBlock();
        Model model = study.model().orElseGet(() -> usual(criterion)).over(factors, term -> true);
        Region whole = new Region(factors, study.constraints());
        int centres = study.layout().centrePoints().orElse(0);
        int runs = runs(model, thrifty) - centres;
        List<double[]> kept = new ArrayList<>();
        study.existing().forEach(point -> kept.add(Arrays.copyOf(point, factors.size())));
        for (int i = 0; i < centres; i++) {
            kept.add(whole.centre());
        }
        ExchangeProblem problem = new ExchangeProblem(whole, model, runs, kept, blocked ? factors.size() - 1 : -1);
        boolean hard = study.factors().stream().anyMatch(StudyFactor::hardToChange);
        return hard ? splitPlot(kind, criterion, problem, centres) : plain(kind, criterion, problem, blocked, centres);
    }

    private Model usual(Criterion criterion) {
        List<StudyFactor> factors = study.factors();
        Model quadratic = Model.quadratic(factors);
        Model interactions = Model.interactions(factors);
        int available =
                budget == Integer.MAX_VALUE ? budget : budget + study.existing().size();
        boolean screening = study.objective() == Study.Objective.SCREENING;
        if (criterion == Criterion.I && quadratic.parameters() <= available) {
            return quadratic;
        }
        return !screening && interactions.parameters() <= available ? interactions : Model.main(factors);
    }

    private int runs(Model model, boolean thrifty) {
        int p = model.parameters();
        int old = study.existing().size();
        // A third more runs than parameters leaves degrees of freedom for the error.
        int enough = Math.max(1, p + Math.max(ERROR_DEGREES, (p + 2) / 3) - old);
        if (study.factors().stream().anyMatch(StudyFactor::hardToChange)) {
            int plots = wholePlots(model);
            enough = Math.max(enough, Math.max(2 * plots, plots + p - plotParameters(model) + ERROR_DEGREES));
        }
        int runs = budget == Integer.MAX_VALUE || (thrifty && budget > enough) ? enough : budget;
        int times = study.layout().replicates();
        runs = runs / times;
        if (runs + old < p) {
            throw StudyDesigner.refused(
                    "budget_below_model",
                    "The model has " + p + " parameters (" + model.terms().size() + " terms), and the budget is "
                            + budget + " runs" + (old > 0 ? " beside " + old + " existing ones" : "")
                            + (times > 1 ? ", each setting made " + times + " times" : "") + ".",
                    "Raise the budget to at least " + times * (p - old)
                            + " runs, or choose a smaller model (main, interactions, or a list of terms).");
        }
        return runs;
    }

    private Draft plain(DesignKind kind, Criterion criterion, ExchangeProblem problem, boolean blocked, int centres) {
        CoordinateExchange.Found found =
                CoordinateExchange.search(problem, criterion, study.options().starts(), study.seed());
        refuseSingular(found.loss(), problem);
        int k = study.factors().size();
        int times = study.layout().replicates();
        List<double[]> points = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        for (int r = 0; r < times; r++) {
            for (double[] point : found.points()) {
                points.add(Arrays.copyOf(point, k));
                blocks.add(blocked ? (int) point[k] + 1 : 1);
            }
        }
        for (int i = 0; i < centres; i++) {
            points.add(region.centre());
            blocks.add(1);
        }
        String why = article(criterion) + criterion + "-optimal design of " + points.size() + " runs for "
                + problem.model().parameters() + " parameters; " + found.agreeing() + " of "
                + study.options().starts() + " searches came to the same quality.";
        int[] blockNumbers = blocks.stream().mapToInt(Integer::intValue).toArray();
        return new Draft(kind, why, problem.model(), points, blockNumbers, new int[0], Optional.empty());
    }

    private static void refuseSingular(double loss, ExchangeProblem problem) {
        if (Double.isInfinite(loss)) {
            throw StudyDesigner.refused(
                    "not_estimable",
                    "No design within the region can fit the model's "
                            + problem.model().parameters()
                            + " parameters: the constraints or levels make terms equal to each other.",
                    "Leave out squares of two-level factors and terms the constraints tie together, or loosen a"
                            + " constraint.");
        }
    }

    private static String article(Criterion criterion) {
        return criterion == Criterion.D ? "A " : "An ";
    }

    private static int plotParameters(Model model) {
        return model.terms().stream()
                .filter(model::ofWholePlots)
                .mapToInt(term -> term.columns().size())
                .sum();
    }

    /** As chosen, or the fewest that leave something to estimate their error. */
    private int wholePlots(Model model) {
        int chosen = study.layout().wholePlots();
        return chosen > 0 ? chosen : plotParameters(model) + 2;
    }

    private Draft splitPlot(DesignKind kind, Criterion criterion, ExchangeProblem problem, int centres) {
        int plotParameters = plotParameters(problem.model());
        int chosen = study.layout().wholePlots();
        int wholePlots =
                chosen > 0 ? chosen : Math.clamp(wholePlots(problem.model()), 2, Math.max(2, problem.runs() / 2));
        if (chosen > 0 && chosen + problem.kept().size() < plotParameters) {
            throw StudyDesigner.refused(
                    "too_few_whole_plots",
                    "wholePlots is " + chosen + ", and the model has " + plotParameters
                            + " parameters of hard-to-change factors alone (the constant is one).",
                    "Give at least " + plotParameters + " whole plots, " + (plotParameters + 3)
                            + " to test them, or a smaller model.");
        }
        if (wholePlots > problem.runs() || wholePlots < 2) {
            throw StudyDesigner.refused(
                    "bad_value",
                    "wholePlots is " + wholePlots + " with " + problem.runs() + " runs.",
                    "Give at least 2 and at most the number of runs.");
        }
        List<List<double[]>> plots = SplitPlotExchange.search(
                problem,
                criterion,
                wholePlots,
                study.layout().plotVarianceRatio(),
                study.options().starts(),
                study.seed());
        List<double[]> points = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int w = 0; w < plots.size(); w++) {
            for (double[] point : plots.get(w)) {
                points.add(Arrays.copyOf(point, study.factors().size()));
                numbers.add(w + 1);
            }
        }
        for (int i = 0; i < centres; i++) {
            points.add(region.centre());
            numbers.add(plots.size() + 1);
        }
        int[] blocks = new int[points.size()];
        Arrays.fill(blocks, 1);
        String why = article(criterion) + criterion + "-optimal split-plot design: " + points.size()
                + " runs, but the hard-to-change" + " factors are set only " + (plots.size() + (centres > 0 ? 1 : 0))
                + " times.";
        return new Draft(
                kind,
                why,
                problem.model(),
                points,
                blocks,
                numbers.stream().mapToInt(Integer::intValue).toArray(),
                Optional.empty());
    }
}
