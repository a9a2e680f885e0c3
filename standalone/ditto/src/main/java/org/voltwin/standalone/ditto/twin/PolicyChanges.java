package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import java.util.Set;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.signals.commands.PolicyCommandSizeValidator;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyConflictException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyModificationInvalidException;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.ModifyPolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.signal.ModifyPolicyPart;
import org.voltwin.standalone.ditto.signal.PolicyParts;

/** What commands do to a policy. A policy that nobody could change any more is refused. */
final class PolicyChanges {
    private final Access access;
    private final SubjectExpiries expiries;

    PolicyChanges(Access access, SubjectExpiries expiries) {
        this.access = access;
        this.expiries = expiries;
    }

    /** The policy a command would bring into being. */
    static JsonObject newPolicy(PolicyModifyCommand<?> command) {
        boolean whole = command.getResourcePath().isEmpty() && command.getCategory() != Command.Category.DELETE;
        if (!whole) {
            throw Refusals.policyNotFound(command);
        }
        return valueOf(command).asObject();
    }

    private static JsonValue valueOf(PolicyModifyCommand<?> command) {
        return switch (command) {
            case CreatePolicy create -> create.getPolicy().toJson();
            case ModifyPolicy modify -> modify.getPolicy().toJson();
            default -> command.getEntity().orElse(JsonFactory.nullLiteral());
        };
    }

    static boolean creates(PolicyModifyCommand<?> command) {
        PolicyModifyCommand<?> known =
                command instanceof ModifyPolicyPart part ? part.known().orElse(null) : command;
        return known instanceof CreatePolicy;
    }

    Decision create(JsonObject policy, long revision, Instant now, DittoHeaders headers) {
        JsonObject json = expiries.rounded(policy, now, headers).asObject();
        String id = json.getValue("policyId").orElseThrow().asString();
        var change = new Change(EntityKind.POLICY, id, revision, now, Change.Action.CREATED, JsonPointer.empty(), json);
        var after = check(headers, change, null);
        return Decision.of(
                new Applied(change, null, after),
                Reply.created(json, Preconditions.entityTag(after, JsonPointer.empty())));
    }

    Decision change(PolicyModifyCommand<?> command, EntityState.PolicyState before, long revision, Instant now) {
        JsonPointer path = command.getResourcePath();
        if (creates(command)) {
            throw PolicyConflictException.newBuilder(before.id())
                    .dittoHeaders(command.getDittoHeaders())
                    .build();
        }
        boolean delete = command.getCategory() == Command.Category.DELETE;
        boolean part =
                command instanceof ModifyPolicyPart asked && asked.known().isEmpty();
        boolean existed =
                part ? partExisted(path, before) : before.valueAt(path).isPresent();
        if (!parentExists(path, before) || !existed && delete && !part) {
            throw Refusals.notAccessible(command);
        }
        existed = existed || isEmptyArray(command);
        var action = delete ? Change.Action.DELETED : existed ? Change.Action.MODIFIED : Change.Action.CREATED;
        JsonValue given = delete ? JsonFactory.nullLiteral() : valueOf(command);
        JsonValue value = expiries.rounded(given, now, command.getDittoHeaders());
        var change = new Change(EntityKind.POLICY, before.id().toString(), revision, now, action, path, value);
        if (delete && path.isEmpty()) {
            return Decision.of(Applied.of(change, before), Reply.noContent(null));
        }
        var after = check(command.getDittoHeaders(), change, before.json());
        var tag = delete ? null : Preconditions.entityTag(after, path);
        if (Preconditions.isSkipped(command.getDittoHeaders(), before, after)) {
            throw Preconditions.notModified(EntityKind.POLICY, command.getDittoHeaders());
        }
        return Decision.of(
                new Applied(change, before, after),
                existed || delete ? Reply.noContent(tag) : Reply.created(value, tag));
    }

    /** A change that was not asked for as such; refused when nobody could change the policy any more. */
    Decision replace(EntityState.PolicyState before, Policy policy, long revision, Instant now, DittoHeaders headers) {
        Change change = whole(before, policy, revision, now);
        var after = check(headers, change, before.json());
        return Decision.of(new Applied(change, before, after), Reply.noContent(null));
    }

    /**
     * The policy without the subjects that have expired; null when none has.
     *
     * @param kept subjects that stay although they have
     */
    static @Nullable Change withoutExpired(
            EntityState.PolicyState before, long revision, Instant now, Set<SubjectId> kept) {
        Policy policy = before.policy();
        Policy after = policy;
        for (PolicyEntry entry : policy) {
            for (Subject subject : entry.getSubjects()) {
                boolean expired = subject.getExpiry()
                        .map(expiry -> !now.isBefore(expiry.getTimestamp()))
                        .orElse(false);
                if (expired && !kept.contains(subject.getId())) {
                    after = after.removeSubjectFor(entry.getLabel(), subject.getId());
                }
            }
        }
        return after.equals(policy) ? null : whole(before, after, revision, now);
    }

    private static Change whole(EntityState.PolicyState before, Policy policy, long revision, Instant now) {
        JsonObject json = PolicyParts.complete(
                        JsonPointer.empty(), before.json(), policy.toJson(), DittoHeaders.empty())
                .asObject()
                .setValue("policyId", before.id().toString());
        return new Change(
                EntityKind.POLICY,
                before.id().toString(),
                revision,
                now,
                Change.Action.MODIFIED,
                JsonPointer.empty(),
                json);
    }

    /** An entry can be created by a command of its own, a subject only in an entry that exists. */
    private static boolean parentExists(JsonPointer path, EntityState.PolicyState before) {
        return path.getLevelCount() <= 2
                || before.valueAt(path.getPrefixPointer(2).orElseThrow()).isPresent();
    }

    private static boolean isEmptyArray(PolicyModifyCommand<?> command) {
        return command.getEntity()
                .filter(value -> value.isArray() && value.asArray().isEmpty())
                .isPresent();
    }

    /** Only references are said to be created; that the others are not there is a value like any other. */
    private static boolean partExisted(JsonPointer path, EntityState.PolicyState before) {
        boolean references = path.getLeaf()
                .filter(key -> key.toString().equals(PolicyParts.REFERENCES))
                .isPresent();
        return !references
                || before.valueAt(path)
                        .filter(value -> value.isArray() && !value.asArray().isEmpty())
                        .isPresent();
    }

    private EntityState.PolicyState check(DittoHeaders headers, Change change, @Nullable JsonObject before) {
        try {
            JsonObject json = change.applyTo(before);
            if (json == null) {
                throw new IllegalStateException("A change that deletes the policy needs no check.");
            }
            PolicyCommandSizeValidator.getInstance()
                    .ensureValidSize(
                            () -> json.toString().length(),
                            () -> json.toString().length(),
                            () -> headers);
            var after = EntityState.PolicyState.of(json);
            // Ditto's models find what is not valid.
            after.policy();
            if (!headers.isAllowPolicyLockout() && !access.leavesAWayBack(json)) {
                throw PolicyModificationInvalidException.newBuilder(after.id())
                        .description("It must contain at least one permanent Subject with permission(s) [WRITE] on"
                                + " resource 'policy:/'!")
                        .dittoHeaders(headers)
                        .build();
            }
            return after;
        } catch (JsonRuntimeException e) {
            throw new DittoJsonException(e, headers);
        }
    }
}
