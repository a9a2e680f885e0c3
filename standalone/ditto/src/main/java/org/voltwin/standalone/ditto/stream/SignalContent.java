package org.voltwin.standalone.ditto.stream;

import java.util.Optional;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.events.ThingEvent;
import org.eclipse.ditto.things.model.signals.events.ThingEventToThingConverter;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.ThingViews;

/**
 * What a signal says about a thing, for filters: its own value and the extra fields the subscriber asked for and may
 * see. Nothing else of the thing, or a filter could be used to find out what may not be read.
 *
 * @param extra empty when none were asked for or visible
 */
public record SignalContent(Thing thing, JsonObject extra) {
    /** @param state the thing now, or as it was before it was deleted; null when that is not known */
    public static SignalContent of(
            Signal<?> signal,
            ThingId id,
            @Nullable ThingState state,
            EventSelection selection,
            AuthorizationContext caller,
            ThingViews views) {
        var extraFields = selection.extraFieldsFor(signal);
        Optional<Thing> thing;
        JsonObject extra = JsonObject.empty();
        if (extraFields == null) {
            thing = signal instanceof ThingEvent<?> event
                    ? ThingEventToThingConverter.thingEventToThing(event)
                    : Optional.empty();
        } else {
            extra = Optional.ofNullable(state)
                    .flatMap(known -> views.view(known, caller, extraFields))
                    .map(JsonValue::asObject)
                    .orElseGet(JsonObject::empty);
            thing = ThingEventToThingConverter.mergeThingWithExtraFields(signal, extraFields, extra);
        }
        return new SignalContent(
                thing.orElseGet(() -> Thing.newBuilder().setId(id).build()), extra);
    }
}
