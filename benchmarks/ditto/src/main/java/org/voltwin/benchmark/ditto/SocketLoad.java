package org.voltwin.benchmark.ditto;

import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Merge commands over one WebSocket, and the events they cause at another. */
final class SocketLoad {
    private static final int WINDOW = 32;

    private final Target target;
    private final Things things;
    private final Report report;

    SocketLoad(Target target, Things things, Report report) {
        this.target = target;
        this.things = things;
        this.report = report;
    }

    private String merge(int number, double value, boolean answer) {
        String[] id = things.id(number).split(":", 2);
        return new JsonObject()
                .put("topic", id[0] + "/" + id[1] + "/things/twin/commands/merge")
                .put("path", "/features/electrical/properties/voltageVolts")
                .put("value", value)
                .put(
                        "headers",
                        new JsonObject()
                                .put("content-type", "application/merge-patch+json")
                                .put("correlation-id", Integer.toString(number))
                                .put("response-required", answer))
                .encode();
    }

    /** At most {@value #WINDOW} commands wait for their answers at any time. */
    void acknowledged(int warmSeconds, int seconds) {
        acknowledged(warmSeconds, false);
        acknowledged(seconds, true);
    }

    private void acknowledged(int seconds, boolean reported) {
        WebSocket socket = Target.await(target.socket());
        var latencies = new Latencies();
        var sentAt = new HashMap<Integer, Long>();
        var state = new int[2];
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Promise<Void> done = Promise.promise();
        Runnable sendNext = () -> {
            int number = state[0]++;
            sentAt.put(number, System.nanoTime());
            socket.writeTextMessage(merge(number, 3 + number % 1000 / 1000.0, true));
        };
        socket.textMessageHandler(text -> {
            var answer = new JsonObject(text);
            int number = Integer.parseInt(answer.getJsonObject("headers").getString("correlation-id"));
            latencies.add(System.nanoTime() - java.util.Objects.requireNonNull(sentAt.remove(number)));
            if (answer.getInteger("status") >= 300) {
                state[1]++;
            }
            if (System.nanoTime() < end) {
                sendNext.run();
            } else if (sentAt.isEmpty()) {
                done.tryComplete();
            }
        });
        target.onSocketThread(() -> {
            for (int i = 0; i < WINDOW; i++) {
                sendNext.run();
            }
        });
        Target.await(done.future());
        if (reported) {
            report.rate("ws-merge-acknowledged", latencies.count() / (double) seconds, latencies, state[1]);
        }
        Target.await(socket.close());
    }

    /** Commands at a rate; latency from sending the command to the event at another session, write included. */
    void fanOut(int perSecond, int warmSeconds, int seconds) {
        fanOut(perSecond, warmSeconds, false);
        fanOut(perSecond, seconds, true);
    }

    private void fanOut(int perSecond, int seconds, boolean reported) {
        WebSocket subscriber = Target.await(target.socket());
        WebSocket writer = Target.await(target.socket());
        var latencies = new Latencies();
        var fromAcknowledgement = new Latencies();
        Map<Integer, Long> sentAt = new HashMap<>();
        Map<Integer, Long> acknowledgedAt = new HashMap<>();
        Map<Integer, Long> seenAt = new HashMap<>();
        Promise<Void> listening = Promise.promise();
        Promise<Void> done = Promise.promise();
        int total = perSecond * seconds;
        subscriber.textMessageHandler(text -> {
            long now = System.nanoTime();
            if (text.equals("START-SEND-EVENTS:ACK")) {
                listening.complete();
                return;
            }
            int number = Integer.parseInt(
                    new JsonObject(text).getJsonObject("headers").getString("correlation-id"));
            latencies.add(now - java.util.Objects.requireNonNull(sentAt.remove(number)));
            Long acknowledged = acknowledgedAt.remove(number);
            if (acknowledged == null) {
                seenAt.put(number, now);
            } else {
                fromAcknowledgement.add(Math.max(0, now - acknowledged));
            }
            if (latencies.count() == total) {
                done.tryComplete();
            }
        });
        writer.textMessageHandler(text -> {
            int number = Integer.parseInt(
                    new JsonObject(text).getJsonObject("headers").getString("correlation-id"));
            Long seen = seenAt.remove(number);
            if (seen == null) {
                acknowledgedAt.put(number, System.nanoTime());
            } else {
                fromAcknowledgement.add(0);
            }
        });
        subscriber.writeTextMessage("START-SEND-EVENTS");
        Target.await(listening.future());
        long start = System.nanoTime();
        var number = new int[1];
        target.onSocketThread(() -> target.vertx().setPeriodic(1, timer -> {
            long due = (System.nanoTime() - start) * perSecond / 1_000_000_000L;
            while (number[0] < Math.min(due, total)) {
                sentAt.put(number[0], System.nanoTime());
                writer.writeTextMessage(merge(number[0], 3 + number[0] % 997 / 1000.0, true));
                number[0]++;
            }
            if (number[0] == total) {
                target.vertx().cancelTimer(timer);
                target.vertx().setTimer(5_000, late -> done.tryComplete());
            }
        }));
        Target.await(done.future());
        if (reported) {
            report.rate("fan-out-" + perSecond, perSecond, latencies, total - latencies.count());
            report.rate("fan-out-after-ack-" + perSecond, perSecond, fromAcknowledgement, 0);
        }
        Target.await(subscriber.close());
        Target.await(writer.close());
    }

    /** Commands that want no answer, until an acknowledged one behind them says they are done. */
    void withoutResponse(int count) {
        WebSocket socket = Target.await(target.socket());
        Promise<Void> done = Promise.promise();
        socket.textMessageHandler(text -> done.tryComplete());
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            socket.writeTextMessage(merge(i, 3 + i % 991 / 1000.0, false));
        }
        socket.writeTextMessage(merge(count, 3, true));
        Target.await(done.future());
        double seconds = (System.nanoTime() - start) / 1e9;
        report.rate("ws-merge-without-response", count / seconds, new Latencies(), 0);
        Target.await(socket.close());
    }
}
