package org.voltwin.cosim.fmi;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.FmiVersion;
import org.voltwin.cosim.fmu.ModelVariable;

/**
 * One instance of an FMI 3.0 co-simulation FMU. Structural parameters are written in configuration mode and discrete
 * inputs in event mode by themselves; events and ticks of timed clocks are handled within {@link #step}, which is
 * divided at them where the FMU can step by any length. Loads and runs native code.
 */
public final class Fmi3Model implements SteppedModel, Differentiable, Sloped, DirectlyCalled {
    /** Events at one time. */
    private static final int MOST_STOPS = 1000;

    private final Instance instance;
    private final Instantiation order;
    private final Scratch scratch = new Scratch();
    private final Fmi3Access access;
    private final SavedState state;
    private final Slopes slopes;
    private final Fmi3Step doStep;
    private final boolean variableStep;
    private final Set<Long> structural;
    private final @Nullable Fmi3Events events;
    private double @Nullable [] savedEvents;
    private Phase savedPhase = Phase.STEP;

    /** Loads the library and instantiates the model. */
    public Fmi3Model(Instantiation order) {
        this.order = order;
        instance = Instance.create("fmi3", order.library(), order.name(), order.log(), (library, journal) -> {
            try (Arena arena = Arena.ofConfined()) {
                return Downcalls.pointer(
                        library.function("fmi3InstantiateCoSimulation"),
                        arena.allocateFrom(order.name()).address(),
                        arena.allocateFrom(order.description().token()).address(),
                        arena.allocateFrom(order.resources().toAbsolutePath() + "/")
                                .address(),
                        false,
                        true,
                        order.description().capabilities().eventMode(),
                        order.earlyReturn(),
                        0L,
                        0L,
                        journal.address(),
                        Journal.loggerOfFmi3(),
                        Journal.intermediateUpdate());
            }
        });
        access = new Fmi3Access(instance, scratch);
        state = new SavedState(instance, SavedState.Names.V3);
        slopes = new Slopes(instance, true, scratch);
        doStep = new Fmi3Step(instance, scratch);
        variableStep = order.description().capabilities().variableStep();
        structural = order.description().variables().stream()
                .filter(ModelVariable::isStructural)
                .map(ModelVariable::valueReference)
                .collect(Collectors.toUnmodifiableSet());
        events = order.description().capabilities().eventMode() ? new Fmi3Events(instance, order.description()) : null;
    }

    @Override
    public void enterInitialization(double startSeconds) {
        if (instance.phase() == Phase.CONFIGURATION) {
            instance.call("ExitConfigurationMode");
        }
        instance.call("EnterInitializationMode", false, 0.0, startSeconds, false, 0.0);
        instance.enter(Phase.INITIALIZATION);
        if (events != null) {
            events.startAt(startSeconds);
        }
    }

    @Override
    public void exitInitialization() {
        instance.call("ExitInitializationMode");
        if (events == null) {
            instance.enter(Phase.STEP);
        } else {
            events.begin();
        }
    }

    @Override
    public double get(long valueReference) {
        return access.get(valueReference);
    }

    @Override
    public void set(long valueReference, double value) {
        if (events != null || instance.phase() == Phase.INSTANTIATED) {
            beforeWriting(valueReference);
        }
        access.set(valueReference, value);
    }

    private void beforeWriting(long valueReference) {
        if (instance.phase() == Phase.INSTANTIATED && structural.contains(valueReference)) {
            instance.call("EnterConfigurationMode");
            instance.enter(Phase.CONFIGURATION);
        } else if (instance.phase() == Phase.CONFIGURATION && !structural.contains(valueReference)) {
            instance.call("ExitConfigurationMode");
            instance.enter(Phase.INSTANTIATED);
        }
        if (events != null) {
            events.beforeWriting(valueReference);
        }
    }

    @Override
    public void readNumbers(ModelVariable.Type type, long valueReference, double[] values) {
        access.readNumbers(type, valueReference, values);
    }

    @Override
    public void writeNumbers(ModelVariable.Type type, long valueReference, double... values) {
        beforeWriting(valueReference);
        access.writeNumbers(type, valueReference, values);
    }

    @Override
    public void readIntegers(ModelVariable.Type type, long valueReference, long[] values) {
        access.readIntegers(type, valueReference, values);
    }

    @Override
    public void writeIntegers(ModelVariable.Type type, long valueReference, long... values) {
        beforeWriting(valueReference);
        access.writeIntegers(type, valueReference, values);
    }

    @Override
    public String[] readStrings(long valueReference, int count) {
        return access.readStrings(valueReference, count);
    }

    @Override
    public void writeStrings(long valueReference, String... values) {
        beforeWriting(valueReference);
        access.writeStrings(valueReference, values);
    }

    @Override
    public byte[][] readBinaries(long valueReference, int count) {
        return access.readBinaries(valueReference, count);
    }

    @Override
    public void writeBinaries(long valueReference, byte[]... values) {
        beforeWriting(valueReference);
        access.writeBinaries(valueReference, values);
    }

    /** Activates a triggered input clock; its event is handled before the next step. */
    public void tick(long clock) {
        requireEvents().activate(clock);
    }

    /** How often an output clock has been seen to tick. */
    public long ticks(long clock) {
        return requireEvents().ticks(clock);
    }

    private Fmi3Events requireEvents() {
        if (events == null) {
            throw new IllegalStateException(order.name() + " has no event mode, so no clocks");
        }
        return events;
    }

    /**
     * Asks for an early return from the first intermediate update at or after this time, if the FMU then allows it;
     * infinity, which is the beginning, for never.
     */
    public void returnEarlyAfter(double seconds) {
        instance.journal().returnAfter(seconds);
    }

    /** Intermediate updates that the FMU has made. */
    public long intermediateUpdates() {
        return instance.journal().updates();
    }

    @Override
    public StepAnswer step(double nowSeconds, double stepSeconds) {
        double end = nowSeconds + stepSeconds;
        if (events != null) {
            return divided(events, nowSeconds, stepSeconds);
        }
        doStep.run(nowSeconds, stepSeconds);
        return answer(nowSeconds, end);
    }

    private StepAnswer answer(double nowSeconds, double end) {
        boolean terminate = doStep.terminate();
        if (!doStep.early()) {
            return new StepAnswer(doStep.reached(), false, terminate);
        }
        if (order.earlyReturn()) {
            return early(nowSeconds, end, terminate);
        }
        return rest(doStep.reached(), end, terminate);
    }

    /** The others can go back to where this model came. An FMU that did not move shall try half of the step. */
    private StepAnswer early(double from, double end, boolean terminate) {
        double reached = doStep.reached();
        return new StepAnswer(reached > from ? reached : from + (end - from) / 2, true, terminate);
    }

    /** Nobody can go back, so the model goes on from where it stopped. */
    private StepAnswer rest(double from, double end, boolean asked) {
        boolean terminate = asked;
        int stopped = 0;
        for (double at = from; at < end; ) {
            double before = at;
            doStep.run(at, end - at);
            terminate |= doStep.terminate();
            at = doStep.early() ? doStep.reached() : end;
            stopped = progress(stopped, before, at);
        }
        return new StepAnswer(end, false, terminate);
    }

    /** Steps from event to event. */
    private StepAnswer divided(Fmi3Events handler, double from, double stepSeconds) {
        double end = from + stepSeconds;
        boolean terminate = false;
        int stopped = 0;
        for (double at = from; at < end; ) {
            double before = at;
            double target = variableStep ? Math.min(end, handler.next()) : end;
            if (target <= at) {
                handler.handle(at);
            } else {
                handler.leave();
                boolean whole = at == from && target == end; // then the step is exact to the last bit
                doStep.run(at, whole ? stepSeconds : target - at);
                at = doStep.early() ? doStep.reached() : target;
                if (doStep.eventNeeded() || handler.isDue(at)) {
                    handler.handle(at);
                }
                terminate |= doStep.terminate();
                if (doStep.early() && order.earlyReturn()) {
                    return early(before, end, terminate || handler.terminate());
                }
            }
            stopped = progress(stopped, before, at);
        }
        return new StepAnswer(end, false, terminate || handler.terminate());
    }

    /** How often in a row the model did not move. */
    private int progress(int stopped, double before, double now) {
        if (now > before) {
            return 0;
        }
        if (stopped >= MOST_STOPS) {
            throw new FmiException(order.name(), order.name() + " stops again and again at " + now + " s.");
        }
        return stopped + 1;
    }

    @Override
    public void saveState() {
        state.save();
        savedPhase = instance.phase();
        if (events != null) {
            savedEvents = events.snapshot();
        }
    }

    @Override
    public void restoreState() {
        state.restore();
        instance.enter(savedPhase);
        if (events != null && savedEvents != null) {
            events.restore(savedEvents);
        }
    }

    @Override
    public byte[] serialisedState() {
        byte[] own = state.serialised();
        double[] schedule = events == null ? new double[0] : events.snapshot();
        ByteBuffer all = ByteBuffer.allocate(5 + 8 * schedule.length + own.length);
        all.put((byte) instance.phase().ordinal()).putInt(schedule.length);
        for (double value : schedule) {
            all.putDouble(value);
        }
        return all.put(own).array();
    }

    @Override
    public void restoreSerialised(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        Phase phase = Phase.values()[all.get()];
        double[] schedule = new double[all.getInt()];
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] = all.getDouble();
        }
        state.restore(bytes, all.position());
        instance.enter(phase);
        if (events != null) {
            events.restore(schedule);
        }
    }

    /** Null where there is event mode, which is Java's matter. */
    @Override
    public @Nullable DirectCalls directCalls() {
        return events != null
                ? null
                : new DirectCalls(instance, FmiVersion.V3, state, scratch.answers(), this::afterStep);
    }

    private StepAnswer afterStep(int status, double nowSeconds, double stepSeconds) {
        doStep.after(status, nowSeconds, stepSeconds);
        return answer(nowSeconds, nowSeconds + stepSeconds);
    }

    @Override
    public boolean givesSlopes() {
        return order.description().capabilities().outputSlopes();
    }

    /** FMI 3.0 has no slopes of inputs. */
    @Override
    public boolean takesSlopes() {
        return false;
    }

    @Override
    public double slope(long valueReference) {
        return slopes.get(valueReference);
    }

    @Override
    public void slope(long valueReference, double perSecond) {
        throw new IllegalArgumentException("FMI 3.0 has no slopes of inputs");
    }

    @Override
    public boolean offersDerivatives() {
        return order.description().capabilities().directionalDerivatives();
    }

    @Override
    public double[] directionalDerivative(long[] unknowns, long[] knowns, double[] seed) {
        return Derivatives.of(instance, true, unknowns, knowns, seed);
    }

    @Override
    public void close() {
        instance.close(state::free);
    }
}
