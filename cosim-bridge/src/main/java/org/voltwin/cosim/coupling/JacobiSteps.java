package org.voltwin.cosim.coupling;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmi.CallProgram;

/**
 * All parts stepped with the values of the step's beginning: one after the other, or in several threads when a trial
 * has shown that this is faster. A trial is made when the parts' steps are long enough, and again from time to time: what
 * the machine and the models have to do changes.
 */
final class JacobiSteps implements AutoCloseable {
    /** After so many evaluations the next look is at so many times as many. */
    private static final int FIRST_LOOK = 8;

    private static final int LATER_LOOKS = 16;

    private final Wiring wiring;
    private final PartTimes times;
    private final int threads;
    private final Sharing sharing;
    private final PartTimes.Clock clock = new PartTimes.Clock();
    private final CallProgram whole;
    private final CallProgram exchange;
    private final int afterSaving;
    private long nextLook = FIRST_LOOK;
    private @Nullable Lanes lanes;
    private List<List<Integer>> shares = List.of();
    private @Nullable SharingTrial trial;
    private boolean shared;
    /** What made the last step; null for this thread alone. */
    private @Nullable Lanes stepped;

    /** @param threads at most so many */
    JacobiSteps(Wiring wiring, PartTimes times, int threads, Sharing sharing) {
        this.wiring = wiring;
        this.times = times;
        this.threads = Math.min(threads, wiring.parts().size());
        this.sharing = sharing;
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
        SharingTrial running = trial;
        if (running == null) {
            step(shared, now, step, again);
            if (threads > 1 && clock.evaluations() >= nextLook) {
                nextLook *= LATER_LOOKS;
                look();
            }
            return;
        }
        long begin = System.nanoTime();
        step(running.isTogether(), now, step, again);
        running.took(System.nanoTime() - begin);
        if (running.isOver()) {
            shared = running.pays(sharing);
            trial = null;
        }
    }

    private void step(boolean together, double now, double step, boolean again) {
        boolean timed = clock.next();
        int from = again ? afterSaving : 0;
        Lanes parallel = together ? lanes : null;
        if (parallel == null) {
            whole.run(from, now, step, timed);
        } else {
            exchange.run(from, now, step, false);
            parallel.step(now, step, timed);
        }
        stepped = parallel;
    }

    private void look() {
        double[] costs = times.least(clock);
        List<List<Integer>> best = Lanes.share(costs, threads);
        shared = false;
        if (!sharing.isWorthATrial(Arrays.stream(costs).sum() - Lanes.longest(best, costs))) {
            return;
        }
        if (!best.equals(shares)) {
            close();
            lanes = Lanes.of(wiring, best, times, clock);
            shares = best;
        }
        trial = new SharingTrial();
    }

    /** The earliest time at which a part ended its step before it should; infinity for none. */
    double reachedSeconds() {
        return stepped == null ? whole.reachedSeconds() : stepped.reachedSeconds();
    }

    boolean terminate() {
        return stepped == null ? whole.terminate() : stepped.terminate();
    }

    /** Whether steps are made in several threads, after a trial. */
    boolean isParallel() {
        return shared;
    }

    @Override
    public void close() {
        if (lanes != null) {
            lanes.close();
        }
    }
}
