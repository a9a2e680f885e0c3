package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.Board.Place;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.validate.LabRules;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/**
 * Plans a laboratory. Without a plan in force: weighted lateness, then makespan, then distance from preferred starts.
 * With one, what runs stays, and few moves count more than makespan unless {@code reoptimise}.
 */
public final class LabPlanner {
    private static final String FIRST = "list schedule";
    private static final String SEARCH = "late acceptance";

    /** Above this many tests the first order is taken as it is: a first plan must not wait for a second. */
    private static final int MOST_TO_COMPARE = 500;

    private LabPlanner() {}

    /**
     * The plan. Refused with a {@code schedule.*} code that names the test, calendar or requirements in the way.
     *
     * @param reoptimise move tests of the plan in force whenever that ends the plan sooner
     * @param listener told of each better makespan or bound
     */
    public static Outcome<LabPlan> plan(
            LabProblem problem, SearchLimits limits, boolean reoptimise, Consumer<SearchEvent> listener) {
        Optional<Failure> contradiction = LabChecks.first(problem);
        if (contradiction.isPresent()) {
            return Outcome.refused(contradiction.get());
        }
        Laboratory lab = new Laboratory(problem);
        Decoder decoder = new Decoder(lab);
        boolean fewMoves = !problem.plan().isEmpty() && !reoptimise;
        long start = System.nanoTime();
        List<SearchEvent> history = new ArrayList<>();
        AtomicReference<OrderSearch.@Nullable Found> best = new AtomicReference<>();
        OrderSearch search = new OrderSearch(lab, decoder, fewMoves, limits.seed());
        // One thread counts steps so that it repeats; a decoded test takes about this many seconds.
        long steps = (long) (limits.seconds() * 0.5 / (2e-5 * problem.tests().size() + 1e-5));
        search.run(
                problem.tests().size() > MOST_TO_COMPARE
                        ? byUrgency(lab)
                        : search.best(List.of(byUrgency(lab), byTemperature(lab))),
                steps,
                () -> (System.nanoTime() - start) / 1e9 > limits.seconds(),
                found -> {
                    OrderSearch.Found before = best.getAndSet(found);
                    if (before == null
                            || before.score().makespan() != found.score().makespan()) {
                        note(
                                new SearchEvent.Incumbent(
                                        Duration.ofNanos(System.nanoTime() - start),
                                        found.score().makespan(),
                                        before == null ? FIRST : SEARCH),
                                history,
                                listener);
                    }
                });
        OrderSearch.Found found = best.get();
        if (found == null) {
            throw new IllegalStateException("A search ended without a plan");
        }
        return finished(problem, lab, decoder, found, history, listener, start);
    }

    private static void note(SearchEvent event, List<SearchEvent> history, Consumer<SearchEvent> listener) {
        history.add(event);
        listener.accept(event);
    }

    /** Due first, then whole plots and temperatures together, then the longest. */
    private static int[] byUrgency(Laboratory lab) {
        return java.util.stream.IntStream.range(0, lab.problem.tests().size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(t -> dueMinute(lab, lab.test(t)))
                        .thenComparing(t -> -lab.test(t).weight())
                        .thenComparing(t -> -lab.test(t).run().toMinutes())
                        .thenComparing(t -> lab.test(t).id()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Each temperature in one go, so that chambers change seldom; the longest first. */
    private static int[] byTemperature(Laboratory lab) {
        return java.util.stream.IntStream.range(0, lab.problem.tests().size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(t -> celsius(lab.test(t)))
                        .thenComparing(t -> -lab.test(t).run().toMinutes())
                        .thenComparing(t -> lab.test(t).id()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double celsius(LabTest test) {
        Double celsius = test.temperatureCelsius();
        return celsius == null ? Double.MAX_VALUE : celsius;
    }

    private static int dueMinute(Laboratory lab, LabTest test) {
        return test.due() == null ? Integer.MAX_VALUE : lab.time.upMinutes(test.due());
    }

    private static Outcome<LabPlan> finished(
            LabProblem problem,
            Laboratory lab,
            Decoder decoder,
            OrderSearch.Found found,
            List<SearchEvent> history,
            Consumer<SearchEvent> listener,
            long start) {
        for (int t = 0; t < found.places().length; t++) {
            if (found.places()[t] == null) {
                return Outcome.refused(noPlace(lab, t));
            }
        }
        LabBounds bounds = new LabBounds(lab, decoder);
        String[] names = {"the longest test alone", "channels' work", "staff hours", "the hall's energy"};
        long[] values = {bounds.longestAlone(), bounds.sharedChannels(), bounds.staff(), bounds.power()};
        long bound = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > bound) {
                bound = values[i];
                note(
                        new SearchEvent.Bound(Duration.ofNanos(System.nanoTime() - start), bound, names[i]),
                        history,
                        listener);
            }
        }
        List<LabAssignment> assignments = new ArrayList<>();
        int planned = 0;
        for (Place place : found.places()) {
            if (place != null) {
                assignments.add(assignment(lab, place));
                planned += decoder.inForce(place.test()) == null ? 0 : 1;
            }
        }
        assignments.sort(Comparator.comparing(LabAssignment::setUpStart).thenComparing(LabAssignment::test));
        List<String> broken = LabRules.broken(problem, assignments);
        if (!broken.isEmpty() || bound > found.score().makespan()) {
            return Outcome.refused(Failure.permanent(
                    "schedule.rule_broken",
                    "The plan that was found breaks rules: " + String.join("; ", broken) + ".",
                    "Keep the problem's file and report it: this is a fault of the planner."));
        }
        return Outcome.ok(new LabPlan(
                assignments,
                found.score().lateness(),
                Duration.ofMinutes(found.score().makespan()),
                Duration.ofMinutes(bound),
                found.score().preference(),
                found.score().moved(),
                planned,
                history));
    }

    private static Failure noPlace(Laboratory lab, int test) {
        LabTest asked = lab.test(test);
        boolean staffed = lab.suitable.get(test).stream().allMatch(Laboratory.Channel::needsStaff);
        int longest = 0;
        for (java.util.BitSet away : lab.away) {
            for (int at = away.nextClearBit(0); at < lab.time.horizon; at = away.nextClearBit(away.nextSetBit(at))) {
                int end = away.nextSetBit(at);
                longest = Math.max(longest, (end < 0 ? lab.time.horizon : end) - at);
                if (end < 0) {
                    break;
                }
            }
        }
        int needed = Timeline.minutes(asked.setUp().compareTo(asked.tearDown()) > 0 ? asked.setUp() : asked.tearDown());
        if (staffed && needed > longest) {
            return Failure.permanent(
                    "schedule.no_hours",
                    "Test '" + asked.id() + "' needs " + needed
                            + " minutes of a technician in one go; the longest shift" + " has " + longest + ".",
                    "Give a longer shift, or shorten set-up and tear-down.");
        }
        Double limit = lab.problem.powerLimitWatts();
        if (limit != null && staffed && asked.powerWatts() > limit) {
            return Failure.permanent(
                    "schedule.no_power",
                    "Test '" + asked.id() + "' draws " + asked.powerWatts() + " W; the hall has " + limit + " W.",
                    "Raise powerLimitWatts, or run the test on a virtual bench.");
        }
        return Failure.permanent(
                "schedule.no_place",
                "Test '" + asked.id() + "' found no place within " + lab.time.horizon / 1440 + " days: its channels,"
                        + " chamber, power and technicians are never free together.",
                "Look at closures and holidays of its benches, chambers and technicians, or at the tests before it.");
    }

    private static LabAssignment assignment(Laboratory lab, Place place) {
        int others = lab.suitable.get(place.test()).size() - 1;
        String where = others == 0 ? "the only channel that suits" : "ends first among " + (others + 1) + " channels";
        return new LabAssignment(
                lab.test(place.test()).id(),
                place.channel().bench().id(),
                place.channel().channel(),
                place.setUpBy() < 0
                        ? null
                        : lab.problem.technicians().get(place.setUpBy()).id(),
                place.tearDownBy() < 0
                        ? null
                        : lab.problem.technicians().get(place.tearDownBy()).id(),
                lab.time.instant(place.setUpStart()),
                lab.time.instant(place.setUpEnd()),
                lab.time.instant(place.start()),
                lab.time.instant(place.end()),
                lab.time.instant(place.tearDownStart()),
                lab.time.instant(place.tearDownEnd()),
                place.why().startsWith("it stays") ? place.why() : where + "; not earlier: " + place.why());
    }
}
