package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;

/** What a test asks of a bench, each in words, so that a contradiction can be told. */
final class Requirement {
    private Requirement() {}

    /** The requirements that this bench does not meet; empty when it suits. */
    static List<String> lacking(LabTest test, LabBench bench, @Nullable Chamber chamber) {
        List<String> lacking = new ArrayList<>();
        if (!bench.levels().contains(test.level())) {
            lacking.add("takes a " + test.level().id());
        }
        if (test.kind() != null && test.kind() != bench.kind()) {
            lacking.add("is " + test.kind().id());
        }
        for (String capability : new TreeSet<>(test.capabilities())) {
            if (!bench.capabilities().contains(capability)) {
                lacking.add("can do " + capability);
            }
        }
        if (test.currentAmperes() > bench.maxCurrentAmperes()) {
            lacking.add("carries " + test.currentAmperes() + " A");
        }
        if (test.minFidelity() > bench.fidelity()) {
            lacking.add("has a fidelity of at least " + test.minFidelity());
        }
        Double celsius = test.temperatureCelsius();
        boolean physical = bench.kind() == org.voltwin.model.lab.BenchKind.PHYSICAL;
        if (celsius != null
                && physical
                && (chamber == null || celsius < chamber.minCelsius() || celsius > chamber.maxCelsius())) {
            lacking.add("has a chamber that reaches " + celsius + " degC");
        }
        return lacking;
    }

    /** The smallest set of the test's requirements that no bench meets together; empty when a bench suits. */
    static List<String> contradiction(LabTest test, LabProblem problem) {
        List<List<String>> lacks = problem.benches().stream()
                .map(bench -> lacking(
                        test,
                        bench,
                        problem.chambers().stream()
                                .filter(c -> c.id().equals(bench.chamber()))
                                .findFirst()
                                .orElse(null)))
                .toList();
        List<String> all = List.copyOf(
                lacks.stream().flatMap(List::stream).collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
        List<String> smallest = all;
        // A set contradicts when every bench lacks one of it; tests have few requirements, so all sets are tried.
        for (int set = 1; set < 1 << Math.min(all.size(), 16); set++) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if ((set >> i & 1) == 1) {
                    chosen.add(all.get(i));
                }
            }
            if (chosen.size() < smallest.size()
                    && lacks.stream().allMatch(bench -> bench.stream().anyMatch(chosen::contains))) {
                smallest = chosen;
            }
        }
        return lacks.stream().anyMatch(List::isEmpty) ? List.of() : smallest;
    }
}
