package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
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
    private LabPlanner() {}

    /**
     * The plan. Refused with a {@code schedule.*} code that names the test, calendar or requirements in the way.
     *
     * @param given what the plan in force has finished is left out
     * @param reoptimise move tests of the plan in force whenever that ends the plan sooner
     * @param listener told of each better makespan or bound
     */
    public static Outcome<LabPlan> plan(
            LabProblem given, SearchLimits limits, boolean reoptimise, Consumer<SearchEvent> listener) {
        Optional<Failure> senseless = LabValues.first(given);
        if (senseless.isPresent()) {
            return Outcome.refused(senseless.get());
        }
        LabProblem problem = Underway.at(given);
        if (problem.tests().isEmpty() && !given.tests().isEmpty()) {
            return Outcome.refused(Failure.permanent(
                    "schedule.all_finished",
                    "The plan in force has finished all " + given.tests().size() + " tests by " + problem.now() + ".",
                    "Add a test, or correct 'now'."));
        }
        Optional<Failure> contradiction = LabChecks.first(problem);
        if (contradiction.isPresent()) {
            return Outcome.refused(contradiction.get());
        }
        Laboratory lab = new Laboratory(problem);
        Decoder decoder = new Decoder(lab);
        Incumbents incumbents = new Incumbents(limits.seconds(), listener);
        LabEngines engines = new LabEngines(lab, decoder, limits, incumbents);
        if (problem.plan().isEmpty() || reoptimise) {
            engines.plan();
        } else {
            engines.replan();
        }
        return finished(problem, lab, decoder, incumbents);
    }

    private static Outcome<LabPlan> finished(
            LabProblem problem, Laboratory lab, Decoder decoder, Incumbents incumbents) {
        OrderSearch.Found found = incumbents.best();
        for (int t = 0; t < found.places().length; t++) {
            if (found.places()[t] == null) {
                return Outcome.refused(noPlace(lab, t));
            }
        }
        long bound = incumbents.bound();
        List<LabAssignment> assignments = new ArrayList<>();
        int planned = 0;
        Why why = new Why(lab, decoder, found.places());
        for (Place place : found.places()) {
            if (place != null) {
                assignments.add(assignment(lab, place, why.of(place)));
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
                new LabBounds(lab, decoder).lateness(),
                Duration.ofMinutes(found.score().makespan()),
                Duration.ofMinutes(bound),
                found.score().preference(),
                found.score().moved(),
                planned,
                incumbents.ranOut(),
                incumbents.history()));
    }

    private static Failure noPlace(Laboratory lab, int test) {
        LabTest asked = lab.test(test);
        boolean staffed = lab.suitable.get(test).stream().allMatch(Laboratory.Channel::needsStaff);
        int longest = 0;
        for (BitSet away : lab.away) {
            for (int at = away.nextClearBit(0); at < lab.time.horizon; at = away.nextClearBit(away.nextSetBit(at))) {
                int end = away.nextSetBit(at);
                longest = Math.max(longest, (end < 0 ? lab.time.horizon : end) - at);
                if (end < 0) {
                    break;
                }
            }
        }
        if (staffed && longest == 0) {
            return Failure.permanent(
                    "schedule.no_staff",
                    "Nobody can set up test '" + asked.id() + "': "
                            + (lab.away.isEmpty()
                                    ? "there are no technicians."
                                    : "no technician is there on any of the " + lab.time.horizon / 1440
                                            + " days that were looked at."),
                    "Add a technician with shifts, look at holidays and absences, or run the test on a virtual bench.");
        }
        if (isAlwaysClosed(lab, test)) {
            return Failure.permanent(
                    "schedule.always_closed",
                    "Every bench or chamber that suits test '" + asked.id() + "' is closed for the "
                            + lab.time.horizon / 1440 + " days that were looked at: "
                            + String.join(
                                    ", ",
                                    lab.suitable.get(test).stream()
                                            .map(channel -> channel.bench().id())
                                            .distinct()
                                            .toList())
                            + ".",
                    "Shorten a closure, or add a bench.");
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

    private static boolean isAlwaysClosed(Laboratory lab, int test) {
        return lab.suitable.get(test).stream().allMatch(channel -> {
            BitSet closed = (BitSet) lab.closedChannels.get(channel.number()).clone();
            if (channel.chamber() >= 0) {
                closed.or(lab.closedChambers.get(channel.chamber()));
            }
            return closed.nextClearBit(0) >= lab.time.horizon;
        });
    }

    static LabAssignment assignment(Laboratory lab, Place place, String why) {
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
                why);
    }
}
