package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.engine.SearchLimits;

/** The engines of a laboratory's plan and the order in which they get their turn; all offer to one record of the search. */
final class LabEngines {
    private static final String LIST = "list schedule";
    private static final String ORDERS = "late acceptance";

    /** Above this many tests a first plan comes from dispatching alone: trying orders would keep it waiting. */
    private static final int MOST_TO_COMPARE = 500;

    /** Below this many tests orders are searched for as long as benches. */
    private static final int FEW = 60;

    /** The part of the effort for benches where lanes are searched afterwards: they need a plan to start from. */
    private static final double FIRST_SHARE = 0.04;

    /** The part of the effort for sharing work out among benches. */
    private static final double SHARES_SHARE = 0.03;

    /** How seldom chambers are given one more temperature: some weeks need it, in others it leads astray. */
    private static final int FEW_CHANGES = 40;

    private static final int MANY_CHANGES = 10;

    /** With one thread lanes need no more, however long the effort. */
    private static final long MOST_STEPS_PER_TEST = 20_000;

    /** The part of an annealing for which orders of temperatures are held against each other. */
    private static final double ORDERS_SHARE = 0.12;

    private static final double[] LONG_FIRST = {0, -0.05, 0.02, -0.1, 0.05, -0.2, 0.1, 0.2};

    private final Laboratory lab;
    private final Decoder decoder;
    private final SearchLimits limits;
    private final Incumbents incumbents;

    LabEngines(Laboratory lab, Decoder decoder, SearchLimits limits, Incumbents incumbents) {
        this.lab = lab;
        this.decoder = decoder;
        this.limits = limits;
        this.incumbents = incumbents;
    }

    /** With a plan in force: orders of tests, which keep their places or give them up one by one. */
    void replan() {
        OrderSearch search = new OrderSearch(lab, decoder, true, limits.seed());
        incumbents.offer(search.decoded(byUrgency()), LIST);
        new LabBounds(lab, decoder).raise(incumbents);
        search.run(byUrgency(), steps(1), incumbents::isOver, this::fromOrders);
    }

    private void fromOrders(OrderSearch.Found found) {
        incumbents.offer(found, ORDERS);
    }

    /** Without one: a first plan at once, then the searches, beside each other where there are threads for it. */
    void plan() {
        int count = lab.suitable.size();
        BestFit fit = new BestFit(lab, decoder);
        int[] anywhere = new int[count];
        java.util.Arrays.fill(anywhere, -1);
        OrderSearch orders = new OrderSearch(lab, decoder, false, limits.seed());
        int[] order = byUrgency();
        if (count <= MOST_TO_COMPARE) {
            order = orders.best(List.of(order, byTemperature()));
            incumbents.offer(orders.decoded(order), LIST);
        }
        dispatch(fit, new BestFit.Choices(anywhere, new int[count], 0), BestFit.NAME);
        if (incumbents.best().score().unplaced() > 0) {
            incumbents.offer(orders.decoded(order), LIST);
        }
        new LabBounds(lab, decoder).raise(incumbents);
        if (incumbents.best().score().unplaced() > 0 || count == 1) {
            return;
        }
        boolean lanes = LaneTimes.handles(lab, decoder);
        double share = count <= FEW ? 0.5 : 0.1;
        int[] from = order;
        Runnable inOrders = () -> orders.run(from, steps(share), incumbents::isOver, this::fromOrders);
        if (limits.threads() == 1) {
            inOrders.run();
            benches(fit, limits.seed(), lanes ? FIRST_SHARE : 1);
            if (lanes) {
                lanes(FEW_CHANGES, limits.seed());
            }
            return;
        }
        List<Runnable> engines = new ArrayList<>();
        for (int i = 0; i < limits.threads(); i++) {
            long seed = limits.seed() + 104_729L * i;
            int changeShare = i % 2 == 0 ? MANY_CHANGES : FEW_CHANGES;
            engines.add(() -> {
                benches(fit, seed, lanes ? FIRST_SHARE : 1);
                if (lanes) {
                    lanes(changeShare, seed);
                }
            });
        }
        if (count <= FEW) {
            engines.set(0, inOrders);
        }
        together(engines);
    }

    /**
     * Annealing from the best plan so far, with all the effort that is left. First for a while with the temperatures of each
     * chamber in one and the other order, because annealing seldom finds the way from one to the other later.
     */
    private void lanes(int changeShare, long seed) {
        if (incumbents.remainingSeconds() <= 0) {
            return;
        }
        @Nullable Place[] start = incumbents.best().places();
        List<LaneSearch> orders = new ArrayList<>();
        orders.add(new LaneSearch(lab, decoder, start, changeShare, seed));
        for (int chamber = 0; chamber < lab.problem.chambers().size(); chamber++) {
            LaneSearch turned = new LaneSearch(lab, decoder, start, changeShare, seed);
            if (turned.turn(chamber)) {
                orders.add(turned);
            }
        }
        LaneSearch best = orders.getFirst();
        if (orders.size() > 1) {
            double seconds = ORDERS_SHARE * incumbents.remainingSeconds() / orders.size();
            for (LaneSearch order : orders) {
                anneal(order, ORDERS_SHARE / orders.size(), seconds);
                best = order.isAheadOf(best) ? order : best;
            }
        }
        anneal(best, 1 - ORDERS_SHARE, incumbents.remainingSeconds());
    }

    /** One thread counts its share of steps so that it repeats, more threads look at the clock. */
    private void anneal(LaneSearch search, double share, double seconds) {
        // A step takes about this many seconds; a machine that is four times slower still comes to the end.
        int count = lab.suitable.size();
        double steps =
                share * Math.min((double) MOST_STEPS_PER_TEST * count, limits.seconds() * 0.25 / (2e-8 * count + 2e-6));
        double from = incumbents.remainingSeconds();
        LongToDoubleFunction far = limits.threads() == 1
                ? step -> incumbents.isOver() ? 1 : step / steps
                : step -> incumbents.remainingSeconds() <= 0 ? 1 : (from - incumbents.remainingSeconds()) / seconds;
        search.run(incumbents.bound(), far, found -> incumbents.offer(found, LaneSearch.NAME));
    }

    private static void together(List<Runnable> engines) {
        try (ExecutorService threads = Executors.newFixedThreadPool(engines.size())) {
            List<Future<?>> running = new ArrayList<>();
            engines.forEach(engine -> running.add(threads.submit(engine)));
            for (Future<?> engine : running) {
                engine.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("An engine failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The search was interrupted", e);
        }
    }

    /**
     * CP-SAT shares the work out among benches, dispatching makes times of it, OptaPlanner changes both.
     *
     * @param share of the effort for it
     */
    private void benches(BestFit fit, long seed, double share) {
        if (incumbents.isOver()) {
            return;
        }
        int count = lab.suitable.size();
        // One thread ends by CP-SAT's deterministic time; the clock would give another answer on a busy machine.
        double forShares = limits.threads() == 1
                ? incumbents.remainingSeconds()
                : Math.min(2, SHARES_SHARE * incumbents.remainingSeconds());
        int[] home = new ChamberShares(lab).share(decoder, seed, forShares);
        BestFit.Choices best = new BestFit.Choices(home, new int[count], 0);
        Score score = null;
        for (double longFirst : LONG_FIRST) {
            if (score == null || (count <= MOST_TO_COMPARE && !incumbents.isOver())) {
                BestFit.Choices choices = new BestFit.Choices(home, new int[count], longFirst);
                Score next = dispatch(fit, choices, BestFit.NAME + " on CP-SAT's shares");
                if (score == null || next.compareTo(score) < 0) {
                    score = next;
                    best = choices;
                }
            }
        }
        if (incumbents.isOver()) {
            return;
        }
        WeekGoal goal = new WeekGoal(
                lab, decoder, fit, best, incumbents.bound(), found -> incumbents.offer(found, WeekSearch.NAME));
        WeekPlan start = goal.start();
        if (!start.isDecided()) {
            // One thread counts plans so that it repeats; a dispatched test takes about this many seconds.
            long plans = limits.threads() > 1
                    ? Long.MAX_VALUE
                    : (long) (limits.seconds() * 0.4 * share / (2e-5 * count + 1e-4));
            double left = incumbents.remainingSeconds();
            WeekSearch.run(start, plans, limits.threads() > 1 ? left * share : left, seed);
            incumbents.isOver();
        }
    }

    private Score dispatch(BestFit fit, BestFit.Choices choices, String source) {
        OrderSearch.Found found = OrderSearch.Found.of(lab, decoder, fit.plan(choices), false);
        incumbents.offer(found, source);
        return found.score();
    }

    /** One thread counts steps so that it repeats; a decoded test takes about this many seconds. */
    private long steps(double share) {
        return limits.threads() > 1
                ? Long.MAX_VALUE
                : (long) (limits.seconds() * 0.5 * share / (2e-5 * lab.suitable.size() + 1e-5));
    }

    /** Due first, then the heavy, then the longest. */
    private int[] byUrgency() {
        return ordered(Comparator.<Integer>comparingInt(decoder::due)
                .thenComparing(t -> -lab.test(t).weight())
                .thenComparing(t -> -lab.test(t).run().toMinutes()));
    }

    /** Each temperature in one go, so that chambers change seldom; the longest first. */
    private int[] byTemperature() {
        return ordered(Comparator.<Integer>comparingDouble(t -> {
                    Double celsius = lab.test(t).temperatureCelsius();
                    return celsius == null ? Double.MAX_VALUE : celsius;
                })
                .thenComparing(t -> -lab.test(t).run().toMinutes()));
    }

    private int[] ordered(Comparator<Integer> by) {
        return java.util.stream.IntStream.range(0, lab.suitable.size())
                .boxed()
                .sorted(by.thenComparing(t -> lab.test(t).id()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
