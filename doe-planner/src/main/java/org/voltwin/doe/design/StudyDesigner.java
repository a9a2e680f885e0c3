package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Formula;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.trust.Trust;
import org.voltwin.doe.trust.TrustFigures;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/** Designs a {@link Study}. Pure: the same study gives the same plan. */
public final class StudyDesigner {
    private static final int DURATION_POINTS = 500;

    /** The plan; refused with a {@code design.*} code that names what is in the way. */
    public Outcome<StudyPlan> design(Study study) {
        try {
            return Outcome.ok(plan(study));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    static RefusedException refused(String code, String cause, String remedy) {
        return new RefusedException(Failure.permanent("design." + code, cause, remedy));
    }

    private static StudyPlan plan(Study study) {
        if (study.factors().isEmpty()) {
            throw refused("no_factors", "The specification varies nothing.", "Give at least one factor in 'factors'.");
        }
        Region region = Region.of(study);
        int budget = budget(study, region);
        Drafting drafting = new Drafting(study, region, budget);
        Draft draft;
        if (study.kind() == DesignKind.AUTO) {
            Choice choice = Choice.of(study, budget);
            draft = drafting.draft(choice.kind(), true).because(choice.why());
        } else {
            draft = drafting.draft(study.kind(), false);
        }
        int total = draft.points().size();
        if (total > budget) {
            throw refused(
                    "no_budget",
                    "A " + draft.kind().text() + " design of these factors takes " + total + " runs, and the budget is "
                            + budget + ".",
                    "Raise the budget, lower levels, replicates or centre points, or choose kind: auto.");
        }
        double hours = hours(study, region, draft.points());
        study.budget().channelHours().filter(limit -> hours > limit + 1e-9).ifPresent(limit -> {
            throw refused(
                    "no_budget",
                    "The runs take " + Math.round(hours * 10) / 10.0 + " channel-hours, and the budget is " + limit
                            + ".",
                    "Raise budget.channelHours, give fewer budget.runs, or limit slow settings by a constraint.");
        });
        return ordered(study, region, draft, hours);
    }

    /** Runs that may be made: as given, and not more than the hours allow at their mean. */
    private static int budget(Study study, Region region) {
        int runs = study.budget().runs().orElse(Integer.MAX_VALUE);
        if (study.budget().channelHours().isPresent()
                && study.budget().hoursPerRun().isPresent()) {
            List<double[]> sample = region.sample(DURATION_POINTS, new SplittableRandom(study.seed()));
            double mean = hours(study, region, sample) / Math.max(1, sample.size());
            double affordable = Math.floor(study.budget().channelHours().get() / mean);
            if (!(mean > 0) || affordable < 1) {
                throw refused(
                        "no_budget",
                        "A run takes " + mean + " h on average, and the budget is "
                                + study.budget().channelHours().get() + " channel-hours.",
                        "Raise budget.channelHours or check budget.hoursPerRun.");
            }
            runs = (int) Math.min(runs, affordable);
        }
        return runs;
    }

    private static double hours(Study study, Region region, List<double[]> points) {
        return study.budget()
                .hoursPerRun()
                .map(each -> points.stream()
                        .mapToDouble(point -> duration(each, region, point))
                        .sum())
                .orElse(0.0);
    }

    private static double duration(Formula each, Region region, double[] point) {
        double hours = each.at(region.natural(point));
        if (!(hours > 0) || Double.isInfinite(hours)) {
            throw refused(
                    "bad_duration",
                    "budget.hoursPerRun, '" + each.text() + "', is " + hours + " h at " + region.values(point) + ".",
                    "Write an expression that is above 0 everywhere, such as \"2 + 4 / C_Rate\".");
        }
        return hours;
    }

    private static StudyPlan ordered(Study study, Region region, Draft draft, double hours) {
        int[] order = order(draft, study.seed());
        List<StudyPlan.Run> runs = new ArrayList<>();
        boolean plots = draft.wholePlots().length > 0;
        Map<Integer, Integer> plotNumbers = new LinkedHashMap<>();
        for (int i : order) {
            int plot = plots ? plotNumbers.computeIfAbsent(draft.wholePlots()[i], p -> plotNumbers.size() + 1) : 0;
            runs.add(new StudyPlan.Run(
                    runs.size() + 1,
                    draft.blocks()[i],
                    plot,
                    region.values(draft.points().get(i))));
        }
        Trust trust = trust(study, draft);
        List<String> notes = notes(study, draft);
        notes.addAll(new PowerNotes(study, draft, trust).notes());
        return new StudyPlan(draft.kind().text(), draft.why(), notes, runs, hours, trust);
    }

    /** Random inside blocks and whole plots, so that drift does not look like an effect; a given seed, a given order. */
    private static int[] order(Draft draft, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5deece66dL);
        int n = draft.points().size();
        Map<Integer, Double> plotKey = new LinkedHashMap<>();
        double[] runKey = new double[n];
        for (int i = 0; i < n; i++) {
            if (draft.wholePlots().length > 0) {
                plotKey.computeIfAbsent(draft.wholePlots()[i], p -> random.nextDouble());
            }
            runKey[i] = random.nextDouble();
        }
        return java.util.stream.IntStream.range(0, n)
                .boxed()
                .sorted(java.util.Comparator.comparingInt((Integer i) -> draft.blocks()[i])
                        .thenComparingDouble(i ->
                                draft.wholePlots().length > 0 ? plotKey.getOrDefault(draft.wholePlots()[i], 0.0) : 0)
                        .thenComparingDouble(i -> runKey[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Trust trust(Study study, Draft draft) {
        List<StudyFactor> factors = draft.model().factors();
        boolean blocked = factors.size() > study.factors().size();
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < draft.points().size(); i++) {
            double[] point = Arrays.copyOf(draft.points().get(i), factors.size());
            if (blocked) {
                point[factors.size() - 1] = draft.blocks()[i] - 1;
            }
            points.add(point);
        }
        int[] plots = draft.wholePlots();
        if (!study.existing().isEmpty()) {
            int next = Arrays.stream(plots).max().orElse(0);
            if (plots.length > 0) {
                plots = Arrays.copyOf(plots, plots.length + study.existing().size());
                for (int i = draft.points().size(); i < plots.length; i++) {
                    plots[i] = ++next;
                }
            }
            study.existing().forEach(point -> points.add(Arrays.copyOf(point, factors.size())));
        }
        Trust trust = new TrustFigures(
                        new Region(factors, study.constraints()),
                        draft.model(),
                        points,
                        plots,
                        study.layout().plotVarianceRatio())
                .figures(
                        study.factors(),
                        study.options().effect(),
                        study.options().alpha(),
                        study.seed());
        List<String> names = study.factors().stream().map(StudyFactor::name).toList();
        return draft.fraction()
                .map(fraction -> trust.withFraction(fraction.resolution(), fraction.aliases(names)))
                .orElse(trust);
    }

    private static List<String> notes(Study study, Draft draft) {
        List<String> notes = new ArrayList<>();
        if (draft.points().size() + study.existing().size() < draft.model().parameters()) {
            notes.add("The design has fewer runs than the model has parameters: use it to screen, not to fit.");
        }
        boolean hard = study.factors().stream().anyMatch(StudyFactor::hardToChange);
        if (hard && draft.wholePlots().length == 0) {
            notes.add("The hard-to-change factors change with every run here; kind: d-optimal or i-optimal plans whole"
                    + " plots.");
        }
        draft.fraction()
                .ifPresent(fraction -> notes.add("Generators: "
                        + String.join(
                                ", ",
                                fraction.generators(study.factors().stream()
                                        .map(StudyFactor::name)
                                        .toList()))
                        + "."));
        return notes;
    }

    /** The model a design is judged by if the study names none. */
    static Model fitting(Study study, Model wanted) {
        return study.model().orElse(wanted);
    }
}
