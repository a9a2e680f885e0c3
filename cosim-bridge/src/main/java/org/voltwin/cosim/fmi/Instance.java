package org.voltwin.cosim.fmi;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** What instances of FMI 2.0 and 3.0 have in common: the library, the log, the phase and the orderly end. */
final class Instance {
    private static final int WARNING = 1;
    private static final int ERROR = 3;
    private static final int FATAL = 4;

    /** What instantiates: gets the library and the journal, and answers the instance's address, 0 when it failed. */
    interface Creation {
        long create(SharedLibrary library, Journal journal) throws Throwable;
    }

    private final String name;
    private final String prefix;
    private final SharedLibrary library;
    private final Journal journal;
    private final long address;
    private Phase phase = Phase.INSTANTIATED;

    private Instance(String name, String prefix, SharedLibrary library, Journal journal, long address) {
        this.name = name;
        this.prefix = prefix;
        this.library = library;
        this.journal = journal;
        this.address = address;
    }

    /** Loads and instantiates; nothing stays loaded when that fails. */
    static Instance create(String prefix, Path file, String name, LogTarget target, Creation creation) {
        Journal journal = new Journal(name, target.descriptor(), target.lines());
        SharedLibrary library;
        try {
            library = SharedLibrary.open(name, file, journal::say);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
        try {
            long address = creation.create(library, journal);
            String reason = journal.last();
            if (address == 0) {
                throw new FmiException(name, name + " could not be instantiated. " + reason);
            }
            return new Instance(name, prefix, library, journal, address);
        } catch (Throwable e) {
            library.close();
            journal.close();
            throw broken(name, "instantiation", e);
        }
    }

    long address() {
        return address;
    }

    Journal journal() {
        return journal;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** The address of a function, given without the version's prefix. */
    MemorySegment function(String function) {
        return library.function(prefix + function);
    }

    /** Calls a function of this instance that answers a status, and checks that. Not for hot paths. */
    void call(String function, Object... arguments) {
        check(function, status(function, arguments));
    }

    /** Calls a function of this instance and answers its status. */
    int status(String function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = address;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            return Downcalls.status(function(function), all);
        } catch (Throwable e) {
            throw broken(function, e);
        }
    }

    /** Hands on the log, and throws when the status is worse than a warning. */
    void check(String function, int status) {
        journal.handOn();
        if (status > WARNING) {
            throw failed(function, status);
        }
    }

    private FmiException failed(String function, int status) {
        if (status >= ERROR) {
            phase = status >= FATAL ? Phase.FATAL : Phase.FAILED;
        }
        return new FmiException(
                name, name + ": " + prefix + function + " answered status " + status + ". " + journal.last());
    }

    FmiException broken(String function, Throwable cause) {
        return broken(name, prefix + function, cause);
    }

    static FmiException broken(String owner, String function, Throwable cause) {
        if (cause instanceof FmiException already) {
            return already;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        FmiException exception = new FmiException(owner, owner + ": " + function + " cannot be called: " + cause);
        exception.initCause(cause);
        return exception;
    }

    /**
     * Ends and frees the instance as its phase allows. Never throws: it is called where something else went wrong
     * already, and what goes wrong here cannot change a result.
     */
    void close(Runnable freeStates) {
        Phase before = phase;
        phase = Phase.CLOSED;
        if (before == Phase.CLOSED) {
            return;
        }
        try {
            if (before == Phase.FATAL) {
                return; // the standards forbid every call, so memory and library are left to the process
            }
            freeStates.run();
            if (before == Phase.STEP || before == Phase.EVENT) {
                int status = status("Terminate");
                if (status > WARNING) {
                    journal.say(prefix + "Terminate answered status " + status);
                }
            }
            Downcalls.run(function("FreeInstance"), address);
            library.close();
        } catch (Throwable e) {
            journal.say("the instance could not be freed: " + e.getMessage());
        } finally {
            journal.close();
        }
    }
}
