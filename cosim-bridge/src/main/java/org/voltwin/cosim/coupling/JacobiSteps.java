package org.voltwin.cosim.coupling;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmi.CallProgram;

/**
 * All parts stepped with the values of the step's beginning: one after the other, and in several threads once their
 * steps were measured to take so long that handing them over should pay; one after the other again, for good, when it
 * was then measured not to.
 */
final class JacobiSteps implements AutoCloseable {
    /** What parallel steps must save at least; handing over and waiting takes some microseconds. */
    private static final double LEAST_GAIN_NANOSECONDS = 20_000;

    /** Timed evaluations in several threads before they are held against those in one. */
    private static final int TRIAL = 16;

    private final Wiring wiring;
    private final PartTimes times;
    private final Deque<Long> aloneNanoseconds = new ArrayDeque<>();
    private final Deque<Long> togetherNanoseconds = new ArrayDeque<>();
    private int threads;
    private final PartTimes.Clock clock = new PartTimes.Clock();
    private final CallProgram whole;
    private final CallProgram exchange;
    private final int afterSaving;
    private @Nullable Lanes lanes;
    /** What made the last step; null for this thread alone. */
    private @Nullable Lanes stepped;

    /** @param threads at most so many */
    JacobiSteps(Wiring wiring, PartTimes times, int threads) {
        this.wiring = wiring;
        this.times = times;
        this.threads = Math.min(threads, wiring.parts().size());
        whole = exchange(wiring);
        exchange = exchange(wiring);
        afterSaving = wiring.canGoBack() ? wiring.parts().size() : 0;
        for (int part = 0; part < wiring.parts().size(); part++) {
            times.step(whole, clock, part, wiring.part(part));
        }
    }

    private static CallProgram exchange(Wiring wiring) {
        CallProgram program = wiring.canGoBack() ? wiring.saving() : wiring.program();
        wiring.links().forEach(link -> link.read(program));
        wiring.links().forEach(link -> link.write(program));
        wiring.links().forEach(link -> link.slope(program));
        return program;
    }

    /** @param again whether the states of the step's beginning are kept already */
    void step(double now, double step, boolean again) {
        boolean timed = clock.next();
        long begin = timed ? System.nanoTime() : 0;
        int from = again ? afterSaving : 0;
        Lanes parallel = lanes;
        if (parallel == null) {
            whole.run(from, now, step, timed);
        } else {
            exchange.run(from, now, step, false);
            parallel.step(now, step, timed);
        }
        stepped = parallel;
        if (timed) {
            keep(parallel == null ? aloneNanoseconds : togetherNanoseconds, System.nanoTime() - begin);
        }
        if (parallel == null) {
            if (threads > 1 && clock.isLandmark()) {
                consider();
            }
        } else if (timed
                && togetherNanoseconds.size() == TRIAL
                && median(togetherNanoseconds) >= median(aloneNanoseconds)) {
            parallel.close();
            lanes = null;
            threads = 1;
        }
    }

    private static void keep(Deque<Long> recent, long nanoseconds) {
        recent.addLast(nanoseconds);
        if (recent.size() > TRIAL) {
            recent.removeFirst();
        }
    }

    private static long median(Deque<Long> nanoseconds) {
        return nanoseconds.stream()
                .sorted()
                .skip(nanoseconds.size() / 2)
                .findFirst()
                .orElse(0L);
    }

    private void consider() {
        double[] costs = times.least(clock);
        List<List<Integer>> shares = Lanes.share(costs, threads);
        if (Arrays.stream(costs).sum() - Lanes.longest(shares, costs) > LEAST_GAIN_NANOSECONDS) {
            lanes = Lanes.of(wiring, shares, times, clock);
        }
    }

    /** The earliest time at which a part ended its step before it should; infinity for none. */
    double reachedSeconds() {
        return stepped == null ? whole.reachedSeconds() : stepped.reachedSeconds();
    }

    boolean terminate() {
        return stepped == null ? whole.terminate() : stepped.terminate();
    }

    boolean isParallel() {
        return lanes != null;
    }

    @Override
    public void close() {
        if (lanes != null) {
            lanes.close();
        }
    }
}
