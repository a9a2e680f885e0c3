package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shared library opened with dlopen itself, because the JDK's own look-up does not say why a library could not be
 * loaded. Functions are given as addresses without a life time: nothing may be called after {@link #close}.
 */
final class SharedLibrary implements AutoCloseable {
    private static final int LAZY = 1;
    private static final int NOW = 2;
    private static final MethodHandle OPEN = libc("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle SYMBOL = libc("dlsym", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle ERROR = libc("dlerror", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle CLOSE = libc("dlclose", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private final String owner;
    private final MemorySegment handle;
    private final Map<String, MemorySegment> functions = new HashMap<>();

    private SharedLibrary(String owner, MemorySegment handle) {
        this.owner = owner;
        this.handle = handle;
    }

    private static MethodHandle libc(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    /**
     * Opens a library with all its symbols resolved, so that a missing one is named now. Where that fails, symbols are
     * resolved when they are called: libraries that lack what they never call do run.
     *
     * @param owner name of the instance, for messages
     * @param warnings told when symbols are missing
     */
    static SharedLibrary open(String owner, Path file, Consumer<String> warnings) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toAbsolutePath().toString());
            MemorySegment opened = (MemorySegment) OPEN.invokeExact(path, NOW);
            if (opened.address() == 0) {
                String reason = lastError();
                opened = (MemorySegment) OPEN.invokeExact(path, LAZY);
                if (opened.address() == 0) {
                    throw new FmiException(owner, owner + ": the library cannot be loaded: " + lastError() + ".");
                }
                warnings.accept("the library is incomplete: " + reason);
            }
            return new SharedLibrary(owner, opened);
        } catch (Throwable e) {
            throw Instance.broken(owner, "dlopen", e);
        }
    }

    private static String lastError() throws Throwable {
        return Text.at(((MemorySegment) ERROR.invokeExact()).address());
    }

    /** The function's address; refused when the library does not have it. */
    MemorySegment function(String name) {
        MemorySegment found = find(name);
        if (found == null) {
            throw new FmiException(owner, owner + ": the library has no function " + name + ".");
        }
        return found;
    }

    @Nullable MemorySegment find(String name) {
        MemorySegment known = functions.get(name);
        if (known != null) {
            return known;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = (MemorySegment) SYMBOL.invokeExact(handle, arena.allocateFrom(name));
            if (found.address() == 0) {
                return null;
            }
            functions.put(name, found);
            return found;
        } catch (Throwable e) {
            throw Instance.broken(owner, "dlsym", e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(handle); // a library that stays loaded does no harm
        } catch (Throwable e) {
            throw Instance.broken(owner, "dlclose", e);
        }
    }
}
