package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmi.CallProgram;

/**
 * Steps parts that do not wait for each other in several threads at once; the caller's is the first. What comes out does
 * not depend on which is faster. To be closed, which ends the threads.
 */
final class Lanes implements AutoCloseable {
    /** How long a thread looks for work before it sleeps: about as long as falling asleep takes. */
    private static final int SPINS = 2000;

    private final List<Lane> others = new ArrayList<>();
    private final CallProgram own;

    private Lanes(List<CallProgram> programs) {
        own = programs.getFirst();
        for (CallProgram program : programs.subList(1, programs.size())) {
            others.add(new Lane(program));
        }
    }

    /**
     * Parts shared out so that the lanes are about equally long: the longest first, each to the lane that is shortest.
     *
     * @param costs of each part
     */
    static List<List<Integer>> share(double[] costs, int lanes) {
        List<List<Integer>> shares = IntStream.range(0, lanes)
                .<List<Integer>>mapToObj(i -> new ArrayList<>())
                .toList();
        double[] lengths = new double[lanes];
        IntStream.range(0, costs.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer part) -> -costs[part]))
                .forEach(part -> {
                    int shortest = IntStream.range(0, lanes)
                            .boxed()
                            .min(Comparator.comparingDouble(lane -> lengths[lane]))
                            .orElseThrow();
                    shares.get(shortest).add(part);
                    lengths[shortest] += costs[part];
                });
        return shares.stream()
                .filter(share -> !share.isEmpty())
                .map(share -> share.stream().sorted().toList())
                .toList();
    }

    /** How long the longest share takes. */
    static double longest(List<List<Integer>> shares, double[] costs) {
        return shares.stream()
                .mapToDouble(
                        share -> share.stream().mapToDouble(part -> costs[part]).sum())
                .max()
                .orElse(0);
    }

    static Lanes of(Wiring wiring, List<List<Integer>> shares, PartTimes times, PartTimes.Clock clock) {
        return new Lanes(shares.stream()
                .map(share -> {
                    CallProgram program = wiring.program();
                    share.forEach(part -> times.step(program, clock, part, wiring.part(part)));
                    return program;
                })
                .toList());
    }

    /** All parts, by a step; a failure is thrown when all have ended. */
    void step(double now, double step, boolean timed) {
        others.forEach(lane -> lane.begin(now, step, timed));
        Throwable failure = run(own, now, step, timed);
        for (Lane lane : others) {
            Throwable other = lane.await();
            failure = failure == null ? other : failure;
        }
        switch (failure) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failure);
        }
    }

    double reachedSeconds() {
        return others.stream()
                .mapToDouble(lane -> lane.program.reachedSeconds())
                .reduce(own.reachedSeconds(), Math::min);
    }

    boolean terminate() {
        return own.terminate() || others.stream().anyMatch(lane -> lane.program.terminate());
    }

    /** Whatever goes wrong is handed to the caller: a thread that just ended would let it wait for ever. */
    private static @Nullable Throwable run(CallProgram program, double now, double step, boolean timed) {
        try {
            program.run(0, now, step, timed);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    @Override
    public void close() {
        others.forEach(Lane::close);
    }

    /** One more thread. What it is told and what it answers is published by the counters. */
    private static final class Lane {
        private final CallProgram program;
        private final Thread thread;
        private volatile long begun;
        private volatile long ended;
        private volatile boolean closed;
        private double now;
        private double step;
        private boolean timed;
        private @Nullable Thread caller;
        private @Nullable Throwable failure;

        Lane(CallProgram program) {
            this.program = program;
            thread = Thread.ofPlatform().daemon().name("lane").start(this::work);
        }

        void begin(double from, double length, boolean clocked) {
            now = from;
            step = length;
            timed = clocked;
            caller = Thread.currentThread();
            begun = ended + 1;
            LockSupport.unpark(thread);
        }

        @Nullable Throwable await() {
            for (int spins = 0; ended != begun; spins++) {
                rest(spins);
            }
            return failure;
        }

        private void work() {
            while (true) {
                for (int spins = 0; begun == ended; spins++) {
                    if (closed) {
                        return;
                    }
                    rest(spins);
                }
                failure = run(program, now, step, timed);
                Thread waiting = caller;
                ended = begun;
                LockSupport.unpark(waiting);
            }
        }

        private void rest(int spins) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }

        void close() {
            closed = true;
            LockSupport.unpark(thread);
        }
    }
}
