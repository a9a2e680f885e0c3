package org.voltwin.doe.schedule;

import static org.optaplanner.core.api.score.stream.ConstraintCollectors.max;

import java.time.Duration;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;
import org.optaplanner.core.api.score.stream.Constraint;
import org.optaplanner.core.api.score.stream.ConstraintFactory;
import org.optaplanner.core.api.score.stream.ConstraintProvider;
import org.optaplanner.core.api.score.stream.Joiners;
import org.optaplanner.core.api.score.stream.uni.UniConstraintStream;

/**
 * What a plan must and should be: one method, one business reason. Lexicographic: no hard rule broken; then the sum of
 * distances from preferred dates; then the makespan; then the sum of ends, so that nothing waits without a reason. All
 * soft levels are in milliseconds. Times follow from the orders ({@link PlacementListener}) and keep hours and bookings
 * by themselves; the rules on them guard that.
 */
public final class PlanConstraints implements ConstraintProvider {
    static final int HARD_LEVELS = 1;
    static final int SOFT_LEVELS = 3;
    private static final BendableLongScore HARD = BendableLongScore.ofHard(HARD_LEVELS, SOFT_LEVELS, 0, 1);

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        return new Constraint[] {
            benchInService(factory),
            benchTakesLevel(factory),
            benchOfWantedKind(factory),
            benchHasCapabilities(factory),
            benchCarriesCurrent(factory),
            hasPlace(factory),
            notBeforeEarliest(factory),
            oneTestPerChannel(factory),
            bookingsStay(factory),
            setUpInWorkingHours(factory),
            tearDownInWorkingHours(factory),
            nearPreferredDate(factory),
            shortMakespan(factory),
            earlyEnds(factory)
        };
    }

    /** A bench under repair or calibration is not planned. */
    static Constraint benchInService(ConstraintFactory factory) {
        return onChannel(factory)
                .filter(t -> !Suitability.isInService(t.where().bench()))
                .penalize(HARD)
                .asConstraint("bench in service");
    }

    /** A pack does not fit a cell holder. */
    static Constraint benchTakesLevel(ConstraintFactory factory) {
        return onChannel(factory)
                .filter(t -> !Suitability.takesLevel(t.where().bench(), t.task()))
                .penalize(HARD)
                .asConstraint("bench takes level");
    }

    /** Who asks for a physical test gets one. */
    static Constraint benchOfWantedKind(ConstraintFactory factory) {
        return onChannel(factory)
                .filter(t -> !Suitability.isOfKind(t.where().bench(), t.task()))
                .penalize(HARD)
                .asConstraint("bench of wanted kind");
    }

    /** An abuse test needs a bench built for it. */
    static Constraint benchHasCapabilities(ConstraintFactory factory) {
        return onChannel(factory)
                .filter(t -> !Suitability.hasCapabilities(t.where().bench(), t.task()))
                .penalize(HARD)
                .asConstraint("bench has capabilities");
    }

    /** A channel's cycler has a largest current. */
    static Constraint benchCarriesCurrent(ConstraintFactory factory) {
        return onChannel(factory)
                .filter(t -> !Suitability.carriesCurrent(t.where().bench(), t.task()))
                .penalize(HARD)
                .asConstraint("bench carries current");
    }

    /** Staff work longer than any working interval of a bench cannot be done there. */
    static Constraint hasPlace(ConstraintFactory factory) {
        return onChannel(factory).filter(t -> !t.isPlaced()).penalize(HARD).asConstraint("has place");
    }

    /** Nothing starts in the past or before its unit is there. */
    static Constraint notBeforeEarliest(ConstraintFactory factory) {
        return placed(factory)
                .filter(t -> t.when().setUpStart().isBefore(t.task().earliest())
                        || t.when().setUpStart().isBefore(t.where().now()))
                .penalize(HARD)
                .asConstraint("not before earliest");
    }

    /** A channel has one unit under test at a time, from set-up to tear-down. */
    static Constraint oneTestPerChannel(ConstraintFactory factory) {
        return factory.forEachUniquePair(
                        PlannedTask.class,
                        Joiners.equal(PlannedTask::channel),
                        Joiners.filtering((a, b) -> a.isPlaced() && b.isPlaced()))
                .filter((a, b) -> a.when().setUpStart().isBefore(b.when().tearDownEnd())
                        && b.when().setUpStart().isBefore(a.when().tearDownEnd()))
                .penalize(HARD)
                .asConstraint("one test per channel");
    }

    /** What is running or promised is not moved. */
    static Constraint bookingsStay(ConstraintFactory factory) {
        return placed(factory)
                .filter(t -> t.where().fixed().stream()
                        .anyMatch(
                                f -> f.overlaps(t.when().setUpStart(), t.when().tearDownEnd())))
                .penalize(HARD)
                .asConstraint("bookings stay");
    }

    /** Setting up is done in one go while staff are there. */
    static Constraint setUpInWorkingHours(ConstraintFactory factory) {
        return placed(factory)
                .filter(t -> !t.where()
                        .calendar()
                        .covers(t.when().setUpStart(), t.when().start()))
                .penalize(HARD)
                .asConstraint("set-up in working hours");
    }

    /** Tearing down is done in one go while staff are there; the unit waits over night in its channel. */
    static Constraint tearDownInWorkingHours(ConstraintFactory factory) {
        return placed(factory)
                .filter(t -> !t.where()
                        .calendar()
                        .covers(
                                t.when().tearDownEnd().minus(t.where().bench().tearDown()),
                                t.when().tearDownEnd()))
                .penalize(HARD)
                .asConstraint("tear-down in working hours");
    }

    /** The requester wanted it then. */
    static Constraint nearPreferredDate(ConstraintFactory factory) {
        return placed(factory)
                .penalizeLong(soft(0), PlannedTask::distanceMillis)
                .asConstraint("near preferred date");
    }

    /** The laboratory wants to be done. */
    static Constraint shortMakespan(ConstraintFactory factory) {
        return placed(factory)
                .groupBy(max(PlanConstraints::millisToEnd))
                .penalizeLong(soft(1), end -> end)
                .asConstraint("short makespan");
    }

    /** Of two plans that are equal otherwise, the one in which each test is done earlier. */
    static Constraint earlyEnds(ConstraintFactory factory) {
        return placed(factory)
                .penalizeLong(soft(2), PlanConstraints::millisToEnd)
                .asConstraint("early ends");
    }

    private static long millisToEnd(PlannedTask task) {
        return Duration.between(task.where().now(), task.when().tearDownEnd()).toMillis();
    }

    private static BendableLongScore soft(int level) {
        return BendableLongScore.ofSoft(HARD_LEVELS, SOFT_LEVELS, level, 1);
    }

    private static UniConstraintStream<PlannedTask> onChannel(ConstraintFactory factory) {
        return factory.forEachIncludingNullVars(PlannedTask.class).filter(PlannedTask::isOnChannel);
    }

    private static UniConstraintStream<PlannedTask> placed(ConstraintFactory factory) {
        return factory.forEachIncludingNullVars(PlannedTask.class).filter(PlannedTask::isPlaced);
    }
}
