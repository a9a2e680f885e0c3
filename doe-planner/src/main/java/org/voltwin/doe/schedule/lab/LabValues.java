package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Names that are missing or given twice, and values that no laboratory has. */
final class LabValues {
    /** Times are counted in minutes, and a plan looks ten years ahead. */
    private static final Duration LONGEST = Duration.ofDays(3000);

    /** Ten times a large laboratory's fortnight; more would keep somebody waiting for minutes without a word. */
    private static final int MOST_TESTS = 5_000;

    private final Set<String> names = new HashSet<>();

    private LabValues() {}

    static Optional<Failure> first(LabProblem problem) {
        try {
            new LabValues().check(problem);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.failure());
        }
    }

    private void check(LabProblem problem) {
        int count = problem.tests().size();
        need(
                count <= MOST_TESTS,
                "too_many_tests",
                "The problem has " + count + " tests; at most " + MOST_TESTS + " are planned at a time.",
                "Plan the most urgent " + MOST_TESTS + " first, and the others around that plan later.");
        for (Chamber chamber : problem.chambers()) {
            String what = named("Chamber", chamber.id());
            need(
                    chamber.degreesPerHour() > 0,
                    "no_ramp",
                    what + " changes by " + chamber.degreesPerHour() + " degrees per hour.",
                    "Give degreesPerHour above 0.");
            need(
                    chamber.minCelsius() <= chamber.maxCelsius(),
                    "bad_chamber",
                    what + " reaches from " + chamber.minCelsius() + " to " + chamber.maxCelsius() + " degC.",
                    "Give minCelsius below maxCelsius.");
            closures(what, "closures", chamber.closures());
        }
        for (LabBench bench : problem.benches()) {
            String what = named("Bench", bench.id());
            need(
                    bench.channels() >= 1 && bench.channels() <= 10_000 && bench.speed() > 0,
                    "bad_bench",
                    what + " has " + bench.channels() + " channels and speed " + bench.speed() + ".",
                    "Give 1 to 10000 channels and a speed above 0.");
            need(
                    bench.chamber() == null
                            || problem.chambers().stream().anyMatch(c -> c.id().equals(bench.chamber())),
                    "unknown_chamber",
                    what + " is in the chamber '" + bench.chamber() + "', which is not given.",
                    "Add the chamber, or correct the bench.");
            atLeastZero(what, "maxCurrentAmperes", bench.maxCurrentAmperes());
            share(what, "fidelity", bench.fidelity());
            closures(what, "closures", bench.closures());
        }
        for (Technician technician : problem.technicians()) {
            closures(named("Technician", technician.id()), "absences", technician.absences());
        }
        problem.tests().forEach(this::test);
    }

    private void test(LabTest test) {
        String what = named("Test", test.id());
        need(
                !test.run().isNegative()
                        && !test.setUp().isNegative()
                        && !test.tearDown().isNegative(),
                "negative_time",
                what + " has a negative set-up, run or tear-down.",
                "Give durations of zero or more, such as PT30M.");
        for (Duration time : List.of(test.setUp(), test.run(), test.tearDown())) {
            need(
                    time.compareTo(LONGEST) <= 0,
                    "too_long",
                    what + " has a set-up, run or tear-down of " + time.toDays() + " days.",
                    "Give at most 3000 days, or check the duration's unit (PT90M, PT4H, P2D).");
        }
        atLeastZero(what, "currentAmperes", test.currentAmperes());
        atLeastZero(what, "powerWatts", test.powerWatts());
        share(what, "minFidelity", test.minFidelity());
        need(
                test.weight() >= 1 && test.weight() <= 1_000_000,
                "bad_value",
                what + " has the weight " + test.weight() + ".",
                "Give 1 for an ordinary test, more (up to a million) for one whose lateness counts more.");
    }

    private String named(String kind, @Nullable String id) {
        need(
                id != null && !id.isBlank(),
                "no_name",
                "A " + kind.toLowerCase(java.util.Locale.ROOT) + " has no id.",
                "Give each an id: plans and reasons call them by it.");
        need(
                names.add(kind + " " + id),
                kind.equals("Test") ? "duplicate_task" : "duplicate_name",
                kind + " '" + id + "' is given more than once.",
                "Give each " + kind.toLowerCase(java.util.Locale.ROOT) + " once, with an id of its own.");
        return kind + " '" + id + "'";
    }

    private static void atLeastZero(String what, String key, double value) {
        need(value >= 0, "bad_value", what + " has " + key + " " + value + ".", "Give 0 or more.");
    }

    private static void share(String what, String key, double value) {
        need(value >= 0 && value <= 1, "bad_value", what + " has " + key + " " + value + ".", "Give 0 to 1.");
    }

    private static void closures(String what, String key, List<Closure> closures) {
        for (Closure closure : closures) {
            need(
                    !closure.to().isBefore(closure.from()),
                    "bad_closure",
                    what + " has " + key + " from " + closure.from() + " to " + closure.to() + ".",
                    "Give a beginning that is not after the end.");
        }
    }

    private static void need(boolean holds, String code, String cause, String remedy) {
        if (!holds) {
            throw new RefusedException(Failure.permanent("schedule." + code, cause, remedy));
        }
    }
}
