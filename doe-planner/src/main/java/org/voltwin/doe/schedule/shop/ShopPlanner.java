package org.voltwin.doe.schedule.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.voltwin.doe.schedule.engine.CpSat;
import org.voltwin.doe.schedule.engine.Progress;
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.engine.SearchResult;
import org.voltwin.doe.schedule.validate.ShopRules;

/** Plans a flexible job shop for the shortest makespan: tabu search for a plan, CP-SAT for the proof and the rest. */
public final class ShopPlanner {
    /** The part of the effort that the tabu search gets; a proof needs the larger part. */
    private static final double TABU_SHARE = 0.08;

    private ShopPlanner() {}

    /** The plan; {@code listener} is told of each incumbent and bound as it is found. */
    public static SearchResult<ShopPlan> plan(FlexibleShop shop, SearchLimits limits, Consumer<SearchEvent> listener) {
        Progress<ShopPlan> progress =
                new Progress<>(plan -> ShopRules.broken(shop, plan), ShopPlan::makespan, limits.effort(), listener);
        ShopState shape = new ShopState(shop);
        progress.raise(new ShopWindows(shape).bound(shape), "work and paths");
        boolean provable = CpSat.unavailable().isEmpty();
        tabu(shop, limits, progress, provable ? TABU_SHARE : 1);
        if (provable && !progress.isOver()) {
            new ShopModel(shop, progress.best(), progress.bound()).run(progress, limits);
        }
        return progress.result();
    }

    private static void tabu(FlexibleShop shop, SearchLimits limits, Progress<ShopPlan> progress, double share) {
        double seconds = limits.seconds() * share;
        if (limits.threads() == 1) {
            // Counted in iterations, so that it repeats; an iteration takes about this many seconds.
            double iteration = 5e-6 + 4e-9 * shop.operations() * shop.operations();
            new TabuSearch(shop, limits.seed()).run(progress, (long) (seconds / iteration), limits.seconds() * 0.2);
            return;
        }
        double until = limits.seconds() - seconds;
        try (ExecutorService threads = Executors.newFixedThreadPool(limits.threads())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < limits.threads(); i++) {
                TabuSearch search = new TabuSearch(shop, limits.seed() + 7919L * i);
                running.add(threads.submit(() -> search.run(progress, Long.MAX_VALUE, until)));
            }
            for (Future<?> search : running) {
                search.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The tabu search failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The search was interrupted", e);
        }
    }
}
