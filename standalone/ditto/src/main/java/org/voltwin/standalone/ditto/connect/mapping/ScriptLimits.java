package org.voltwin.standalone.ditto.connect.mapping;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.ScriptSettings;

/** Runs scripts without Java, and ends those that take too long, go too deep or use too much memory. */
final class ScriptLimits extends ContextFactory {
    private static final long MAX_ALLOCATED_BYTES = 96L * 1024 * 1024;
    private static final int INSTRUCTIONS_BETWEEN_CHECKS = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Not a JavaScript exception: a script cannot catch it. */
    static final class LimitReached extends Error {
        private static final long serialVersionUID = 1L;

        LimitReached(String message) {
            super(message, null, false, false);
        }
    }

    private static final class Limited extends Context {
        // The thread's own time: a busy machine is not the script's fault.
        private long startNanos = THREADS.getCurrentThreadCpuTime();
        private long startBytes = THREADS.getCurrentThreadAllocatedBytes();

        @SuppressWarnings("deprecation") // The only way to make one of a factory of one's own.
        Limited(ContextFactory factory) {
            super(factory);
        }
    }

    private final Duration maxTime;
    private final int maxDepth;

    ScriptLimits(ScriptSettings settings) {
        this.maxTime = settings.maxExecutionTime();
        this.maxDepth = settings.maxStackDepth();
    }

    @Override
    protected Context makeContext() {
        Context context = new Limited(this);
        context.setLanguageVersion(Context.VERSION_ES6);
        context.setInterpretedMode(true);
        context.setInstructionObserverThreshold(INSTRUCTIONS_BETWEEN_CHECKS);
        context.setMaximumInterpreterStackDepth(maxDepth);
        context.setClassShutter(name -> false);
        return context;
    }

    /** What was done before does not count. */
    static void restart(Context context) {
        if (context instanceof Limited limited) {
            limited.startNanos = THREADS.getCurrentThreadCpuTime();
            limited.startBytes = THREADS.getCurrentThreadAllocatedBytes();
        }
    }

    @Override
    protected void observeInstructionCount(Context context, int count) {
        if (context instanceof Limited limited) {
            if (THREADS.getCurrentThreadCpuTime() - limited.startNanos > maxTime.toNanos()) {
                throw new LimitReached("The script took longer than " + maxTime.toMillis() + " ms.");
            }
            if (THREADS.getCurrentThreadAllocatedBytes() - limited.startBytes > MAX_ALLOCATED_BYTES) {
                throw new LimitReached("The script used too much memory.");
            }
        }
    }
}
