package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.ResourceKey;

/** Where a command's resource path lies in an entity's JSON. */
final class EntityPath {
    private static final int POLICY_KEY_LEVEL = 3;

    private EntityPath() {}

    /**
     * A policy's resource keys and subject ids contain slashes ({@code thing:/attributes/x}): there, everything after
     * {@code /entries/LABEL/resources/} is one key.
     */
    static JsonPointer of(EntityKind kind, JsonPointer path) {
        if (kind == EntityKind.THING || path.getLevelCount() <= POLICY_KEY_LEVEL) {
            return path;
        }
        boolean slashesBelongToKey =
                path.getRoot().map(JsonKey::toString).orElse("").equals("entries");
        if (!slashesBelongToKey) {
            return path;
        }
        String key =
                path.getSubPointer(POLICY_KEY_LEVEL).orElseThrow().toString().substring(1);
        JsonPointer place = path.getPrefixPointer(POLICY_KEY_LEVEL).orElseThrow();
        boolean resource = place.getLeaf()
                .filter(leaf -> leaf.toString().equals("resources"))
                .isPresent();
        // "policy:" is "policy:/"; the models write it like that.
        return place.addLeaf(JsonKey.of(resource ? ResourceKey.newInstance(key).toString() : key));
    }
}
