package org.voltwin.doe.schedule.validate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.WorkingHours;

/** What a plan of a laboratory must keep. Works on instants, pair by pair; knows nothing of how plans are made. */
public final class LabRules {
    private final LabProblem problem;
    private final Map<String, LabTest> tests;
    private final Map<String, LabBench> benches;
    private final Map<String, Chamber> chambers;
    private final Map<String, Technician> technicians;
    private final List<String> broken = new ArrayList<>();

    private LabRules(LabProblem problem) {
        this.problem = problem;
        tests = index(problem.tests(), LabTest::id);
        benches = index(problem.benches(), LabBench::id);
        chambers = index(problem.chambers(), Chamber::id);
        technicians = index(problem.technicians(), Technician::id);
    }

    private static <T> Map<String, T> index(List<T> list, Function<T, String> id) {
        return list.stream().collect(Collectors.toMap(id, t -> t, (a, b) -> a));
    }

    /** What is broken, in words; empty when nothing is. What runs already is taken as it is. */
    public static List<String> broken(LabProblem problem, List<LabAssignment> plan) {
        LabRules rules = new LabRules(problem);
        rules.check(plan);
        return rules.broken;
    }

    private void check(List<LabAssignment> plan) {
        Map<String, LabAssignment> placed = new HashMap<>();
        for (LabAssignment a : plan) {
            require(tests.containsKey(a.test()) && placed.put(a.test(), a) == null, a.test() + " is placed twice");
        }
        require(placed.keySet().containsAll(tests.keySet()), "a test has no place");
        for (LabAssignment a : plan) {
            LabTest test = tests.get(a.test());
            LabBench bench = benches.get(a.bench());
            if (test == null || bench == null) {
                broken.add(a.test() + " is on the unknown bench " + a.bench());
                continue;
            }
            boolean running = a.setUpStart().isBefore(problem.now());
            if (running) {
                require(
                        problem.plan().stream().anyMatch(p -> p.test().equals(a.test())),
                        a.test() + " starts too soon");
                continue;
            }
            one(a, test, bench);
            for (String before : test.after()) {
                LabAssignment first = placed.get(before);
                require(
                        first != null && !first.tearDownEnd().isAfter(a.setUpStart()),
                        a.test() + " starts before " + before + " is torn down");
            }
        }
        for (int i = 0; i < plan.size(); i++) {
            for (int k = i + 1; k < plan.size(); k++) {
                pair(plan.get(i), plan.get(k));
            }
        }
        power(plan);
        wholePlots(plan);
    }

    private void one(LabAssignment a, LabTest test, LabBench bench) {
        String name = a.test();
        boolean physical = bench.kind() == BenchKind.PHYSICAL;
        require(a.channel() >= 1 && a.channel() <= bench.channels(), name + " is on a channel that is not there");
        require(
                bench.levels().contains(test.level())
                        && bench.capabilities().containsAll(test.capabilities())
                        && test.currentAmperes() <= bench.maxCurrentAmperes()
                        && test.minFidelity() <= bench.fidelity()
                        && (test.kind() == null || test.kind() == bench.kind()),
                name + " is on a bench that cannot do it");
        require(
                test.release() == null || !a.setUpStart().isBefore(test.release()),
                name + " starts before its release");
        double wanted = test.run().toSeconds() / bench.speed();
        double run = Duration.between(a.start(), a.end()).toSeconds();
        require(run >= wanted - 1 && run <= Math.max(60, wanted + 60), name + " does not run as long as it takes");
        long setUp = Duration.between(a.setUpStart(), a.setUpEnd()).toSeconds();
        long tearDown = Duration.between(a.tearDownStart(), a.tearDownEnd()).toSeconds();
        require(
                setUp >= (physical ? test.setUp().toSeconds() : 0)
                        && tearDown >= (physical ? test.tearDown().toSeconds() : 0),
                name + " is set up or torn down in too short a time");
        require(
                !a.start().isBefore(a.setUpEnd()) && !a.tearDownStart().isBefore(a.end()),
                name + " runs before its set-up or after its tear-down");
        staffed(name, a.setUpBy(), a.setUpStart(), a.setUpEnd());
        staffed(name, a.tearDownBy(), a.tearDownStart(), a.tearDownEnd());
        require(isOpen(bench.closures(), a.setUpStart(), a.tearDownEnd()), name + " is on a bench that is closed");
        Chamber chamber = bench.chamber() == null ? null : chambers.get(bench.chamber());
        Double celsius = test.temperatureCelsius();
        if (chamber != null) {
            require(isOpen(chamber.closures(), a.start(), a.end()), name + " runs in a chamber that is closed");
        }
        if (celsius != null && physical) {
            require(
                    chamber != null && celsius >= chamber.minCelsius() && celsius <= chamber.maxCelsius(),
                    name + " has no chamber that reaches its temperature");
            if (chamber != null) {
                Instant ready = problem.now().plus(ramp(chamber, chamber.startCelsius(), celsius));
                require(!a.start().isBefore(ready), name + " runs before its chamber is at temperature");
            }
        }
    }

    private void staffed(String name, @Nullable String by, Instant from, Instant to) {
        if (from.equals(to)) {
            return;
        }
        Technician technician = by == null ? null : technicians.get(by);
        if (technician == null) {
            broken.add(name + " has staff work that nobody does");
            return;
        }
        require(isOpen(technician.absences(), from, to), name + " is done by " + by + ", who is absent");
        for (Instant at = from; at.isBefore(to); at = at.plusSeconds(60)) {
            if (!isOnShift(technician, at)) {
                broken.add(name + " is done by " + by + " outside of the shift");
                return;
            }
        }
    }

    private boolean isOnShift(Technician technician, Instant at) {
        ZonedDateTime clock = at.atZone(technician.shifts().zone());
        for (int back = 0; back <= 1; back++) {
            java.time.LocalDate day = clock.toLocalDate().minusDays(back);
            if (problem.holidays().contains(day)) {
                continue;
            }
            for (WorkingHours.Hours span : technician.shifts().week().getOrDefault(day.getDayOfWeek(), List.of())) {
                ZonedDateTime from = day.atTime(span.from()).atZone(clock.getZone());
                boolean nextDay = !span.to().isAfter(span.from());
                ZonedDateTime to =
                        day.plusDays(nextDay ? 1 : 0).atTime(span.to()).atZone(clock.getZone());
                if (!clock.isBefore(from) && clock.isBefore(to)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void pair(LabAssignment a, LabAssignment b) {
        String names = a.test() + " and " + b.test();
        if (a.bench().equals(b.bench()) && a.channel() == b.channel()) {
            require(
                    !overlap(a.setUpStart(), a.tearDownEnd(), b.setUpStart(), b.tearDownEnd()),
                    names + " overlap on a channel");
        }
        boolean clash = works(a.setUpBy(), a.setUpStart(), a.setUpEnd(), b)
                || works(a.tearDownBy(), a.tearDownStart(), a.tearDownEnd(), b);
        require(!clash, names + " need the same technician at once");
        String chamber = chamberOf(a);
        LabTest first = tests.get(a.test());
        LabTest second = tests.get(b.test());
        if (chamber != null && chamber.equals(chamberOf(b)) && first != null && second != null) {
            Double from = first.temperatureCelsius();
            Double to = second.temperatureCelsius();
            Chamber shared = chambers.get(chamber);
            if (from != null && to != null && !from.equals(to) && shared != null) {
                Duration ramp = ramp(shared, from, to);
                require(
                        !overlap(
                                a.start(),
                                a.end().plus(ramp),
                                b.start(),
                                b.end().plus(ramp)),
                        names + " leave their chamber no time to change its temperature");
            }
        }
    }

    private @Nullable String chamberOf(LabAssignment a) {
        LabBench bench = benches.get(a.bench());
        return bench == null ? null : bench.chamber();
    }

    private static boolean works(@Nullable String by, Instant from, Instant to, LabAssignment b) {
        return by != null
                && ((Objects.equals(by, b.setUpBy()) && overlap(from, to, b.setUpStart(), b.setUpEnd()))
                        || (Objects.equals(by, b.tearDownBy())
                                && overlap(from, to, b.tearDownStart(), b.tearDownEnd())));
    }

    private void power(List<LabAssignment> plan) {
        Double limit = problem.powerLimitWatts();
        if (limit == null) {
            return;
        }
        for (LabAssignment at : plan) {
            double used = 0;
            for (LabAssignment a : plan) {
                LabTest test = tests.get(a.test());
                LabBench bench = benches.get(a.bench());
                boolean draws = bench != null && bench.kind() == BenchKind.PHYSICAL;
                if (test != null
                        && draws
                        && !a.start().isAfter(at.start())
                        && at.start().isBefore(a.end())) {
                    used += test.powerWatts();
                }
            }
            require(used <= limit * 1.0001, "the hall draws " + used + " W of " + limit + " W at " + at.start());
        }
    }

    private void wholePlots(List<LabAssignment> plan) {
        Map<String, List<LabAssignment>> plots = new HashMap<>();
        for (LabAssignment a : plan) {
            LabTest test = tests.get(a.test());
            String plot = test == null ? null : test.wholePlot();
            if (plot != null && chamberOf(a) != null) {
                plots.computeIfAbsent(plot, p -> new ArrayList<>()).add(a);
            }
        }
        plots.forEach((plot, members) -> {
            String chamber = chamberOf(members.getFirst());
            require(
                    members.stream().allMatch(a -> Objects.equals(chamber, chamberOf(a))),
                    plot + " is in two chambers");
            Instant from = members.stream()
                    .map(LabAssignment::start)
                    .min(Instant::compareTo)
                    .orElseThrow();
            Instant to = members.stream()
                    .map(LabAssignment::end)
                    .max(Instant::compareTo)
                    .orElseThrow();
            LabTest one = tests.get(members.getFirst().test());
            Double celsius = one == null ? null : one.temperatureCelsius();
            for (LabAssignment other : plan) {
                LabTest test = tests.get(other.test());
                Double held = test == null ? null : test.temperatureCelsius();
                boolean differs = held != null && !held.equals(celsius);
                require(
                        !(differs
                                && Objects.equals(chamber, chamberOf(other))
                                && overlap(from, to, other.start(), other.end())),
                        "the soak of " + plot + " is interrupted by " + other.test());
            }
        });
    }

    private static Duration ramp(Chamber chamber, double from, double to) {
        return Duration.ofMillis((long) (Math.abs(from - to) / chamber.degreesPerHour() * 3_600_000));
    }

    private static boolean isOpen(List<Closure> closures, Instant from, Instant to) {
        return closures.stream().noneMatch(c -> overlap(c.from(), c.to(), from, to));
    }

    private static boolean overlap(Instant from, Instant to, Instant otherFrom, Instant otherTo) {
        return from.isBefore(otherTo) && otherFrom.isBefore(to);
    }

    private void require(boolean kept, String otherwise) {
        if (!kept) {
            broken.add(otherwise);
        }
    }
}
