package org.voltwin.cosim.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the parent wants of the worker, one letter at a time on standard input; its end is the parent's end. */
final class Control {
    static final char PAUSE = 'P';
    static final char RESUME = 'R';
    static final char STOP = 'S';
    static final char CHECKPOINT = 'K';

    private static final long CHECKPOINT_NANOSECONDS = 5_000_000_000L;

    private final AtomicBoolean checkpointAsked = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean paused;
    private volatile boolean stopped;
    private long checkpointAt = System.nanoTime();

    /** Reads until the input ends. */
    void read(InputStream in) throws IOException {
        for (int letter = in.read(); letter >= 0; letter = in.read()) {
            lock.lock();
            try {
                switch (letter) {
                    case PAUSE -> paused = true;
                    case RESUME -> paused = false;
                    case STOP -> stopped = true;
                    case CHECKPOINT -> checkpointAsked.set(true);
                    default -> System.err.println("The parent sent '" + (char) letter + "', which means nothing");
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    boolean paused() {
        return paused;
    }

    /** Waits at most that long for the end of a pause. */
    void awaitChange(long milliseconds) throws InterruptedException {
        lock.lock();
        try {
            if (paused && !stopped && !checkpointAsked.get()) {
                boolean unused = changed.await(milliseconds, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether to end the run with what there is. */
    boolean stopped() {
        return stopped;
    }

    /** Whether a checkpoint is due: because it was asked for, or some seconds after the one before. */
    boolean checkpointDue() {
        long now = System.nanoTime();
        if (checkpointAsked.getAndSet(false) || now - checkpointAt > CHECKPOINT_NANOSECONDS) {
            checkpointAt = now;
            return true;
        }
        return false;
    }
}
