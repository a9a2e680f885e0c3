package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The functions of one FMU's library as method handles; argument lists as in FMI 3.0.2, section 2.2 and 4.2. */
final class FmiFunctions {
    private static final Linker LINKER = Linker.nativeLinker();

    final MethodHandle instantiate;
    final MethodHandle freeInstance;
    final MethodHandle enterInitialization;
    final MethodHandle exitInitialization;
    final MethodHandle terminate;
    final MethodHandle getFloat64;
    final MethodHandle setFloat64;
    final MethodHandle getInt32;
    final MethodHandle getBoolean;
    final MethodHandle doStep;
    final MethodHandle getState;
    final MethodHandle setState;
    final MethodHandle freeState;
    private final SymbolLookup symbols;

    FmiFunctions(Path library, Arena arena) {
        symbols = SymbolLookup.libraryLookup(library, arena);
        instantiate = handle(
                "fmi3InstantiateCoSimulation",
                FunctionDescriptor.of(
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        JAVA_BOOLEAN,
                        JAVA_BOOLEAN,
                        JAVA_BOOLEAN,
                        JAVA_BOOLEAN,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS));
        freeInstance = handle("fmi3FreeInstance", FunctionDescriptor.ofVoid(ADDRESS));
        enterInitialization = status(
                "fmi3EnterInitializationMode", JAVA_BOOLEAN, JAVA_DOUBLE, JAVA_DOUBLE, JAVA_BOOLEAN, JAVA_DOUBLE);
        exitInitialization = status("fmi3ExitInitializationMode");
        terminate = status("fmi3Terminate");
        getFloat64 = status("fmi3GetFloat64", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
        setFloat64 = status("fmi3SetFloat64", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
        getInt32 = status("fmi3GetInt32", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
        getBoolean = status("fmi3GetBoolean", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
        doStep = status("fmi3DoStep", JAVA_DOUBLE, JAVA_DOUBLE, JAVA_BOOLEAN, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        getState = status("fmi3GetFMUState", ADDRESS);
        setState = status("fmi3SetFMUState", ADDRESS);
        freeState = status("fmi3FreeFMUState", ADDRESS);
    }

    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    /** A function of an instance that answers an fmi3Status. */
    private MethodHandle status(String name, MemoryLayout... arguments) {
        FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, arguments);
        return handle(name, descriptor.insertArgumentLayouts(0, ADDRESS));
    }

    /** A C function pointer for fmi3LogMessageCallback that hands category and message on. */
    static MemorySegment logCallback(Consumer<String> log, Arena arena) {
        try {
            MethodHandle handler = MethodHandles.lookup()
                    .findStatic(
                            FmiFunctions.class,
                            "log",
                            MethodType.methodType(
                                    void.class,
                                    Consumer.class,
                                    MemorySegment.class,
                                    int.class,
                                    MemorySegment.class,
                                    MemorySegment.class))
                    .bindTo(log);
            return LINKER.upcallStub(handler, FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS, ADDRESS), arena);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The log callback of this class is gone", e);
        }
    }

    /** Called from C: an exception here would end the process, so what cannot be read is said to be so. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by name above; C gives the arguments
    private static void log(
            Consumer<String> log,
            MemorySegment environment,
            int status,
            MemorySegment category,
            MemorySegment message) {
        log.accept(status + " " + text(category) + ": " + text(message));
    }

    private static String text(MemorySegment pointer) {
        if (pointer.address() == 0) {
            return "";
        }
        try {
            return pointer.reinterpret(4096).getString(0);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return "(text that cannot be read)";
        }
    }
}
