package org.voltwin.twin.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does blocking work in order per key, several keys at once. Work that throws is done again, later and later, until it
 * succeeds or the lanes are closed: what stands behind it in its lane waits, so the order stays.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final long LONGEST_PAUSE_MILLISECONDS = 10_000;

    private final List<ExecutorService> lanes = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public Lanes(String name, int count) {
        for (int i = 0; i < count; i++) {
            lanes.add(Executors.newSingleThreadExecutor(
                    Thread.ofVirtual().name("lane-" + name + "-" + i).factory()));
        }
    }

    /** Completes when the work is done; fails only when the lanes are closed before. */
    public CompletableFuture<Void> submit(Object key, Runnable work) {
        return CompletableFuture.runAsync(
                () -> untilDone(work), lanes.get(Math.floorMod(key.hashCode(), lanes.size())));
    }

    private void untilDone(Runnable work) {
        long pause = 100;
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                LOG.warn("Will be tried again in {} ms: {}", pause, e.toString());
                LOG.debug("The reason", e);
                rest(pause);
                pause = Math.min(LONGEST_PAUSE_MILLISECONDS, pause * 2);
            }
        }
    }

    private void rest(long milliseconds) {
        try {
            if (closed.await(milliseconds, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Closed before the work was done");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped before the work was done", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lanes.forEach(ExecutorService::shutdownNow);
    }
}
