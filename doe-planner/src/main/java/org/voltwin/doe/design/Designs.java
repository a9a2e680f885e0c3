package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.voltwin.doe.filling.LatinHypercube;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ExperimentDesigner;
import org.voltwin.model.procedure.Scenario;

/**
 * Full factorials, maximin Latin hypercubes, and the choice between them. Pure: the same specification gives the same
 * design. Values of scenarios are in the unit used inside ({@link org.voltwin.model.quantity.Unit#inside()}), whatever
 * unit the factor's range is given in.
 */
public final class Designs implements ExperimentDesigner {
    static final String FULL_FACTORIAL = "full-factorial";
    static final String LATIN_HYPERCUBE = "latin-hypercube";
    static final String AUTO = "auto";
    /**
     * Runs per factor that a space-filling design needs: Loeppky, Sacks and Welch, "Choosing the sample size of a
     * computer experiment", Technometrics 51 (2009) 366-376.
     */
    static final int RUNS_PER_FACTOR = 10;

    /**
     * The design. Refused with {@code design.unknown_kind}, {@code design.no_budget}, {@code design.duplicate_factor},
     * {@code design.empty_range} or {@code design.bad_levels}.
     */
    @Override
    public Outcome<ExperimentDesign> design(DesignSpecification specification) {
        Optional<Failure> contradiction = contradiction(specification);
        if (contradiction.isPresent()) {
            return Outcome.refused(contradiction.get());
        }
        List<Factor> factors = specification.factors();
        long allRuns = FullFactorial.runs(factors);
        if (factors.isEmpty()) {
            return Outcome.ok(new ExperimentDesign(
                    FULL_FACTORIAL,
                    factors,
                    List.of(new Scenario(1, Map.of())),
                    1,
                    "Nothing is varied: one run with the procedure as it is."));
        }
        boolean fits = allRuns <= specification.maxRuns();
        return switch (specification.kind()) {
            case FULL_FACTORIAL -> fits ? Outcome.ok(factorial(factors, allRuns)) : tooSmall(specification, allRuns);
            case LATIN_HYPERCUBE -> Outcome.ok(hypercube(specification, specification.maxRuns(), allRuns));
            default -> Outcome.ok(fits ? factorial(factors, allRuns) : thrifty(specification, allRuns));
        };
    }

    private static Optional<Failure> contradiction(DesignSpecification specification) {
        if (!Set.of(FULL_FACTORIAL, LATIN_HYPERCUBE, AUTO).contains(specification.kind())) {
            return refuse(
                    "unknown_kind",
                    "There is no design of kind '" + specification.kind() + "'.",
                    "Choose full-factorial, latin-hypercube or auto.");
        }
        if (specification.maxRuns() < 1) {
            return refuse(
                    "no_budget", "The budget is " + specification.maxRuns() + " runs.", "Give maxRuns of at least 1.");
        }
        Set<String> names = new HashSet<>();
        for (Factor factor : specification.factors()) {
            if (!names.add(factor.name())) {
                return refuse(
                        "duplicate_factor",
                        "Factor '" + factor.name() + "' is given more than once.",
                        "Name each factor once; one range covers both if it is wide enough.");
            }
            boolean finite = Double.isFinite(factor.low()) && Double.isFinite(factor.high());
            if (!finite || !(factor.low() < factor.high())) {
                return refuse(
                        "empty_range",
                        "Factor '" + factor.name() + "' has no range: low is " + factor.low() + " and high is "
                                + factor.high() + " " + factor.unit().symbol() + ".",
                        "Give a low value below the high one, or leave the factor out.");
            }
            if (factor.levels() < 2) {
                return refuse(
                        "bad_levels",
                        "Factor '" + factor.name() + "' has " + factor.levels() + " levels.",
                        "Give at least 2 levels, or leave the factor out.");
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> refuse(String code, String cause, String remedy) {
        return Optional.of(Failure.permanent("design." + code, cause, remedy));
    }

    private static Outcome<ExperimentDesign> tooSmall(DesignSpecification specification, long allRuns) {
        return Outcome.refused(Failure.permanent(
                "design.no_budget",
                "A full factorial of these factors takes " + allRuns + " runs, and the budget is "
                        + specification.maxRuns() + ".",
                "Raise maxRuns, lower the levels, or choose latin-hypercube or auto."));
    }

    private static ExperimentDesign factorial(List<Factor> factors, long allRuns) {
        return new ExperimentDesign(
                FULL_FACTORIAL,
                factors,
                scenarios(factors, FullFactorial.points(factors)),
                allRuns,
                "A full factorial: all " + allRuns + " combinations of the factors' levels fit the budget, so every"
                        + " effect and interaction can be told apart.");
    }

    private static ExperimentDesign thrifty(DesignSpecification specification, long allRuns) {
        int enough = Math.multiplyExact(
                RUNS_PER_FACTOR, Math.min(specification.factors().size(), 1_000_000));
        return hypercube(specification, Math.min(specification.maxRuns(), enough), allRuns);
    }

    private static ExperimentDesign hypercube(DesignSpecification specification, int runs, long allRuns) {
        List<Factor> factors = specification.factors();
        LatinHypercube cube = LatinHypercube.maximin(runs, factors.size(), specification.seed());
        String why = "A Latin hypercube of " + runs + (runs == 1 ? " run" : " runs") + " where a full factorial takes "
                + allRuns + ": each factor takes each of its " + runs + " values once"
                + (runs > 1
                        ? ", and the two closest runs are sqrt(" + cube.smallestSquaredDistance() + ") steps apart."
                        : ", the middle of its range.");
        return new ExperimentDesign(LATIN_HYPERCUBE, factors, scenarios(factors, cube.points()), allRuns, why);
    }

    /** Points in the unit cube as scenarios, numbered from 1. */
    private static List<Scenario> scenarios(List<Factor> factors, List<double[]> points) {
        List<Scenario> scenarios = new ArrayList<>();
        for (double[] point : points) {
            Map<String, Double> values = new TreeMap<>();
            for (int f = 0; f < factors.size(); f++) {
                Factor factor = factors.get(f);
                double value = point[f] == 1 ? factor.high() : factor.low() + point[f] * (factor.high() - factor.low());
                values.put(factor.name(), factor.unit().toInside(value));
            }
            scenarios.add(new Scenario(scenarios.size() + 1, values));
        }
        return scenarios;
    }
}
