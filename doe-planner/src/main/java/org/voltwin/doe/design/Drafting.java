package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.doe.classical.Constructed;
import org.voltwin.doe.classical.TwoLevelFraction;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.doe.trust.TrustFigures;

/** Builds a design of each kind for a study. */
record Drafting(Study study, Region region, int budget) {

    /** @param thrifty whether to use fewer runs than the budget where fewer do */
    Draft draft(DesignKind kind, boolean thrifty) {
        Draft draft = switch (kind) {
            case FULL_FACTORIAL -> fullFactorial();
            case FRACTIONAL_FACTORIAL -> fraction();
            case PLACKETT_BURMAN -> plackettBurman();
            case BOX_BEHNKEN -> boxBehnken();
            case CENTRAL_COMPOSITE -> centralComposite();
            case DEFINITIVE_SCREENING -> definitive();
            case LATIN_HYPERCUBE, SOBOL, HALTON, SEQUENTIAL ->
                new SpreadDrafting(study, region, budget).draft(kind, thrifty);
            case D_OPTIMAL, A_OPTIMAL, I_OPTIMAL -> new OptimalDrafting(study, region, budget).draft(kind, thrifty);
            case AUTO -> throw new IllegalArgumentException("The kind is chosen before");
        };
        return kind.optimal() ? draft : replicated(draft);
    }

    private Draft replicated(Draft draft) {
        int times = study.layout().replicates();
        if ((long) times * draft.points().size() > StudyReader.MOST_RUNS) {
            throw StudyDesigner.refused(
                    "no_budget",
                    draft.points().size() + " runs made " + times + " times are more than the " + StudyReader.MOST_RUNS
                            + " that a design may have.",
                    "Give fewer replicates.");
        }
        List<double[]> points = new ArrayList<>();
        for (int r = 0; r < times; r++) {
            points.addAll(draft.points());
        }
        String why = draft.why() + (times > 1 ? " Made " + times + " times." : "");
        int count = study.layout().blocks();
        if (count == 1) {
            return new Draft(
                    draft.kind(),
                    why,
                    draft.model(),
                    points,
                    Draft.oneBlock(points.size()),
                    draft.wholePlots(),
                    draft.fraction());
        }
        int[] blocks = new BlockDealing(draft.model(), points, count).deal(study.seed());
        if (times >= count) {
            // Whole replicates go to blocks in turn: nothing can be mixed with them.
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = 1 + i / draft.points().size() % count;
            }
        }
        List<String> mixed = BlockDealing.mixed(draft.model(), points, blocks);
        String lost = mixed.isEmpty()
                ? ""
                : " A difference between blocks cannot be told from " + String.join(", ", mixed)
                        + ", which the figures leave out; more runs, replicates or fewer blocks would.";
        // The figures are those of a fit that knows the blocks.
        Model model = draft.model().over(study.factorsAndBlock(), term -> !mixed.contains(term.name()));
        return new Draft(draft.kind(), why + lost, model, points, blocks, draft.wholePlots(), draft.fraction());
    }

    private int k() {
        return study.factors().size();
    }

    private void needBox(String kind) {
        if (!region.box()) {
            throw StudyDesigner.refused(
                    "not_a_box",
                    "A " + kind
                            + " design needs independent ranges; this study has constraints or shares of a mixture.",
                    "Choose d-optimal, i-optimal or latin-hypercube, which keep to them.");
        }
    }

    private void needQuantities(String kind) {
        for (StudyFactor factor : study.factors()) {
            if (!(factor instanceof StudyFactor.Continuous)) {
                throw StudyDesigner.refused(
                        "wrong_factor",
                        "A " + kind + " design needs continuous factors; '" + factor.name() + "' is none.",
                        "Choose d-optimal or i-optimal, or make it continuous.");
            }
        }
    }

    private void needTwoLevels(String kind) {
        needBox(kind);
        for (StudyFactor factor : study.factors()) {
            if (!(factor instanceof StudyFactor.Continuous) && factor.levels() != 2) {
                throw StudyDesigner.refused(
                        "wrong_factor",
                        "A " + kind + " design has two levels of each factor; '" + factor.name() + "' has "
                                + factor.levels() + ".",
                        "Keep two of its values, or choose d-optimal.");
            }
        }
    }

    /** Two-level points in the factors' codes: a label's index is 0 or 1. */
    private List<double[]> recoded(List<double[]> points) {
        return points.stream()
                .map(point -> {
                    double[] recoded = point.clone();
                    for (int f = 0; f < recoded.length; f++) {
                        if (study.factors().get(f) instanceof StudyFactor.Categorical) {
                            recoded[f] = point[f] < 0 ? 0 : 1;
                        }
                    }
                    return recoded;
                })
                .toList();
    }

    private List<double[]> withCentres(List<double[]> points, int usual) {
        List<double[]> all = new ArrayList<>(points);
        for (int i = 0; i < study.layout().centrePoints().orElse(usual); i++) {
            all.add(region.centre());
        }
        return all;
    }

    private Draft fullFactorial() {
        long runs = TrustFigures.fullFactorialRuns(study.factors());
        if (runs > StudyReader.MOST_RUNS || runs > budget) {
            throw StudyDesigner.refused(
                    "no_budget",
                    "A full factorial of these factors takes " + runs + " runs, and the budget is "
                            + (budget == Integer.MAX_VALUE ? "limited to " + StudyReader.MOST_RUNS : budget) + ".",
                    "Raise budget.runs, lower the levels, or choose kind: auto.");
        }
        List<double[]> points = new ArrayList<>();
        for (long run = 0; run < runs; run++) {
            double[] point = new double[k()];
            long rest = run;
            for (int f = 0; f < point.length; f++) {
                double[] levels = study.factors().get(f).codedLevels();
                point[f] = levels[(int) (rest % levels.length)];
                rest /= levels.length;
            }
            if (region.holds(point)) {
                points.add(point);
            }
        }
        boolean curved = study.factors().stream().anyMatch(f -> f.levels() > 2);
        Model model = curved ? Model.quadratic(study.factors()) : Model.interactions(study.factors());
        return Draft.of(
                DesignKind.FULL_FACTORIAL,
                "A full factorial: all " + runs + " combinations"
                        + (points.size() < runs ? ", of which " + points.size() + " keep to the constraints." : "."),
                StudyDesigner.fitting(study, model),
                withCentres(points, 0));
    }

    private Draft fraction() {
        needTwoLevels("fractional factorial");
        int wanted = study.options().resolution();
        int usual = study.layout().centrePoints().orElse(0);
        int most = Math.max(0, budget - usual);
        TwoLevelFraction found = TwoLevelFraction.smallest(k(), wanted, most, study.seed())
                .orElseThrow(() -> StudyDesigner.refused(
                        "no_fraction",
                        "No fraction of a two-level factorial of " + k() + " factors has resolution " + wanted
                                + " within " + most + " runs.",
                        "Raise the budget, lower options.resolution, or choose plackett-burman or full-factorial."));
        Model model = found.resolution() >= 5 ? Model.interactions(study.factors()) : Model.main(study.factors());
        return Draft.of(
                        DesignKind.FRACTIONAL_FACTORIAL,
                        "A fraction of resolution " + found.resolution() + " in " + found.runs() + " of " + (1L << k())
                                + " runs with the least aberration found.",
                        StudyDesigner.fitting(study, model),
                        withCentres(recoded(found.points()), 0))
                .with(found);
    }

    private Draft plackettBurman() {
        needTwoLevels("Plackett-Burman");
        int runs = 4 * (k() / 4 + 1);
        while (Constructed.plackettBurman(runs, k()).isEmpty()) {
            runs += 4;
        }
        return Draft.of(
                DesignKind.PLACKETT_BURMAN,
                "A Plackett-Burman design: " + runs + " runs for the main effects of " + k() + " factors.",
                StudyDesigner.fitting(study, Model.main(study.factors())),
                withCentres(recoded(Constructed.plackettBurman(runs, k()).orElseThrow()), 0));
    }

    private Draft boxBehnken() {
        needBox("Box-Behnken");
        needQuantities("Box-Behnken");
        List<double[]> points = Constructed.boxBehnken(k())
                .orElseThrow(() -> StudyDesigner.refused(
                        "wrong_number",
                        "Box-Behnken designs are here for 3 to 7 factors; there are " + k() + ".",
                        "Choose central-composite or i-optimal."));
        return Draft.of(
                DesignKind.BOX_BEHNKEN,
                "A Box-Behnken design: three levels, no run at a corner.",
                StudyDesigner.fitting(study, Model.quadratic(study.factors())),
                withCentres(points, 3));
    }

    private Draft centralComposite() {
        needBox("central composite");
        needQuantities("central composite");
        List<double[]> corners = k() < 6 || k() > 10
                ? Constructed.twoLevels(Math.min(k(), 16))
                : TwoLevelFraction.smallest(k(), 5, Integer.MAX_VALUE, study.seed())
                        .map(TwoLevelFraction::points)
                        .orElseGet(() -> Constructed.twoLevels(k()));
        double alpha = alpha(corners.size());
        List<double[]> points = new ArrayList<>();
        // The range is what the laboratory allows: star points lie on its ends, the cube inside.
        for (double[] point : Constructed.centralComposite(corners, alpha)) {
            double[] scaled = new double[k()];
            for (int f = 0; f < k(); f++) {
                scaled[f] = point[f] / Math.max(1, alpha);
            }
            points.add(scaled);
        }
        return Draft.of(
                DesignKind.CENTRAL_COMPOSITE,
                "A central composite design with alpha " + Math.round(alpha * 1000) / 1000.0
                        + ": star points on the ends of the ranges, corners inside.",
                StudyDesigner.fitting(study, Model.quadratic(study.factors())),
                withCentres(points, 3));
    }

    private double alpha(int corners) {
        String axial = study.options().axial();
        return switch (axial) {
            case "rotatable" -> Constructed.rotatable(corners);
            case "spherical" -> Math.sqrt(k());
            case "face" -> 1;
            default -> {
                try {
                    yield Double.parseDouble(axial);
                } catch (NumberFormatException e) {
                    throw StudyDesigner.refused(
                            "bad_value",
                            "options.axial is '" + axial + "'.",
                            "Choose rotatable, spherical, face or a number.");
                }
            }
        };
    }

    private Draft definitive() {
        needBox("definitive screening");
        needQuantities("definitive screening");
        List<double[]> points = Constructed.definitiveScreening(k(), 0);
        return Draft.of(
                DesignKind.DEFINITIVE_SCREENING,
                "A definitive screening design: " + points.size() + " runs, three levels, main effects clear of"
                        + " interactions and squares.",
                StudyDesigner.fitting(study, Model.main(study.factors())),
                withCentres(points, 0));
    }
}
