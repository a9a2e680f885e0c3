package org.voltwin.standalone.ditto.signal;

import java.util.function.Predicate;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.commands.AbstractCommand;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObjectBuilder;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.PolicyCommand;
import org.eclipse.ditto.policies.model.signals.commands.query.PolicyQueryCommand;

/** Asks for a part of a policy that the 3.8 models do not know ({@link PolicyParts}). */
public final class RetrievePolicyPart extends AbstractCommand<RetrievePolicyPart>
        implements PolicyQueryCommand<RetrievePolicyPart> {
    private static final String TYPE = PolicyCommand.TYPE_PREFIX + "retrievePolicyPart";

    private final PolicyId id;
    private final JsonPointer path;

    RetrievePolicyPart(PolicyId id, JsonPointer path, DittoHeaders headers) {
        super(TYPE, headers, Category.QUERY);
        this.id = id;
        this.path = path;
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
        return Category.QUERY;
    }

    @Override
    public RetrievePolicyPart setDittoHeaders(DittoHeaders headers) {
        return new RetrievePolicyPart(id, path, headers);
    }

    @Override
    protected void appendPayload(JsonObjectBuilder builder, JsonSchemaVersion version, Predicate<JsonField> predicate) {
        builder.set("policyId", id.toString());
        builder.set("path", path.toString());
    }
}
