package org.voltwin.bench.device;

/** Answers commands. Called on a virtual thread of its own, so it may block. */
@FunctionalInterface
public interface CommandHandler {
    /**
     * An answer.
     *
     * @param status as in HTTP
     * @param payload JSON, may be empty
     */
    record Answer(int status, byte[] payload) {}

    /** Executes a command; its answer is sent when somebody waits for one. */
    Answer handle(String subject, byte[] payload);
}
