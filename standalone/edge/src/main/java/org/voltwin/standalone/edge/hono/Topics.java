package org.voltwin.standalone.edge.hono;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hono's topics in Kafka. Every method blocks and belongs on a virtual thread. */
public final class Topics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final List<String> PER_TENANT = List.of("telemetry", "event", "command", "command_response");
    private static final String INTERNAL = "hono.command_internal.";
    private static final long PATIENCE_SECONDS = 5;

    private final Admin admin;

    public Topics(KafkaAccess kafka) {
        Map<String, Object> config = new HashMap<>(kafka.common());
        config.put("client.id", "edge-topics");
        config.put("request.timeout.ms", 3000);
        config.put("default.api.timeout.ms", 4000);
        admin = Admin.create(config);
    }

    /**
     * Makes the topics of a tenant, so that its first message and its first command find them, and waits until every
     * partition has a leader at work. Otherwise the first batch of an idempotent producer may be refused while the
     * second is taken, and then the first one is out of sequence until it expires after two minutes.
     */
    public void create(String tenant) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> topics =
                PER_TENANT.stream().map(kind -> "hono." + kind + "." + tenant).toList();
        Set<String> existing = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<NewTopic> missing = topics.stream()
                .filter(topic -> !existing.contains(topic))
                .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()))
                .toList();
        try {
            admin.createTopics(missing).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        Map<TopicPartition, OffsetSpec> ends =
                admin.describeTopics(topics).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS).values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        // Only a leader at work answers; the client asks again until then.
        admin.listOffsets(ends).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Removes the command topics of adapter instances of earlier runs: each start has a new instance id. */
    public void removeLeftOvers() throws InterruptedException, ExecutionException, TimeoutException {
        Stream<String> topics = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream();
        List<String> old = topics.filter(topic -> topic.startsWith(INTERNAL)).toList();
        admin.deleteTopics(old).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        LOG.info("removed command topics of earlier runs count={}", old.size());
    }

    /** {@return whether Kafka answers now} */
    public boolean reachable() {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("kafka is not reachable", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(2));
    }
}
