package org.voltwin.benchmark.ditto;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.util.function.IntFunction;

/** Closed-loop load: each of some connections sends its next request when the last one was answered. */
final class HttpLoad {
    private final Target target;
    private final int connections;
    private final IntFunction<Future<Target.Answer>> request;
    private final Latencies latencies = new Latencies();
    private int sent;
    private long failures;
    private boolean warm;
    private long endNanos;

    /** @param request sends the n-th request */
    private HttpLoad(Target target, int connections, IntFunction<Future<Target.Answer>> request) {
        this.target = target;
        this.connections = connections;
        this.request = request;
    }

    /** A client of its own for each measurement: the pool's size is the number of connections. */
    static void measure(
            String name,
            URI base,
            String[] header,
            int connections,
            int warmSeconds,
            int seconds,
            Report report,
            java.util.function.Function<Target, IntFunction<Future<Target.Answer>>> requests) {
        try (var target = new Target(base, header[0], header[1], connections)) {
            var load = new HttpLoad(target, connections, requests.apply(target));
            load.run(warmSeconds);
            load.latencies.clear();
            load.failures = 0;
            load.run(seconds);
            report.rate(name, load.latencies.count() / (double) seconds, load.latencies, load.failures);
        }
    }

    private void run(int seconds) {
        Context context = target.vertx().getOrCreateContext();
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            endNanos = System.nanoTime() + seconds * 1_000_000_000L;
            var open = new int[] {connections};
            for (int i = 0; i < connections; i++) {
                next(open, done);
            }
        });
        Target.await(done.future());
        warm = true;
    }

    private void next(int[] open, Promise<Void> done) {
        long start = System.nanoTime();
        if (start >= endNanos) {
            if (--open[0] == 0) {
                done.complete();
            }
            return;
        }
        request.apply(sent++).onComplete(answer -> {
            if (answer.failed() || answer.result().status() >= 300) {
                failures++;
                if (failures == 1 && warm) {
                    System.err.println(
                            answer.failed()
                                    ? answer.cause().toString()
                                    : answer.result().status() + " "
                                            + answer.result().body());
                }
            }
            latencies.add(System.nanoTime() - start);
            next(open, done);
        });
    }
}
