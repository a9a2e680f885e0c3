package org.voltwin.standalone.ditto.connect.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.MappingContext;
import org.eclipse.ditto.connectivity.model.PayloadMapping;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.placeholders.ExpressionResolver;
import org.eclipse.ditto.protocol.Adaptable;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.ScriptSettings;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** The mappers of one connection by name: those it defines, and Ditto's own that need no options. */
public final class Mappers {
    /** Notifications of Hono that are no payload; Ditto's mappers pass over them. */
    private static final Set<String> NO_PAYLOAD = Set.of(
            "application/vnd.eclipse-hono-empty-notification",
            "application/vnd.eclipse-hono-dc-notification+json",
            "application/vnd.eclipse-hono-delivery-failure-notification+json");

    private static final Set<String> WITHOUT_OPTIONS = Set.of("Ditto", "Normalized", "RawMessage", "JavaScript");
    private static final Set<String> NOT_SUPPORTED = Set.of("CloudEvents", "UpdateTwinWithLiveResponse");

    /** One mapper with its name and when it applies. */
    public static final class Named {
        private final String name;
        private final PayloadMapper mapper;
        private final boolean takesNotifications;
        private final Collection<String> incomingConditions;
        private final Collection<String> outgoingConditions;

        private Named(
                String name,
                PayloadMapper mapper,
                Collection<String> incomingConditions,
                Collection<String> outgoingConditions) {
            this.name = name;
            this.mapper = mapper;
            this.takesNotifications =
                    mapper instanceof ConnectionStatusMapper || mapper instanceof ImplicitThingCreationMapper;
            this.incomingConditions = incomingConditions;
            this.outgoingConditions = outgoingConditions;
        }

        public String name() {
            return name;
        }

        /**
         * @return none when the message is dropped
         * @throws RuntimeException when it cannot be mapped
         */
        public List<Adaptable> incoming(ExternalMessage message, ExpressionResolver resolver) {
            boolean notification =
                    message.contentType().filter(NO_PAYLOAD::contains).isPresent();
            return (notification && !takesNotifications) || !allHold(incomingConditions, resolver)
                    ? List.of()
                    : mapper.incoming(message);
        }

        /** As {@link #incoming}. */
        public List<ExternalMessage> outgoing(Adaptable adaptable, ExpressionResolver resolver) {
            return allHold(outgoingConditions, resolver) ? mapper.outgoing(adaptable) : List.of();
        }

        private static boolean allHold(Collection<String> conditions, ExpressionResolver resolver) {
            return conditions.stream()
                    .allMatch(condition -> resolver.resolve("{{ fn:default('true') | " + condition + " }}")
                            .findFirst()
                            .isPresent());
        }
    }

    private final Map<String, Named> byName = new HashMap<>();

    private Mappers() {}

    /**
     * Makes all mappers a connection uses.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when one is unknown or its options are
     *     wrong
     */
    public static Mappers of(Connection connection, ScriptSettings scripts) {
        var mappers = new Mappers();
        connection.getPayloadMappingDefinition().getDefinitions().forEach((name, definition) -> {
            PayloadMapper mapper = create(definition, scripts);
            mappers.byName.put(
                    name,
                    new Named(
                            name,
                            mapper,
                            definition.getIncomingConditions().values(),
                            definition.getOutgoingConditions().values()));
        });
        var used = new ArrayList<PayloadMapping>();
        connection.getSources().forEach(source -> used.add(source.getPayloadMapping()));
        connection.getTargets().forEach(target -> used.add(target.getPayloadMapping()));
        used.stream().flatMap(mapping -> mapping.getMappings().stream()).forEach(name -> mappers.add(name, scripts));
        mappers.add("Ditto", scripts);
        return mappers;
    }

    private void add(String name, ScriptSettings scripts) {
        byName.computeIfAbsent(name, alias -> {
            if (!WITHOUT_OPTIONS.contains(alias) && !NOT_SUPPORTED.contains(alias)) {
                throw ConnectionConfigurationInvalidException.newBuilder(
                                "The payload mapping '" + alias + "' is not defined.")
                        .description("Define it in mappingDefinitions.")
                        .build();
            }
            return new Named(alias, create(alias, JsonObject.empty(), scripts), List.of(), List.of());
        });
    }

    private static PayloadMapper create(MappingContext definition, ScriptSettings scripts) {
        return create(definition.getMappingEngine(), definition.getOptionsAsJson(), scripts);
    }

    private static PayloadMapper create(String engine, JsonObject json, ScriptSettings scripts) {
        var options = new Options(json);
        return switch (engine) {
            case "Ditto" -> new DittoMapper();
            case "Normalized" -> new NormalizedMapper(json);
            case "ConnectionStatus" -> new ConnectionStatusMapper(options);
            case "ImplicitThingCreation" -> new ImplicitThingCreationMapper(options);
            case "RawMessage" -> new RawMessageMapper(options);
            case "JavaScript" -> new JavaScriptMapper(options, scripts);
            default -> {
                if (NOT_SUPPORTED.contains(engine)) {
                    throw NotSupportedException.of("The payload mapping " + engine, DittoHeaders.empty());
                }
                throw ConnectionConfigurationInvalidException.newBuilder(
                                "The mapping engine '" + engine + "' is not known.")
                        .build();
            }
        };
    }

    /** Those of a source or target, in order; Ditto's own when it names none. */
    public List<Named> named(PayloadMapping mapping) {
        List<String> names = mapping.isEmpty() ? List.of("Ditto") : mapping.getMappings();
        return names.stream()
                .map(name -> java.util.Objects.requireNonNull(byName.get(name), name))
                .toList();
    }
}
