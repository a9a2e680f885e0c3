package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One instance of an FMI 3.0 co-simulation FMU. Legal order: constructor, {@link #set} of parameters, {@link
 * #enterInitialization}, {@link #exitInitialization}, then steps, {@link #close}. Every method throws {@link
 * FmiException} when the FMU does not answer fmi3OK. Not thread-safe. Loads and runs native code.
 */
public final class Fmi3Model implements SteppedModel {
    private static final int DISCARD = 2;

    private final String name;
    private final Arena arena = Arena.ofConfined();
    private final FmiFunctions functions;
    private final MemorySegment instance;
    private final MemorySegment reference;
    private final MemorySegment number;
    private final MemorySegment flags;
    private final MemorySegment reached;
    private final MemorySegment state;
    private volatile String lastMessage = "";

    /**
     * Loads the library and instantiates the model.
     *
     * @param name instance name, for messages
     * @param token the description's instantiation token
     * @param log gets what the model logs, line by line
     */
    public Fmi3Model(Path library, String name, String token, Path resources, Consumer<String> log) {
        this.name = name;
        functions = new FmiFunctions(library, arena);
        reference = arena.allocate(JAVA_INT);
        number = arena.allocate(JAVA_DOUBLE);
        flags = arena.allocate(3);
        reached = arena.allocate(JAVA_DOUBLE);
        state = arena.allocate(ADDRESS);
        MemorySegment callback = FmiFunctions.logCallback(
                message -> {
                    lastMessage = message;
                    log.accept(name + ": " + message);
                },
                arena);
        MemorySegment created;
        try {
            created = (MemorySegment) functions.instantiate.invokeExact(
                    arena.allocateFrom(name),
                    arena.allocateFrom(token),
                    arena.allocateFrom(resources.toAbsolutePath() + "/"),
                    false,
                    true,
                    false,
                    true,
                    MemorySegment.NULL,
                    0L,
                    MemorySegment.NULL,
                    callback,
                    MemorySegment.NULL);
        } catch (Throwable e) {
            throw broken("fmi3InstantiateCoSimulation", e);
        }
        if (created.address() == 0) {
            throw new FmiException(name, name + " could not be instantiated. " + lastMessage);
        }
        instance = created;
    }

    @Override
    public void enterInitialization(double startSeconds) {
        try {
            int status =
                    (int) functions.enterInitialization.invokeExact(instance, false, 0.0, startSeconds, false, 0.0);
            check("fmi3EnterInitializationMode", status);
        } catch (Throwable e) {
            throw broken("fmi3EnterInitializationMode", e);
        }
    }

    @Override
    public void exitInitialization() {
        try {
            int status = (int) functions.exitInitialization.invokeExact(instance);
            check("fmi3ExitInitializationMode", status);
        } catch (Throwable e) {
            throw broken("fmi3ExitInitializationMode", e);
        }
    }

    /** A scalar Float64. */
    @Override
    public double get(long valueReference) {
        reference.set(JAVA_INT, 0, (int) valueReference);
        try {
            int status = (int) functions.getFloat64.invokeExact(instance, reference, 1L, number, 1L);
            check("fmi3GetFloat64", status);
        } catch (Throwable e) {
            throw broken("fmi3GetFloat64", e);
        }
        return number.get(JAVA_DOUBLE, 0);
    }

    @Override
    public int getInt(long valueReference) {
        reference.set(JAVA_INT, 0, (int) valueReference);
        try {
            int status = (int) functions.getInt32.invokeExact(instance, reference, 1L, number, 1L);
            check("fmi3GetInt32", status);
        } catch (Throwable e) {
            throw broken("fmi3GetInt32", e);
        }
        return number.get(JAVA_INT, 0);
    }

    @Override
    public boolean getBoolean(long valueReference) {
        reference.set(JAVA_INT, 0, (int) valueReference);
        try {
            int status = (int) functions.getBoolean.invokeExact(instance, reference, 1L, flags, 1L);
            check("fmi3GetBoolean", status);
        } catch (Throwable e) {
            throw broken("fmi3GetBoolean", e);
        }
        return flags.get(JAVA_BOOLEAN, 0);
    }

    /** Sets a scalar (one value) or an array (all its values, row by row). */
    @Override
    public void set(long valueReference, double... values) {
        reference.set(JAVA_INT, 0, (int) valueReference);
        if (values.length == 1) {
            number.set(JAVA_DOUBLE, 0, values[0]);
            setFloat64(number, 1);
            return;
        }
        try (Arena array = Arena.ofConfined()) {
            setFloat64(array.allocateFrom(JAVA_DOUBLE, values), values.length);
        }
    }

    private void setFloat64(MemorySegment values, long count) {
        try {
            int status = (int) functions.setFloat64.invokeExact(instance, reference, 1L, values, count);
            check("fmi3SetFloat64", status);
        } catch (Throwable e) {
            throw broken("fmi3SetFloat64", e);
        }
    }

    /**
     * Steps the model.
     *
     * @param nowSeconds current communication point
     * @param stepSeconds &gt; 0
     */
    @Override
    public StepAnswer step(double nowSeconds, double stepSeconds) {
        flags.fill((byte) 0);
        reached.set(JAVA_DOUBLE, 0, nowSeconds + stepSeconds);
        MemorySegment terminate = flags.asSlice(1, 1);
        MemorySegment early = flags.asSlice(2, 1);
        int status;
        try {
            status = (int) functions.doStep.invokeExact(
                    instance, nowSeconds, stepSeconds, false, flags, terminate, early, reached);
        } catch (Throwable e) {
            throw broken("fmi3DoStep", e);
        }
        boolean stopped = early.get(JAVA_BOOLEAN, 0) || status == DISCARD;
        if (status != DISCARD) {
            check("fmi3DoStep", status);
        }
        return new StepAnswer(reached.get(JAVA_DOUBLE, 0), stopped, terminate.get(JAVA_BOOLEAN, 0));
    }

    /** Keeps the present state; one is kept at a time. */
    @Override
    public void saveState() {
        try {
            int status = (int) functions.getState.invokeExact(instance, state);
            check("fmi3GetFMUState", status);
        } catch (Throwable e) {
            throw broken("fmi3GetFMUState", e);
        }
    }

    /** Goes back to the state kept last; it stays kept. */
    @Override
    public void restoreState() {
        MemorySegment saved = state.get(ADDRESS, 0);
        try {
            int status = (int) functions.setState.invokeExact(instance, saved);
            check("fmi3SetFMUState", status);
        } catch (Throwable e) {
            throw broken("fmi3SetFMUState", e);
        }
    }

    private void check(String function, int status) {
        if (status > 1) {
            throw new FmiException(name, name + ": " + function + " answered status " + status + ". " + lastMessage);
        }
    }

    private FmiException broken(String function, Throwable cause) {
        if (cause instanceof FmiException already) {
            return already;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        FmiException exception = new FmiException(name, name + ": " + function + " cannot be called: " + cause);
        exception.initCause(cause);
        return exception;
    }

    @Override
    public void close() {
        try {
            if (state.get(ADDRESS, 0).address() != 0) {
                int freed = (int) functions.freeState.invokeExact(instance, state);
                check("fmi3FreeFMUState", freed);
            }
            int status = (int) functions.terminate.invokeExact(instance);
            functions.freeInstance.invokeExact(instance);
            check("fmi3Terminate", status);
        } catch (Throwable e) {
            throw broken("fmi3FreeInstance", e);
        } finally {
            arena.close();
        }
    }
}
