package org.voltwin.standalone.ditto.connect.placeholder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.entity.id.NamespacedEntityId;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.placeholders.ExpressionResolver;
import org.eclipse.ditto.placeholders.HeadersPlaceholder;
import org.eclipse.ditto.placeholders.Placeholder;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.placeholders.PlaceholderResolver;
import org.eclipse.ditto.placeholders.TimePlaceholder;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.protocol.placeholders.TopicPathPlaceholder;
import org.eclipse.ditto.things.model.ThingId;

/** Resolvers for the places of a connection where an expression may stand. */
public final class Expressions {
    private static final HeadersPlaceholder HEADER = PlaceholderFactory.newHeadersPlaceholder();
    private static final TopicPathPlaceholder TOPIC = TopicPathPlaceholder.getInstance();
    /** As Ditto's own, of an envelope that need not be made a signal for it. */
    private static final Placeholder<Adaptable> RESOURCE = new NamedPlaceholder<>(
            "resource",
            Map.of(
                    "type", adaptable -> List.of(typeOf(adaptable.getTopicPath())),
                    "path",
                            adaptable ->
                                    List.of(adaptable.getPayload().getPath().toString())));

    private static final TimePlaceholder TIME = TimePlaceholder.getInstance();
    private static final Placeholder<EntityId> ENTITY = entity("entity", EntityId.class);
    private static final Placeholder<EntityId> THING = entity("thing", ThingId.class);
    private static final Placeholder<EntityId> POLICY = entity("policy", PolicyId.class);
    private static final Placeholder<String> FEATURE = single("feature", "id");
    private static final Placeholder<String> SOURCE = single("source", "address");
    private static final Placeholder<String> CONNECTION = single("connection", "id");
    private static final Placeholder<AuthorizationContext> REQUEST = new NamedPlaceholder<>(
            "request",
            Map.of(
                    "subjectId",
                    context -> context.getFirstAuthorizationSubject()
                            .map(AuthorizationSubject::getId)
                            .map(List::of)
                            .orElse(List.of())));

    private static final String FEATURES = "features";

    private Expressions() {}

    private static Placeholder<String> single(String prefix, String name) {
        return new NamedPlaceholder<>(prefix, Map.of(name, List::of));
    }

    private static Placeholder<EntityId> entity(String prefix, Class<? extends EntityId> kind) {
        return new NamedPlaceholder<>(
                prefix,
                Map.of(
                        "id", part(kind, EntityId::toString),
                        "namespace",
                                part(kind, id -> id instanceof NamespacedEntityId named ? named.getNamespace() : ""),
                        "name",
                                part(
                                        kind,
                                        id -> id instanceof NamespacedEntityId named
                                                ? named.getName()
                                                : id.toString())));
    }

    private static Function<EntityId, List<String>> part(
            Class<? extends EntityId> kind, Function<EntityId, String> value) {
        return id -> kind.isInstance(id) ? List.of(value.apply(id)) : List.of();
    }

    /** For the input of an enforcement, authorization subjects and mappers: what came from the broker. */
    public static ExpressionResolver ofMessage(Map<String, String> headers, String sourceAddress, String connectionId) {
        return PlaceholderFactory.newExpressionResolver(
                PlaceholderFactory.newPlaceholderResolver(HEADER, headers),
                PlaceholderFactory.newPlaceholderResolver(SOURCE, sourceAddress),
                PlaceholderFactory.newPlaceholderResolver(CONNECTION, connectionId),
                PlaceholderFactory.newPlaceholderResolver(TIME, new Object()));
    }

    /** For the filters of an enforcement: what the message is about. */
    public static ExpressionResolver ofEntity(EntityId id, JsonPointer path) {
        var resolvers = new ArrayList<PlaceholderResolver<?>>(List.of(
                PlaceholderFactory.newPlaceholderResolver(ENTITY, id),
                PlaceholderFactory.newPlaceholderResolver(THING, id),
                PlaceholderFactory.newPlaceholderResolver(POLICY, id)));
        featureOf(path)
                .ifPresent(feature -> resolvers.add(PlaceholderFactory.newPlaceholderResolver(FEATURE, feature)));
        return PlaceholderFactory.newExpressionResolver(resolvers);
    }

    private static String typeOf(TopicPath topic) {
        if (topic.isCriterion(TopicPath.Criterion.MESSAGES)) {
            return "message";
        }
        return switch (topic.getGroup()) {
            case THINGS -> "thing";
            case POLICIES -> "policy";
            case CONNECTIONS -> "connection";
        };
    }

    /**
     * For header mappings and addresses: everything.
     *
     * @param headers of the broker's message on the way in, of the signal on the way out
     */
    public static ExpressionResolver ofSignal(
            Map<String, String> headers, Adaptable adaptable, AuthorizationContext caller, String connectionId) {
        TopicPath topic = adaptable.getTopicPath();
        var resolvers = new ArrayList<PlaceholderResolver<?>>(List.of(
                PlaceholderFactory.newPlaceholderResolver(HEADER, headers),
                PlaceholderFactory.newPlaceholderResolver(TOPIC, topic),
                PlaceholderFactory.newPlaceholderResolver(RESOURCE, adaptable),
                PlaceholderFactory.newPlaceholderResolver(TIME, new Object()),
                PlaceholderFactory.newPlaceholderResolver(REQUEST, caller),
                PlaceholderFactory.newPlaceholderResolver(CONNECTION, connectionId)));
        entityOf(topic).ifPresent(id -> {
            resolvers.add(PlaceholderFactory.newPlaceholderResolver(ENTITY, id));
            resolvers.add(PlaceholderFactory.newPlaceholderResolver(THING, id));
            resolvers.add(PlaceholderFactory.newPlaceholderResolver(POLICY, id));
        });
        featureOf(JsonPointer.of(adaptable.getPayload().getPath()))
                .ifPresent(feature -> resolvers.add(PlaceholderFactory.newPlaceholderResolver(FEATURE, feature)));
        return PlaceholderFactory.newExpressionResolver(resolvers);
    }

    /**
     * Checks an expression of a header mapping or a target address.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it uses what is not there
     */
    public static void checkSignalExpression(String template) {
        PlaceholderFactory.newExpressionResolverForValidation(
                        "x", HEADER, TOPIC, TIME, REQUEST, CONNECTION, ENTITY, THING, POLICY, FEATURE, RESOURCE)
                .resolve(template);
    }

    /** As {@link #checkSignalExpression}, of the input of an enforcement. */
    public static void checkMessageExpression(String template) {
        PlaceholderFactory.newExpressionResolverForValidation("x", HEADER, SOURCE, CONNECTION, TIME)
                .resolve(template);
    }

    /** As {@link #checkSignalExpression}, of a filter of an enforcement. */
    public static void checkEntityExpression(String template) {
        PlaceholderFactory.newExpressionResolverForValidation("x", ENTITY, THING, POLICY, FEATURE)
                .resolve(template);
    }

    /** What a topic is about; empty for announcements of a connection and for wildcards. */
    public static Optional<EntityId> entityOf(TopicPath topic) {
        if (topic.getNamespace().equals(TopicPath.ID_PLACEHOLDER)
                && topic.getEntityName().equals(TopicPath.ID_PLACEHOLDER)) {
            return Optional.empty();
        }
        return switch (topic.getGroup()) {
            case THINGS -> Optional.of(ThingId.of(topic.getNamespace(), topic.getEntityName()));
            case POLICIES -> Optional.of(PolicyId.of(topic.getNamespace(), topic.getEntityName()));
            case CONNECTIONS -> Optional.empty();
        };
    }

    private static Optional<String> featureOf(JsonPointer path) {
        return path.getLevelCount() > 1
                        && path.getRoot()
                                .filter(key -> key.toString().equals(FEATURES))
                                .isPresent()
                ? path.get(1).map(Object::toString)
                : Optional.empty();
    }
}
