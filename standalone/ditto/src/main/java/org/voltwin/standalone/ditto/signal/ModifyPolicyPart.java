package org.voltwin.standalone.ditto.signal;

import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.commands.AbstractCommand;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObjectBuilder;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.PolicyCommand;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.jspecify.annotations.Nullable;

/** Writes or deletes a part of a policy that the 3.8 models do not know, or know only half ({@link PolicyParts}). */
public final class ModifyPolicyPart extends AbstractCommand<ModifyPolicyPart>
        implements PolicyModifyCommand<ModifyPolicyPart> {
    private static final String TYPE = PolicyCommand.TYPE_PREFIX + "modifyPolicyPart";

    private final PolicyId id;
    private final JsonPointer path;
    private final @Nullable JsonValue value;
    private final Category category;
    private final @Nullable PolicyModifyCommand<?> known;

    private ModifyPolicyPart(
            PolicyId id,
            JsonPointer path,
            @Nullable JsonValue value,
            Category category,
            @Nullable PolicyModifyCommand<?> known,
            DittoHeaders headers) {
        super(TYPE, headers, category);
        this.id = id;
        this.path = path;
        this.value = value;
        this.category = category;
        this.known = known;
    }

    static ModifyPolicyPart put(PolicyId id, JsonPointer path, JsonValue value, DittoHeaders headers) {
        return new ModifyPolicyPart(id, path, value, Category.MODIFY, null, headers);
    }

    static ModifyPolicyPart delete(PolicyId id, JsonPointer path, DittoHeaders headers) {
        return new ModifyPolicyPart(id, path, null, Category.DELETE, null, headers);
    }

    /** A command that the models know, with a value that they would not keep. */
    static ModifyPolicyPart of(PolicyModifyCommand<?> known, JsonValue value) {
        return new ModifyPolicyPart(
                known.getEntityId(),
                known.getResourcePath(),
                value,
                known.getCategory(),
                known,
                known.getDittoHeaders());
    }

    /** What the models made of it; empty when they know nothing like it. */
    public Optional<PolicyModifyCommand<?>> known() {
        return Optional.ofNullable(known);
    }

    @Override
    public PolicyId getEntityId() {
        return id;
    }

    @Override
    public JsonPointer getResourcePath() {
        return path;
    }

    @Override
    public Category getCategory() {
        return category;
    }

    @Override
    public Optional<JsonValue> getEntity() {
        return Optional.ofNullable(value);
    }

    @Override
    public Optional<JsonValue> getEntity(JsonSchemaVersion version) {
        return getEntity();
    }

    @Override
    public ModifyPolicyPart setEntity(JsonValue entity) {
        return new ModifyPolicyPart(id, path, entity, category, known, getDittoHeaders());
    }

    @Override
    public ModifyPolicyPart setDittoHeaders(DittoHeaders headers) {
        return new ModifyPolicyPart(id, path, value, category, known, headers);
    }

    @Override
    protected void appendPayload(JsonObjectBuilder builder, JsonSchemaVersion version, Predicate<JsonField> predicate) {
        builder.set("policyId", id.toString());
        builder.set("path", path.toString());
        builder.set("value", value == null ? JsonFactory.nullLiteral() : value);
    }
}
