package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.voltwin.cosim.fmu.ClockTiming;
import org.voltwin.cosim.fmu.ModelDescription;
import org.voltwin.cosim.fmu.ModelVariable;

/**
 * Event mode of one FMI 3.0 instance (FMI 3.0.2, sections 2.3 and 4.2): when the next event is due, its handling, and
 * the ticks of clocks. Event mode is left as late as the next step, so that what is written between two steps still
 * belongs to the event.
 */
final class Fmi3Events {
    private static final int MOST_UPDATES = 1000;
    /** Values of the snapshot before those of the clocks. */
    private static final int OWN_VALUES = 2;

    private final Instance instance;
    private final List<TimedClock> timed = new ArrayList<>();
    private final List<Long> outputs;
    private final Map<Long, Long> ticks = new HashMap<>();
    private final Set<Long> discreteInputs;
    private double startSeconds;
    private double nextEventSeconds = Double.POSITIVE_INFINITY;
    private boolean dirty;
    private boolean terminate;

    Fmi3Events(Instance instance, ModelDescription description) {
        this.instance = instance;
        List<Long> clocksOut = new ArrayList<>();
        for (ModelVariable variable : description.variables()) {
            ClockTiming timing = variable.clock();
            if (timing == null) {
                continue;
            }
            if (variable.isInput() && timing.isTimed()) {
                timed.add(new TimedClock(instance, variable.valueReference(), timing));
            } else if (variable.isOutput()) {
                clocksOut.add(variable.valueReference());
            }
        }
        outputs = List.copyOf(clocksOut);
        discreteInputs = description.variables().stream()
                .filter(Fmi3Events::isSetInEvents)
                .map(ModelVariable::valueReference)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isSetInEvents(ModelVariable variable) {
        boolean discrete = variable.isInput() && variable.variability().equals("discrete");
        boolean tunable = variable.isParameter() && variable.variability().equals("tunable");
        return (discrete || tunable) && variable.type() != ModelVariable.Type.CLOCK;
    }

    void startAt(double seconds) {
        startSeconds = seconds;
    }

    /** After initialisation, which ends in event mode. */
    void begin() {
        instance.enter(Phase.EVENT);
        timed.forEach(clock -> clock.begin(startSeconds));
        handle(startSeconds);
    }

    /** Discrete inputs may only be set in event mode. */
    void beforeWriting(long valueReference) {
        boolean stepping = instance.phase() == Phase.STEP || instance.phase() == Phase.EVENT;
        if (stepping && discreteInputs.contains(valueReference)) {
            enter();
            dirty = true;
        }
    }

    void activate(long clock) {
        enter();
        set(List.of(clock));
        dirty = true;
    }

    long ticks(long clock) {
        return ticks.getOrDefault(clock, 0L);
    }

    /** Time of the next event that is known now. */
    double next() {
        double next = nextEventSeconds;
        for (TimedClock clock : timed) {
            next = Math.min(next, clock.nextSeconds());
        }
        return next;
    }

    /** Whether the model asked to end the simulation. */
    boolean terminate() {
        return terminate;
    }

    private void enter() {
        if (instance.phase() == Phase.STEP) {
            instance.call("EnterEventMode");
            instance.enter(Phase.EVENT);
        }
    }

    /** Back to step mode, once what was written has taken effect. */
    void leave() {
        if (instance.phase() == Phase.EVENT) {
            if (dirty) {
                update();
            }
            instance.call("EnterStepMode");
            instance.enter(Phase.STEP);
        }
    }

    /** Handles the event at this time with all clocks that tick at it. */
    void handle(double seconds) {
        enter();
        List<TimedClock> due =
                timed.stream().filter(clock -> clock.isDue(seconds)).toList();
        if (!due.isEmpty()) {
            set(due.stream().map(TimedClock::valueReference).toList());
        }
        if (nextEventSeconds <= seconds) {
            nextEventSeconds = Double.POSITIVE_INFINITY;
        }
        update();
        timed.forEach(clock -> clock.afterEvent(seconds, due.contains(clock)));
    }

    /** Whether an event is due at this time. */
    boolean isDue(double seconds) {
        return nextEventSeconds <= seconds || timed.stream().anyMatch(clock -> clock.isDue(seconds));
    }

    private void update() {
        dirty = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flags = arena.allocate(16, 8);
            long first = flags.address();
            for (int i = 0; i < MOST_UPDATES; i++) {
                countTicks();
                flags.fill((byte) 0);
                instance.call("UpdateDiscreteStates", first, first + 1, first + 2, first + 3, first + 4, first + 8);
                terminate |= flags.get(JAVA_BOOLEAN, 1);
                if (!flags.get(JAVA_BOOLEAN, 0)) {
                    nextEventSeconds =
                            flags.get(JAVA_BOOLEAN, 4) ? flags.get(JAVA_DOUBLE, 8) : Double.POSITIVE_INFINITY;
                    return;
                }
            }
        }
        throw instance.broken(
                "UpdateDiscreteStates",
                new IllegalStateException("its discrete states do not settle in " + MOST_UPDATES + " iterations"));
    }

    /** Output clocks are read before the update that makes them inactive again. */
    private void countTicks() {
        if (outputs.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(outputs.size());
            instance.call("GetClock", references(outputs, arena), (long) outputs.size(), values.address());
            for (int i = 0; i < outputs.size(); i++) {
                if (values.get(JAVA_BOOLEAN, i)) {
                    ticks.merge(outputs.get(i), 1L, Long::sum);
                }
            }
        }
    }

    private void set(List<Long> clocks) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(clocks.size()).fill((byte) 1);
            instance.call("SetClock", references(clocks, arena), (long) clocks.size(), values.address());
        }
    }

    private static long references(List<Long> references, Arena arena) {
        return Derivatives.references(
                references.stream().mapToLong(Long::longValue).toArray(), arena);
    }

    /** What going back must bring back, as numbers. */
    double[] snapshot() {
        double[] values = new double[OWN_VALUES + TimedClock.VALUES * timed.size() + outputs.size()];
        values[0] = nextEventSeconds;
        values[1] = dirty ? 1 : 0;
        int at = OWN_VALUES;
        for (TimedClock clock : timed) {
            clock.keep(values, at);
            at += TimedClock.VALUES;
        }
        for (long output : outputs) {
            values[at++] = ticks(output);
        }
        return values;
    }

    void restore(double[] values) {
        nextEventSeconds = values[0];
        dirty = values[1] != 0;
        terminate = false;
        int at = OWN_VALUES;
        for (TimedClock clock : timed) {
            clock.restore(values, at);
            at += TimedClock.VALUES;
        }
        for (long output : outputs) {
            ticks.put(output, (long) values[at++]);
        }
    }
}
