package org.voltwin.standalone.ditto.connect.transport;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.ConnectivityModelFactory;
import org.eclipse.ditto.connectivity.model.HeaderMapping;
import org.eclipse.ditto.connectivity.model.HonoAddressAlias;
import org.eclipse.ditto.connectivity.model.ReplyTarget;
import org.eclipse.ditto.connectivity.model.Source;
import org.eclipse.ditto.connectivity.model.Target;
import org.eclipse.ditto.connectivity.model.Topic;
import org.eclipse.ditto.connectivity.model.UserPasswordCredentials;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.HonoSettings;

/**
 * What a connection of type {@code hono} stands for: Kafka topics of a tenant, and the headers Hono wants. The tenant is
 * the {@code honoTenantId} of its specificConfig, otherwise its id; the rest is as in Ditto's documentation.
 */
final class HonoConnections {
    private static final String CORRELATION_ID = "{{ header:correlation-id }}";
    private static final String COMMAND_SUBJECT = "{{ header:subject | fn:default(topic:action-subject) }}";
    private static final String REPLY_SUBJECT =
            "{{ header:subject | fn:default(topic:action-subject) | fn:default(topic:criterion) }}-response";
    private static final String COMMAND = HonoAddressAlias.COMMAND.getAliasValue();
    private static final Set<String> UPLINK =
            Set.of(HonoAddressAlias.TELEMETRY.getAliasValue(), HonoAddressAlias.EVENT.getAliasValue());
    private static final String COMMAND_RESPONSE = HonoAddressAlias.COMMAND_RESPONSE.getAliasValue();

    private HonoConnections() {}

    /** @throws ConnectionConfigurationInvalidException when an address is none of Hono's */
    static Connection resolve(Connection connection, HonoSettings settings) {
        String tenant = connection
                .getSpecificConfig()
                .getOrDefault("honoTenantId", connection.getId().toString());
        String group = connection
                .getSpecificConfig()
                .getOrDefault("groupId", connection.getId().toString());
        return ConnectivityModelFactory.newConnectionBuilder(connection)
                .uri(settings.baseUri())
                .validateCertificate(settings.validateCertificates())
                .specificConfig(Map.of(
                        "saslMechanism", settings.saslMechanism(),
                        "bootstrapServers", settings.bootstrapServers(),
                        "groupId", group))
                .credentials(UserPasswordCredentials.newInstance(settings.username(), settings.password()))
                .setSources(connection.getSources().stream()
                        .map(source -> resolve(source, tenant))
                        .toList())
                .setTargets(connection.getTargets().stream()
                        .map(target -> resolve(target, tenant))
                        .toList())
                .build();
    }

    private static Source resolve(Source source, String tenant) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String address : source.getAddresses()) {
            if (!UPLINK.contains(address) && !address.equals(COMMAND_RESPONSE)) {
                throw wrong("source", address, "telemetry, event or command_response");
            }
            addresses.add("hono." + address + "." + tenant);
        }
        boolean answered = source.getAddresses().stream().anyMatch(UPLINK::contains);
        HeaderMapping headers = source.getAddresses().contains(COMMAND_RESPONSE)
                ? with(
                        source.getHeaderMapping(),
                        Map.of("correlation-id", CORRELATION_ID, "status", "{{ header:status }}"))
                : source.getHeaderMapping();
        ReplyTarget reply = answered
                ? source.getReplyTarget().map(target -> resolve(target, tenant)).orElse(null)
                : null;
        return ConnectivityModelFactory.newSourceBuilder(source)
                .addresses(addresses)
                .headerMapping(headers)
                .replyTarget(reply)
                .replyTargetEnabled(source.isReplyTargetEnabled() && reply != null)
                .build();
    }

    private static ReplyTarget resolve(ReplyTarget reply, String tenant) {
        boolean command = reply.getAddress().equals(COMMAND);
        Map<String, String> headers = command
                ? Map.of(
                        "correlation-id", CORRELATION_ID,
                        "device_id", "{{ thing:id }}",
                        "subject", REPLY_SUBJECT)
                : Map.of("correlation-id", CORRELATION_ID);
        return reply.toBuilder()
                .address(command ? commandAddress(tenant) : reply.getAddress())
                .headerMapping(with(reply.getHeaderMapping(), headers))
                .build();
    }

    private static String commandAddress(String tenant) {
        return "hono.command." + tenant + "/{{ thing:id }}";
    }

    private static Target resolve(Target target, String tenant) {
        if (!target.getAddress().equals(COMMAND)) {
            throw wrong("target", target.getAddress(), COMMAND);
        }
        var headers = new LinkedHashMap<String, String>();
        headers.put("device_id", "{{ thing:id }}");
        headers.put("correlation-id", CORRELATION_ID);
        headers.put("subject", COMMAND_SUBJECT);
        boolean answered = target.getTopics().stream()
                .anyMatch(topic ->
                        List.of(Topic.LIVE_MESSAGES, Topic.LIVE_COMMANDS).contains(topic.getTopic()));
        if (answered) {
            headers.put("response-required", "{{ header:response-required }}");
        }
        return ConnectivityModelFactory.newTargetBuilder(target)
                .address(commandAddress(tenant))
                .headerMapping(with(target.getHeaderMapping(), headers))
                .build();
    }

    private static HeaderMapping with(@Nullable HeaderMapping mapping, Map<String, String> more) {
        var all = new LinkedHashMap<String, String>();
        if (mapping != null) {
            all.putAll(mapping.getMapping());
        }
        all.putAll(more);
        return ConnectivityModelFactory.newHeaderMapping(all);
    }

    private static ConnectionConfigurationInvalidException wrong(String what, String address, String allowed) {
        return ConnectionConfigurationInvalidException.newBuilder(
                        "The " + what + " address '" + address + "' is none of a Hono connection's.")
                .description("It is " + allowed + ".")
                .build();
    }
}
