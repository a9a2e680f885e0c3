package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;

/**
 * What the plan in force means at {@code now}: tests that it has finished are no longer asked for, and one that runs is
 * believed to end when its run is over, if that is longer than was planned. So whoever replans changes only what has
 * changed: the time, a run, a closure.
 */
final class Underway {
    private Underway() {}

    static LabProblem at(LabProblem problem) {
        Map<String, LabTest> tests = new HashMap<>();
        problem.tests().forEach(test -> tests.put(test.id(), test));
        Map<String, LabBench> benches = new HashMap<>();
        problem.benches().forEach(bench -> benches.put(bench.id(), bench));
        Set<String> finished = new HashSet<>();
        List<LabAssignment> plan = new ArrayList<>();
        for (LabAssignment place : problem.plan()) {
            LabTest test = tests.get(place.test());
            LabBench bench = benches.get(place.bench());
            LabAssignment known =
                    test != null && bench != null && place.setUpStart().isBefore(problem.now())
                            ? lasting(place, runOn(bench, test))
                            : place;
            if (known.tearDownEnd().isAfter(problem.now())) {
                plan.add(known);
            } else {
                finished.add(place.test());
            }
        }
        return problem.with(finished.isEmpty() ? problem.tests() : open(problem.tests(), finished), plan);
    }

    private static Duration runOn(LabBench bench, LabTest test) {
        return Duration.ofMinutes((long) Math.ceil(test.run().toMillis() / bench.speed() / 60_000 - 1e-9));
    }

    private static LabAssignment lasting(LabAssignment place, Duration run) {
        Instant end = latest(place.end(), place.start().plus(run));
        Instant tearDown = latest(place.tearDownStart(), end);
        return new LabAssignment(
                place.test(),
                place.bench(),
                place.channel(),
                place.setUpBy(),
                place.tearDownBy(),
                place.setUpStart(),
                place.setUpEnd(),
                place.start(),
                end,
                tearDown,
                tearDown.plus(Duration.between(place.tearDownStart(), place.tearDownEnd())),
                place.why());
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static List<LabTest> open(List<LabTest> tests, Set<String> finished) {
        return tests.stream()
                .filter(test -> !finished.contains(test.id()))
                .map(test -> new LabTest(
                        test.id(),
                        test.level(),
                        test.kind(),
                        test.capabilities(),
                        test.currentAmperes(),
                        test.powerWatts(),
                        test.temperatureCelsius(),
                        test.minFidelity(),
                        test.setUp(),
                        test.run(),
                        test.tearDown(),
                        test.release(),
                        test.preferred(),
                        test.due(),
                        test.weight(),
                        test.after().stream()
                                .filter(before -> !finished.contains(before))
                                .toList(),
                        test.wholePlot()))
                .toList();
    }
}
