package org.voltwin.doe.factors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;

/** Proves by linear programming that constraints contradict each other, and finds a smallest set that still does. */
final class LinearContradiction {
    private LinearContradiction() {}

    /** Constraints none of which can be left out of the contradiction; empty if linear ones alone do not contradict. */
    static Optional<List<String>> find(List<StudyFactor> factors, Map<String, ToDoubleFunction<double[]>> slacks) {
        if (factors.stream().anyMatch(StudyFactor.Categorical.class::isInstance)) {
            return Optional.empty();
        }
        Map<String, LinearConstraint> linear = new LinkedHashMap<>();
        slacks.forEach((text, slack) -> affine(factors, slack).ifPresent(c -> linear.put(text, c)));
        if (feasible(factors, List.copyOf(linear.values()))) {
            return Optional.empty();
        }
        // Deletion filter: what can go without making the rest feasible is no part of the reason.
        for (String text : List.copyOf(linear.keySet())) {
            LinearConstraint without = linear.remove(text);
            if (without != null && feasible(factors, List.copyOf(linear.values()))) {
                linear.put(text, without);
            }
        }
        return Optional.of(List.copyOf(linear.keySet()));
    }

    private static Optional<LinearConstraint> affine(List<StudyFactor> factors, ToDoubleFunction<double[]> slack) {
        int k = factors.size();
        double[] zero = new double[k];
        double constant = slack.applyAsDouble(zero);
        double[] slope = new double[k];
        for (int f = 0; f < k; f++) {
            double[] unit = new double[k];
            unit[f] = 1;
            slope[f] = slack.applyAsDouble(unit) - constant;
        }
        for (double t : new double[] {-0.9, 0.37, 0.81}) {
            double[] point = new double[k];
            double expected = constant;
            for (int f = 0; f < k; f++) {
                point[f] = t * (f % 2 == 0 ? 1 : 0.5);
                expected += slope[f] * point[f];
            }
            double found = slack.applyAsDouble(point);
            if (!(Math.abs(found - expected) < 1e-9 * (1 + Math.abs(found)))) {
                return Optional.empty();
            }
        }
        return Optional.of(new LinearConstraint(slope, Relationship.GEQ, -constant));
    }

    private static boolean feasible(List<StudyFactor> factors, List<LinearConstraint> constraints) {
        int k = factors.size();
        List<LinearConstraint> all = new ArrayList<>(constraints);
        double[] sum = new double[k];
        boolean mixture = false;
        for (int f = 0; f < k; f++) {
            double[] axis = new double[k];
            axis[f] = 1;
            all.add(new LinearConstraint(axis, Relationship.GEQ, factors.get(f).codedLow()));
            all.add(new LinearConstraint(axis, Relationship.LEQ, factors.get(f).codedHigh()));
            if (factors.get(f) instanceof StudyFactor.Mixture) {
                sum[f] = 1;
                mixture = true;
            }
        }
        if (mixture) {
            all.add(new LinearConstraint(sum, Relationship.EQ, 1));
        }
        try {
            new SimplexSolver()
                    .optimize(
                            new LinearObjectiveFunction(new double[k], 0),
                            new LinearConstraintSet(all),
                            new NonNegativeConstraint(false));
            return true;
        } catch (MathIllegalStateException e) {
            return false;
        }
    }
}
