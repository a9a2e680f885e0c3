package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.voltwin.cosim.fmi.Scratch.MEMORY;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.voltwin.cosim.fmu.FmiVersion;
import org.voltwin.cosim.fmu.ModelVariable;

/** One instance of an FMI 2.0 co-simulation FMU. Loads and runs native code. */
public final class Fmi2Model implements SteppedModel, Differentiable, Sloped, DirectlyCalled {
    private static final int CO_SIMULATION = 1;
    private static final int TRUE = 1;
    private static final int FALSE = 0;
    private static final int DISCARD = 2;
    private static final int PENDING = 5;
    // fmi2StatusKind
    private static final int STEP_STATUS = 0;
    private static final int LAST_SUCCESSFUL_TIME = 2;
    private static final int TERMINATED = 3;

    private static final long POLL_NANOSECONDS = 50_000;
    /** Times that a model may stop within one step without moving. */
    private static final int MOST_STOPS = 1000;

    private final Instance instance;
    private final Instantiation order;
    private final Arena callbacks = Arena.ofAuto();
    private final Scratch scratch = new Scratch();
    private final Fmi2Access access;
    private final SavedState state;
    private final Slopes slopes;
    private final long doStep;

    /** Loads the library and instantiates the model. */
    public Fmi2Model(Instantiation order) {
        this.order = order;
        instance = Instance.create("fmi2", order.library(), order.name(), order.log(), (library, journal) -> {
            try (Arena arena = Arena.ofConfined()) {
                return Downcalls.pointer(
                        library.function("fmi2Instantiate"),
                        arena.allocateFrom(order.name()).address(),
                        CO_SIMULATION,
                        arena.allocateFrom(order.description().token()).address(),
                        arena.allocateFrom(location()).address(),
                        callbackFunctions(journal),
                        FALSE,
                        TRUE);
            }
        });
        access = new Fmi2Access(instance, scratch);
        state = new SavedState(instance, SavedState.Names.V2);
        slopes = new Slopes(instance, false, scratch);
        doStep = instance.function("DoStep").address();
    }

    /** The resources' URI; FMI 2.0.4, section 2.1.5, asks for three slashes where Java writes one. */
    private String location() {
        return order.resources().toAbsolutePath().toUri().toString().replaceFirst("^file:/+", "file:///");
    }

    /** fmi2CallbackFunctions, which must live as long as the instance. */
    private long callbackFunctions(Journal journal) {
        Linker linker = Linker.nativeLinker();
        return callbacks
                .allocateFrom(
                        JAVA_LONG,
                        Journal.loggerOfFmi2(),
                        linker.defaultLookup().findOrThrow("calloc").address(),
                        linker.defaultLookup().findOrThrow("free").address(),
                        0L,
                        journal.address())
                .address();
    }

    @Override
    public void enterInitialization(double startSeconds) {
        instance.call("SetupExperiment", FALSE, 0.0, startSeconds, FALSE, 0.0);
        instance.call("EnterInitializationMode");
        instance.enter(Phase.INITIALIZATION);
    }

    @Override
    public void exitInitialization() {
        instance.call("ExitInitializationMode");
        instance.enter(Phase.STEP);
    }

    @Override
    public double get(long valueReference) {
        return access.get(valueReference);
    }

    @Override
    public void set(long valueReference, double value) {
        access.set(valueReference, value);
    }

    @Override
    public void readNumbers(ModelVariable.Type type, long valueReference, double[] values) {
        values[0] = access.readNumber(type, valueReference);
    }

    @Override
    public void writeNumbers(ModelVariable.Type type, long valueReference, double... values) {
        access.writeNumber(type, valueReference, values[0]);
    }

    @Override
    public void readIntegers(ModelVariable.Type type, long valueReference, long[] values) {
        values[0] = (long) access.readNumber(type, valueReference); // 32 bits, so exact
    }

    @Override
    public void writeIntegers(ModelVariable.Type type, long valueReference, long... values) {
        access.writeNumber(type, valueReference, values[0]);
    }

    @Override
    public String[] readStrings(long valueReference, int count) {
        return new String[] {access.readString(valueReference)};
    }

    @Override
    public void writeStrings(long valueReference, String... values) {
        access.writeString(valueReference, values[0]);
    }

    /** FMI 2.0 has no binaries: none is read. */
    @Override
    public byte[][] readBinaries(long valueReference, int count) {
        return new byte[0][];
    }

    @Override
    public void writeBinaries(long valueReference, byte[]... values) {
        throw new IllegalArgumentException("FMI 2.0 has no binaries");
    }

    @Override
    public StepAnswer step(double nowSeconds, double stepSeconds) {
        return afterStep(doStep(nowSeconds, stepSeconds), nowSeconds, stepSeconds);
    }

    /** Where the others cannot go back, the rest of a discarded step is taken now. */
    private StepAnswer afterStep(int firstStatus, double nowSeconds, double stepSeconds) {
        double end = nowSeconds + stepSeconds;
        double at = nowSeconds;
        int status = settled(firstStatus);
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            if (status != DISCARD) {
                instance.check("DoStep", status);
                return new StepAnswer(end, false, false);
            }
            instance.journal().handOn();
            double reached = lastSuccessful(at, end);
            boolean terminate = terminated();
            if (terminate) {
                return new StepAnswer(reached, true, true);
            }
            if (order.earlyReturn()) {
                return new StepAnswer(reached > at ? reached : at + (end - at) / 2, true, false);
            }
            stops = reached > at ? 0 : stops;
            at = reached;
            status = settled(doStep(at, end - at));
        }
        throw new FmiException(order.name(), order.name() + " discards every step at " + at + " s.");
    }

    private int doStep(double now, double step) {
        int status;
        try {
            status = (int)
                    Downcalls.STEP_2.invokeExact(MemorySegment.ofAddress(doStep), instance.address(), now, step, TRUE);
        } catch (Throwable e) {
            throw instance.broken("DoStep", e);
        }
        return status;
    }

    /** A step may run on in a thread of the model: its end has to be asked for, without a stepFinished callback. */
    private int settled(int answered) {
        long place = scratch.number();
        int status = answered;
        while (status == PENDING) {
            LockSupport.parkNanos(POLL_NANOSECONDS);
            instance.call("GetStatus", STEP_STATUS, place);
            status = MEMORY.get(JAVA_INT, place);
        }
        return status;
    }

    /** How far a discarded step came; its beginning when the model does not say. */
    private double lastSuccessful(double now, double end) {
        long place = scratch.number();
        MEMORY.set(JAVA_DOUBLE, place, now);
        int status = instance.status("GetRealStatus", LAST_SUCCESSFUL_TIME, place);
        double reached = MEMORY.get(JAVA_DOUBLE, place);
        return status <= 1 && reached >= now && reached < end ? reached : now;
    }

    private boolean terminated() {
        long place = scratch.number();
        MEMORY.set(JAVA_INT, place, FALSE);
        int status = instance.status("GetBooleanStatus", TERMINATED, place);
        return status <= 1 && MEMORY.get(JAVA_INT, place) != FALSE;
    }

    @Override
    public void saveState() {
        state.save();
    }

    @Override
    public void restoreState() {
        state.restore();
    }

    @Override
    public byte[] serialisedState() {
        byte[] own = state.serialised();
        return ByteBuffer.allocate(1 + own.length)
                .put((byte) instance.phase().ordinal())
                .put(own)
                .array();
    }

    @Override
    public void restoreSerialised(byte[] bytes) {
        state.restore(bytes, 1);
        instance.enter(Phase.values()[bytes[0]]);
    }

    @Override
    public DirectCalls directCalls() {
        return new DirectCalls(instance, FmiVersion.V2, state, 0, this::afterStep);
    }

    @Override
    public boolean givesSlopes() {
        return order.description().capabilities().outputSlopes();
    }

    @Override
    public boolean takesSlopes() {
        return order.description().capabilities().inputSlopes();
    }

    @Override
    public double slope(long valueReference) {
        return slopes.get(valueReference);
    }

    @Override
    public void slope(long valueReference, double perSecond) {
        slopes.set(valueReference, perSecond);
    }

    @Override
    public boolean offersDerivatives() {
        return order.description().capabilities().directionalDerivatives();
    }

    @Override
    public double[] directionalDerivative(long[] unknowns, long[] knowns, double[] seed) {
        return Derivatives.of(instance, false, unknowns, knowns, seed);
    }

    @Override
    public void close() {
        instance.close(state::free);
    }
}
