package org.voltwin.standalone.kafka;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Kafka's own properties for a single node that shares a small machine with everything else.
 *
 * <p>Nothing is forced to disk per message ({@code log.flush.*} keep their defaults): an acknowledged record is in the
 * operating system's page cache, which survives the death of the process. Only a power cut could lose the last seconds,
 * and a cluster answers that with replicas.
 */
final class NodeProperties {

    static final String INTERNAL_USER = "voltwin-node";
    static final int NODE_ID = 1;

    private static final String CLIENT = "CLIENT";
    private static final String CONTROLLER = "CONTROLLER";

    private static final int MEBIBYTE = 1024 * 1024;

    /** A Hono payload may have 1 MiB; headers and batch overhead come on top. */
    private static final int MAX_MESSAGE_BYTES = 2 * MEBIBYTE;

    private NodeProperties() {}

    static Properties of(NodeSettings settings, SecureRandom random) {
        // The node talks to itself with a password that nobody else ever sees and that ends with the process.
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        String internalPassword = HexFormat.of().formatHex(secret);
        Map<String, String> users = new TreeMap<>(settings.users());
        users.put(INTERNAL_USER, internalPassword);

        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE_ID));
        // A static voter, not a dynamic one: its address is not written into the logs, so ports may change.
        p.put("controller.quorum.voters", NODE_ID + "@localhost:" + settings.controllerPort());
        p.put(
                "listeners",
                CLIENT + "://127.0.0.1:" + settings.port() + "," + CONTROLLER + "://127.0.0.1:"
                        + settings.controllerPort());
        p.put("advertised.listeners", CLIENT + "://localhost:" + settings.port());
        p.put("listener.security.protocol.map", CLIENT + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT");
        p.put("controller.listener.names", CONTROLLER);
        p.put("inter.broker.listener.name", CLIENT);
        p.put("sasl.enabled.mechanisms", "PLAIN");
        p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        p.put("sasl.mechanism.controller.protocol", "PLAIN");
        p.put("listener.name.client.plain.sasl.jaas.config", jaas(internalPassword, users));
        p.put(
                "listener.name.controller.plain.sasl.jaas.config",
                jaas(internalPassword, Map.of(INTERNAL_USER, internalPassword)));

        p.put("log.dirs", settings.dataDir().toString());
        p.put("log.retention.hours", Integer.toString(settings.retentionHours()));
        p.put("log.segment.bytes", Integer.toString(64 * MEBIBYTE));
        p.put("log.index.size.max.bytes", Integer.toString(MEBIBYTE));
        p.put("metadata.log.segment.bytes", Integer.toString(8 * MEBIBYTE));
        p.put("metadata.max.retention.bytes", Integer.toString(32 * MEBIBYTE));
        // A laboratory machine may be off for weeks: a reader's place must outlive that.
        p.put("offsets.retention.minutes", Integer.toString(365 * 24 * 60));
        p.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        p.put("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        p.put("socket.request.max.bytes", Integer.toString(16 * MEBIBYTE));

        // Hono's senders rely on a topic coming into being with its first record.
        p.put("auto.create.topics.enable", "true");
        p.put("num.partitions", Integer.toString(settings.partitions()));
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.segment.bytes", Integer.toString(4 * MEBIBYTE));
        p.put("transaction.state.log.num.partitions", "2");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");

        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("num.replica.fetchers", "1");
        p.put("background.threads", "2");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("log.cleaner.threads", "1");
        // The default of 128 MiB would alone be most of the heap.
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * MEBIBYTE));
        p.put("log.cleaner.io.buffer.size", Integer.toString(128 * 1024));
        p.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the controller waits this long for the dead incarnation before it accepts the new one.
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("controlled.shutdown.enable", "true");
        return p;
    }

    private static String jaas(String internalPassword, Map<String, String> users) {
        StringBuilder text = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        text.append(" username=").append(quoted(INTERNAL_USER));
        text.append(" password=").append(quoted(internalPassword));
        users.forEach((name, password) ->
                text.append(" user_").append(name).append('=').append(quoted(password)));
        return text.append(';').toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
