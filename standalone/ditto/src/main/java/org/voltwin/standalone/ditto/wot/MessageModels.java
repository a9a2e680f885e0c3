package org.voltwin.standalone.ditto.wot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.WotMessageSettings;
import org.voltwin.standalone.ditto.config.WotValidationSettings;
import org.voltwin.standalone.ditto.live.MessageRules;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Checks messages against the Thing Model of their thing, or of their feature: to the inbox they are actions, from the
 * outbox events. Claims are not in models. A model that cannot be had allows everything.
 */
public final class MessageModels implements MessageRules {
    private static final Logger LOG = LoggerFactory.getLogger(MessageModels.class);
    private static final JsonPointer CLAIM = JsonPointer.of("/inbox/messages/claim");
    private static final CompletionStage<Void> ALLOWED = CompletableFuture.completedFuture(null);
    private static final int LENGTH_OF_FEATURE_PATH = 2;

    /** What a message is for the model, and the field of it with the schema of the payload. */
    private enum Part {
        INPUT("actions", "input"),
        OUTPUT("actions", "output"),
        EVENT("events", "data");

        private final String affordances;
        private final String schema;

        Part(String affordances, String schema) {
            this.affordances = affordances;
            this.schema = schema;
        }

        private boolean isChecked(WotMessageSettings settings) {
            return switch (this) {
                case INPUT -> settings.input();
                case OUTPUT -> settings.output();
                case EVENT -> settings.outbox();
            };
        }

        /** An answer is not refused for the sake of a question that was not. */
        private boolean isOtherForbidden(WotMessageSettings settings) {
            return switch (this) {
                case INPUT -> settings.forbidOtherInbox();
                case OUTPUT -> false;
                case EVENT -> settings.forbidOtherOutbox();
            };
        }
    }

    private final WotModels models;
    private final ValidationConfig config;
    private final Twins twins;
    private final ModelValidation validation = new ModelValidation();

    public MessageModels(WotModels models, ValidationConfig config, Twins twins) {
        this.models = models;
        this.config = config;
        this.twins = twins;
    }

    @Override
    public CompletionStage<Void> checkMessage(Adaptable message) {
        JsonPointer path = JsonPointer.of(message.getPayload().getPath().toString());
        boolean outbox = path.toString().contains("/outbox/messages/");
        return path.equals(CLAIM) ? ALLOWED : check(message, message, outbox ? Part.EVENT : Part.INPUT);
    }

    @Override
    public CompletionStage<Void> checkAnswer(Adaptable message, Adaptable answer) {
        JsonPointer path = JsonPointer.of(message.getPayload().getPath().toString());
        boolean good = answer.getPayload()
                .getHttpStatus()
                .filter(HttpStatus::isSuccess)
                .isPresent();
        boolean empty = answer.getPayload().getValue().isEmpty();
        boolean outbox = path.toString().contains("/outbox/messages/");
        // What a failure looks like is not in the model, and an action that is merely accepted answers nothing yet.
        return !good || empty || outbox || path.equals(CLAIM) ? ALLOWED : check(message, answer, Part.OUTPUT);
    }

    private CompletionStage<Void> check(Adaptable message, Adaptable carrier, Part part) {
        TopicPath topic = message.getTopicPath();
        var state = twins.thing(ThingId.of(topic.getNamespace(), topic.getEntityName()));
        if (state == null) {
            return ALLOWED;
        }
        JsonPointer path = JsonPointer.of(message.getPayload().getPath().toString());
        String feature = featureOf(path);
        Optional<String> definition = Definitions.ofThing(state.json());
        Optional<String> ofFeature = feature == null
                ? Optional.empty()
                : Optional.ofNullable(Definitions.ofFeatures(state.json()).get(feature));
        String url = ofFeature.or(() -> definition).orElse(null);
        if (url == null) {
            return ALLOWED;
        }
        WotValidationSettings settings = config.settingsFor(definition.orElse(url));
        if (!settings.enabled()) {
            return ALLOWED;
        }
        WotMessageSettings rules = feature == null ? settings.thingMessages() : settings.featureMessages();
        if (!part.isChecked(rules)) {
            return ALLOWED;
        }
        String submodel = ofFeature.isPresent() ? null : feature;
        CompletableFuture<Optional<ThingModel>> model =
                models.model(Optional.of(url)).toCompletableFuture();
        if (model.isDone()) {
            return outcome(errors(model.join(), submodel, topic, path, carrier, part, rules), settings, message);
        }
        return model.thenCompose(
                found -> outcome(errors(found, submodel, topic, path, carrier, part, rules), settings, message));
    }

    private static @Nullable String featureOf(JsonPointer path) {
        boolean ofFeature = path.getLevelCount() > LENGTH_OF_FEATURE_PATH
                && path.get(0).orElseThrow().toString().equals("features");
        return ofFeature ? path.get(1).orElseThrow().toString() : null;
    }

    private Map<String, List<String>> errors(
            Optional<ThingModel> whole,
            @Nullable String submodel,
            TopicPath topic,
            JsonPointer path,
            Adaptable carrier,
            Part part,
            WotMessageSettings rules) {
        ThingModel model = whole.map(
                        found -> submodel == null ? found : found.submodels().get(submodel))
                .orElse(null);
        if (model == null) {
            return Map.of();
        }
        String subject = topic.getSubject().orElse("");
        JsonValue affordance = model.json()
                .getValue(JsonPointer.of(part.affordances).addLeaf(JsonKey.of(subject)))
                .filter(value -> value.isObject() && !value.isNull())
                .orElse(null);
        if (affordance == null) {
            return part.isOtherForbidden(rules)
                    ? Map.of(path.toString(), List.of("The message's subject <" + subject + "> is not in the model."))
                    : Map.of();
        }
        return payloadErrors(affordance.asObject(), path, carrier, part);
    }

    private Map<String, List<String>> payloadErrors(
            JsonObject affordance, JsonPointer path, Adaptable carrier, Part part) {
        JsonValue schema = affordance.getValue(JsonKey.of(part.schema)).orElse(null);
        JsonValue payload = carrier.getPayload().getValue().orElse(null);
        if (payload != null && !isJson(carrier.getDittoHeaders())) {
            return Map.of(path.toString(), List.of("The payload is not JSON and cannot be validated."));
        }
        if (schema == null || !schema.isObject() || schema.isNull()) {
            return Map.of();
        }
        return payload == null
                ? Map.of(path.toString(), List.of("The payload is required and missing."))
                : validation.payloadErrors(schema.asObject(), payload, path.toString());
    }

    private static boolean isJson(DittoHeaders headers) {
        return headers.getDittoContentType().filter(ContentType::isJson).isPresent();
    }

    private static CompletionStage<Void> outcome(
            Map<String, List<String>> errors, WotValidationSettings settings, Adaptable message) {
        if (errors.isEmpty()) {
            return ALLOWED;
        }
        if (settings.warnOnly()) {
            LOG.warn(
                    "wot.message-disagrees topic={} errors={}",
                    message.getTopicPath().getPath(),
                    errors);
            return ALLOWED;
        }
        return CompletableFuture.failedFuture(new PayloadInvalidException(errors, message.getDittoHeaders()));
    }
}
