package org.voltwin.standalone.ditto.connect.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.Source;
import org.jspecify.annotations.Nullable;

/** To a Kafka cluster, which is asked now and then whether it is still there. */
final class KafkaTransport implements Transport {
    private static final int CHECK_SECONDS = 2;
    private static final int MISSED_CHECKS = 2;
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("kafka-transport").start(task);

    private final KafkaOptions options;
    private final Listener listener;
    private final List<KafkaIntake> intakes = new ArrayList<>();
    private final AtomicBoolean up = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Admin admin;
    private @Nullable KafkaProducer<String, byte[]> producer;

    private KafkaTransport(Connection connection, Listener listener) {
        this.options = new KafkaOptions(connection);
        this.listener = listener;
        Listener once = new Listener() {
            @Override
            public void received(Received received) {
                listener.received(received);
            }

            @Override
            public void lost(String why) {
                gone(why);
            }
        };
        for (Source source : connection.getSources()) {
            for (int i = 0; i < source.getConsumerCount(); i++) {
                String member = connection.getId() + "-" + source.getIndex() + "-" + i;
                intakes.add(new KafkaIntake(source, options.consumer(member), once));
            }
        }
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid */
    static void check(Connection connection) {
        KafkaOptions.check(connection);
    }

    static Transport create(Connection connection, Listener listener) {
        return new KafkaTransport(connection, listener);
    }

    @Override
    public CompletionStage<Void> connect() {
        up.set(true);
        return CompletableFuture.supplyAsync(this::openAdmin, THREADS)
                .thenCompose(KafkaTransport::isThere)
                .thenCompose(there -> CompletableFuture.allOf(
                        intakes.stream().map(KafkaIntake::start).toArray(CompletableFuture[]::new)))
                .thenRun(() -> checkLater(0));
    }

    private synchronized Admin openAdmin() {
        if (closed.get()) {
            throw new KafkaException("The connection was closed.");
        }
        Admin opened = Admin.create(options.admin());
        admin = opened;
        return opened;
    }

    /** A future of our own: Kafka's cannot be given a timeout. */
    private static CompletableFuture<Void> isThere(Admin admin) {
        return CompletableFuture.completedFuture(admin)
                .thenCompose(asked -> asked.describeCluster().nodes().toCompletionStage())
                .thenApply(nodes -> null);
    }

    private void checkLater(int missed) {
        CompletableFuture.delayedExecutor(CHECK_SECONDS, TimeUnit.SECONDS, THREADS)
                .execute(() -> check(missed));
    }

    private void check(int missed) {
        Admin asked = admin;
        if (!up.get() || asked == null) {
            return;
        }
        isThere(asked).orTimeout(CHECK_SECONDS, TimeUnit.SECONDS).whenComplete((there, failure) -> {
            if (failure == null) {
                checkLater(0);
            } else if (missed + 1 < MISSED_CHECKS) {
                checkLater(missed + 1);
            } else {
                gone("Kafka does not answer.");
            }
        });
    }

    private void gone(String why) {
        if (up.compareAndSet(true, false)) {
            listener.lost(why);
        }
    }

    /** @param address {@code topic}, {@code topic/key} or {@code topic#partition} */
    @Override
    public CompletionStage<Void> publish(String address, OptionalInt qos, ExternalMessage message) {
        int slash = address.indexOf('/');
        int hash = slash < 0 ? address.indexOf('#') : -1;
        String topic = slash > 0 ? address.substring(0, slash) : hash > 0 ? address.substring(0, hash) : address;
        String key = slash > 0 ? address.substring(slash + 1) : null;
        var sent = new CompletableFuture<Void>();
        try {
            Integer partition = hash > 0 ? Integer.valueOf(address.substring(hash + 1)) : null;
            var record = new ProducerRecord<>(topic, partition, key, message.payload());
            message.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
            openProducer().send(record, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    private synchronized KafkaProducer<String, byte[]> openProducer() {
        if (closed.get()) {
            throw new KafkaException("The connection was closed.");
        }
        KafkaProducer<String, byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(options.producer());
            producer = open;
        }
        return open;
    }

    @Override
    public void close() {
        closed.set(true);
        up.set(false);
        intakes.forEach(KafkaIntake::close);
        THREADS.execute(this::closeClients);
    }

    private synchronized void closeClients() {
        if (producer != null) {
            producer.close(CLOSE);
        }
        if (admin != null) {
            admin.close(CLOSE);
        }
    }
}
