package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.model.lab.BenchKind;

/**
 * Requirements of several tests that contradict each other although each test has a bench: a whole plot needs one
 * chamber for all of its tests, and a test that must come between two of them needs another one.
 */
final class PlotContradiction {
    /** Sets up to this size are tried in order of size; larger ones are reduced one by one. */
    private static final int LARGEST_TRIED = 3;

    private final LabProblem problem;
    private final List<LabTest> members;

    /** Tests of another temperature that must come after one member and before another. */
    private final List<LabTest> between;

    /** Something asked: of a test's bench, or (with a null {@code asked}) that the test comes between two of the plot. */
    private record Ask(String test, @Nullable String asked) {}

    private PlotContradiction(LabProblem problem, List<LabTest> members) {
        this.problem = problem;
        this.members = members;
        Double celsius = members.getFirst().temperatureCelsius();
        Set<String> ids = new HashSet<>();
        members.forEach(member -> ids.add(member.id()));
        Map<String, Set<String>> before = new HashMap<>();
        problem.tests().forEach(test -> before.put(test.id(), allBefore(test)));
        Set<String> beforeMembers = new HashSet<>();
        ids.forEach(id -> beforeMembers.addAll(before.getOrDefault(id, Set.of())));
        between = problem.tests().stream()
                .filter(test -> !ids.contains(test.id())
                        && beforeMembers.contains(test.id())
                        && before.getOrDefault(test.id(), Set.of()).stream().anyMatch(ids::contains)
                        && test.temperatureCelsius() != null
                        && !Objects.equals(celsius, test.temperatureCelsius()))
                .toList();
    }

    private Set<String> allBefore(LabTest test) {
        Map<String, LabTest> tests = new HashMap<>();
        problem.tests().forEach(t -> tests.put(t.id(), t));
        Set<String> found = new HashSet<>();
        List<String> open = new ArrayList<>(test.after());
        while (!open.isEmpty()) {
            String id = open.removeLast();
            LabTest next = tests.get(id);
            if (found.add(id) && next != null) {
                open.addAll(next.after());
            }
        }
        return found;
    }

    /** The smallest contradiction of the first whole plot that has one, in words; each test alone must have a bench. */
    static Optional<List<String>> first(LabProblem problem) {
        Map<String, List<LabTest>> plots = new LinkedHashMap<>();
        for (LabTest test : problem.tests()) {
            if (test.wholePlot() != null) {
                plots.computeIfAbsent(test.wholePlot(), p -> new ArrayList<>()).add(test);
            }
        }
        for (Map.Entry<String, List<LabTest>> plot : plots.entrySet()) {
            PlotContradiction contradiction = new PlotContradiction(problem, plot.getValue());
            Set<Ask> all = contradiction.asks();
            if (!contradiction.isPossible(all)) {
                List<String> words = new ArrayList<>();
                words.add("all tests of whole plot '" + plot.getKey() + "' run in one soak of one chamber");
                contradiction.smallest(all).forEach(ask -> words.add(contradiction.words(ask)));
                return Optional.of(words);
            }
        }
        return Optional.empty();
    }

    private String words(Ask ask) {
        return ask.asked() == null
                ? "'" + ask.test() + "', at another temperature, comes between two of them"
                : "'" + ask.test() + "' needs a bench that " + ask.asked();
    }

    /** All that is asked, as far as some bench does not meet it. */
    private Set<Ask> asks() {
        Set<Ask> asks = new LinkedHashSet<>();
        for (List<LabTest> group : List.of(members, between)) {
            for (LabTest test : group) {
                for (LabBench bench : problem.benches()) {
                    Requirement.lacking(test, bench, chamber(bench))
                            .forEach(lack -> asks.add(new Ask(test.id(), lack)));
                }
            }
        }
        between.forEach(test -> asks.add(new Ask(test.id(), null)));
        return asks;
    }

    private @Nullable Chamber chamber(LabBench bench) {
        return problem.chambers().stream()
                .filter(c -> c.id().equals(bench.chamber()))
                .findFirst()
                .orElse(null);
    }

    /** Whether some chamber has room for the plot when only these are asked. */
    private boolean isPossible(Collection<Ask> asked) {
        // A whole plot that a virtual bench may do needs no chamber at all.
        if (members.stream().allMatch(test -> hasBench(test, asked, null))) {
            return true;
        }
        for (Chamber chamber : problem.chambers()) {
            boolean holdsAll = members.stream()
                    .allMatch(test -> hasBench(test, asked, chamber.id()) || hasBench(test, asked, null));
            boolean leavesOthers = between.stream()
                    .filter(test -> asked.contains(new Ask(test.id(), null)))
                    .allMatch(test -> problem.benches().stream()
                            .anyMatch(bench -> !chamber.id().equals(bench.chamber()) && meets(test, bench, asked)));
            if (holdsAll && leavesOthers) {
                return true;
            }
        }
        return false;
    }

    /** Whether a bench of this chamber (with null: a virtual one) meets what is asked of the test. */
    private boolean hasBench(LabTest test, Collection<Ask> asked, @Nullable String chamber) {
        return problem.benches().stream()
                .anyMatch(
                        bench -> (chamber == null ? bench.kind() == BenchKind.VIRTUAL : chamber.equals(bench.chamber()))
                                && meets(test, bench, asked));
    }

    private boolean meets(LabTest test, LabBench bench, Collection<Ask> asked) {
        return Requirement.lacking(test, bench, chamber(bench)).stream()
                .noneMatch(lack -> asked.contains(new Ask(test.id(), lack)));
    }

    private Collection<Ask> smallest(Set<Ask> all) {
        List<Ask> asks = List.copyOf(all);
        for (int size = 1; size <= LARGEST_TRIED && Math.pow(asks.size(), size) < 50_000; size++) {
            List<Ask> found = ofSize(asks, 0, new ArrayList<>(), size);
            if (found != null) {
                return found;
            }
        }
        Set<Ask> left = new LinkedHashSet<>(asks);
        for (Ask ask : asks) {
            left.remove(ask);
            if (isPossible(left)) {
                left.add(ask);
            }
        }
        return left;
    }

    private @Nullable List<Ask> ofSize(List<Ask> asks, int from, List<Ask> chosen, int size) {
        if (chosen.size() == size) {
            return isPossible(chosen) ? null : List.copyOf(chosen);
        }
        for (int i = from; i < asks.size(); i++) {
            chosen.add(asks.get(i));
            List<Ask> found = ofSize(asks, i + 1, chosen, size);
            if (found != null) {
                return found;
            }
            chosen.removeLast();
        }
        return null;
    }
}
