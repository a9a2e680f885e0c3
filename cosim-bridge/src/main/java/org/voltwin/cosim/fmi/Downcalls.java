package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls of FMI functions by the form of their arguments. The handles are constants that take the function's address
 * first, so that the compiler puts the call in line; one handle per library would be called through its interpreter.
 * Pointers are passed as numbers, which spares the look at a segment's life time and is the same in a register.
 *
 * <p>Functions that only get or set numbers are {@linkplain Linker.Option#critical critical}: that leaves out the
 * change of the thread's state, which costs more than such a function. It is allowed because nothing that models call
 * back is Java. It must not be used for functions that may take long: the collector waits for them.
 */
final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option SHORT = Linker.Option.critical(false);

    /** fmi3GetFloat64(instance, references, n, values, nValues) and its kin. */
    static final MethodHandle ACCESS_3 = shape(SHORT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    /** fmi2GetReal(instance, references, n, values) and its kin. */
    static final MethodHandle ACCESS_2 = shape(SHORT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    /** fmi3DoStep. */
    static final MethodHandle STEP_3 =
            shape(JAVA_LONG, JAVA_DOUBLE, JAVA_DOUBLE, JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    /** fmi2DoStep. */
    static final MethodHandle STEP_2 = shape(JAVA_LONG, JAVA_DOUBLE, JAVA_DOUBLE, JAVA_INT);
    /** fmi3GetFMUState and its kin. */
    static final MethodHandle STATE = shape(JAVA_LONG, JAVA_LONG);

    /** voltwin_program_run, which may take as long as its steps. */
    static final MethodHandle PROGRAM = LINKER.downcallHandle(
            ImporterLibrary.LOADED.function("voltwin_program_run"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_DOUBLE, JAVA_DOUBLE, JAVA_INT));

    private static final Map<List<Class<?>>, MethodHandle> OTHERS = new ConcurrentHashMap<>();

    private Downcalls() {}

    private static MethodHandle shape(MemoryLayout... arguments) {
        return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle shape(Linker.Option option, MemoryLayout... arguments) {
        return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, arguments), option);
    }

    /** Any function that answers an int, of Long (also for pointers), Double, Integer and Boolean arguments; not fast. */
    static int status(MemorySegment function, Object... arguments) throws Throwable {
        return (int) Objects.requireNonNull(call(int.class, function, arguments));
    }

    /** Any function that answers a pointer; not fast. */
    static long pointer(MemorySegment function, Object... arguments) throws Throwable {
        return (long) Objects.requireNonNull(call(long.class, function, arguments));
    }

    /** Any function that answers nothing; not fast. */
    static void run(MemorySegment function, Object... arguments) throws Throwable {
        call(void.class, function, arguments);
    }

    private static @Nullable Object call(Class<?> answer, MemorySegment function, Object... arguments)
            throws Throwable {
        List<Class<?>> key = new ArrayList<>();
        key.add(answer);
        List<Object> all = new ArrayList<>();
        all.add(function);
        for (Object argument : arguments) {
            key.add(argument.getClass());
            all.add(argument);
        }
        return OTHERS.computeIfAbsent(key, Downcalls::general).invokeWithArguments(all);
    }

    private static MethodHandle general(List<Class<?>> key) {
        MemoryLayout[] arguments = key.stream().skip(1).map(Downcalls::layout).toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor = key.getFirst() == void.class
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(layout(key.getFirst()), arguments);
        return LINKER.downcallHandle(descriptor);
    }

    private static MemoryLayout layout(Class<?> type) {
        if (type == Long.class || type == long.class) {
            return JAVA_LONG;
        }
        if (type == Integer.class || type == int.class) {
            return JAVA_INT;
        }
        return type == Double.class ? JAVA_DOUBLE : JAVA_BOOLEAN;
    }
}
