package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A change and what it does to its entity, worked out once.
 *
 * @param before null when the change creates the entity
 * @param after null when the change deletes the entity
 */
record Applied(
        Change change,
        @Nullable EntityState before,
        @Nullable EntityState after) {

    static Applied of(Change change, @Nullable EntityState before) {
        JsonObject after = change.applyTo(before == null ? null : before.json());
        return new Applied(change, before, after == null ? null : EntityState.ofStored(change.kind(), after));
    }

    Applied withChange(Change other) {
        return new Applied(other, before, after);
    }
}
