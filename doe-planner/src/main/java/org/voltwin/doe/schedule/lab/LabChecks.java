package org.voltwin.doe.schedule.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voltwin.doe.schedule.formats.Cycle;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.model.failure.Failure;

/** What makes a problem impossible or contradictory, found before any search, with the names and a remedy. */
final class LabChecks {
    private LabChecks() {}

    static Optional<Failure> first(LabProblem problem) {
        if (problem.tests().isEmpty()) {
            return failure("empty", "The problem has no test to place.", "Give at least one test.");
        }
        return calendars(problem)
                .or(() -> precedences(problem))
                .or(() -> benches(problem))
                .or(() -> wholePlots(problem))
                .or(() -> together(problem));
    }

    private static Optional<Failure> failure(String code, String cause, String remedy) {
        return Optional.of(Failure.permanent("schedule." + code, cause, remedy));
    }

    private static Optional<Failure> calendars(LabProblem problem) {
        for (Technician technician : problem.technicians()) {
            if (!technician.shifts().zone().equals(problem.zone())) {
                return failure(
                        "two_zones",
                        "The shifts of '" + technician.id() + "' are in "
                                + technician.shifts().zone() + ", the laboratory's calendar is in " + problem.zone()
                                + ".",
                        "Give all calendars in one zone.");
            }
            if (technician.shifts().week().values().stream().allMatch(List::isEmpty)) {
                return failure(
                        "empty_calendar",
                        "The calendar of technician '" + technician.id() + "' has no hours.",
                        "Give shifts of at least one day, or leave the technician out.");
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> precedences(LabProblem problem) {
        Map<String, Integer> numbers = new HashMap<>();
        problem.tests().forEach(test -> numbers.put(test.id(), numbers.size()));
        for (LabTest test : problem.tests()) {
            for (String before : test.after()) {
                if (!numbers.containsKey(before)) {
                    return failure(
                            "unknown_predecessor",
                            "Test '" + test.id() + "' comes after '" + before + "', which is not given.",
                            "Add the test, or take it out of 'after'.");
                }
            }
        }
        List<Integer> cycle = Cycle.find(
                numbers.size(),
                t -> problem.tests().get(t).after().stream()
                        .map(before -> numbers.getOrDefault(before, t))
                        .toList());
        if (cycle.isEmpty()) {
            return Optional.empty();
        }
        String path = String.join(
                " after ", cycle.stream().map(t -> problem.tests().get(t).id()).toList());
        return failure(
                "cycle", "The precedences form a cycle: " + path + ".", "Take one of these out of its test's 'after'.");
    }

    private static Optional<Failure> benches(LabProblem problem) {
        for (LabTest test : problem.tests()) {
            if (problem.benches().isEmpty()) {
                return failure("no_bench", "There are no benches for test '" + test.id() + "'.", "Add a bench.");
            }
            List<String> contradiction = Requirement.contradiction(test, problem);
            if (!contradiction.isEmpty()) {
                return failure(
                        "no_bench",
                        "No bench can do test '" + test.id() + "': none " + String.join(" and ", contradiction) + ".",
                        contradiction.size() == 1
                                ? "Change this requirement, or add a bench that meets it."
                                : "Each alone can be met; change one of the " + contradiction.size()
                                        + " requirements, or add a bench that meets all.");
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> together(LabProblem problem) {
        return PlotContradiction.first(problem)
                .flatMap(words -> failure(
                        "contradiction",
                        "These cannot all be met: " + String.join("; ", words) + ".",
                        "Each test alone has a bench; change one of these " + words.size()
                                + " requirements, or add a bench to a chamber that then meets them."));
    }

    private static Optional<Failure> wholePlots(LabProblem problem) {
        Map<String, LabTest> firstOfPlot = new HashMap<>();
        for (LabTest test : problem.tests()) {
            if (test.wholePlot() == null) {
                continue;
            }
            LabTest first = firstOfPlot.putIfAbsent(test.wholePlot(), test);
            Double celsius = first == null ? test.temperatureCelsius() : first.temperatureCelsius();
            if (celsius == null || !celsius.equals(test.temperatureCelsius())) {
                return failure(
                        "whole_plot",
                        "Whole plot '" + test.wholePlot() + "' has the temperatures " + celsius + " and "
                                + test.temperatureCelsius() + " (test '" + test.id() + "').",
                        "A whole plot is one soak: give all its tests one temperature.");
            }
        }
        return Optional.empty();
    }
}
