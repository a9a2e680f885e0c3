package org.voltwin.standalone.ditto.signal;

import java.util.Set;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.jspecify.annotations.Nullable;

/**
 * What devices send most: a merge of one number, text or truth value into a property or an attribute. It is made here
 * with the checks of Ditto's adapter, which would translate and check all headers a second time.
 */
final class ValueMerge {
    private static final String MERGE_PATCH = ContentType.APPLICATION_MERGE_PATCH_JSON.getValue();
    private static final Set<String> PROPERTIES = Set.of("properties", "desiredProperties");
    private static final int ATTRIBUTE_LEVEL = 1;
    private static final int PROPERTY_LEVEL = 3;

    private ValueMerge() {}

    /** Null when the envelope is anything else. */
    static @Nullable MergeThing of(Adaptable adaptable) {
        TopicPath topic = adaptable.getTopicPath();
        JsonValue value = adaptable.getPayload().getValue().orElse(null);
        boolean single = value != null && (value.isNumber() || value.isString() || value.isBoolean());
        boolean merge = topic.isAction(TopicPath.Action.MERGE)
                && topic.isCriterion(TopicPath.Criterion.COMMANDS)
                && topic.isGroup(TopicPath.Group.THINGS)
                && topic.isChannel(TopicPath.Channel.TWIN);
        DittoHeaders headers = adaptable.getDittoHeaders();
        String contentType = headers.getOrDefault(DittoHeaderDefinition.CONTENT_TYPE.getKey(), MERGE_PATCH);
        if (value == null || !single || !merge || !contentType.equals(MERGE_PATCH)) {
            return null;
        }
        JsonPointer path = adaptable.getPayload().getPath();
        String root = key(path, 0);
        if (root.equals("attributes") && path.getLevelCount() > ATTRIBUTE_LEVEL) {
            JsonPointer attribute = path.getSubPointer(ATTRIBUTE_LEVEL).orElseThrow();
            return MergeThing.withAttribute(idOf(topic), attribute, value, headers);
        }
        if (root.equals("features") && path.getLevelCount() > PROPERTY_LEVEL && PROPERTIES.contains(key(path, 2))) {
            JsonPointer property = path.getSubPointer(PROPERTY_LEVEL).orElseThrow();
            return key(path, 2).equals("properties")
                    ? MergeThing.withFeatureProperty(idOf(topic), key(path, 1), property, value, headers)
                    : MergeThing.withFeatureDesiredProperty(idOf(topic), key(path, 1), property, value, headers);
        }
        return null;
    }

    private static ThingId idOf(TopicPath topic) {
        return ThingId.of(topic.getNamespace(), topic.getEntityName());
    }

    private static String key(JsonPointer path, int level) {
        return path.get(level).map(Object::toString).orElse("");
    }
}
