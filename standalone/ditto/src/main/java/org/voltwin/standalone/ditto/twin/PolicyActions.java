package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.Label;
import org.eclipse.ditto.policies.model.Permissions;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.SubjectType;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.signals.commands.actions.ActivateTokenIntegration;
import org.eclipse.ditto.policies.model.signals.commands.actions.DeactivateTokenIntegration;
import org.eclipse.ditto.policies.model.signals.commands.actions.PolicyActionCommand;
import org.eclipse.ditto.policies.model.signals.commands.actions.TopLevelPolicyActionCommand;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyActionFailedException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyCommandToActionsExceptionRegistry;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyEntryNotAccessibleException;
import org.voltwin.standalone.ditto.policy.Access;

/**
 * Token integration: who holds a token that an entry knows may put a subject made from that token into the entry, for
 * as long as the token lives, and take it out again. Needs EXECUTE on {@code policy:/entries/LABEL/actions/NAME}.
 */
final class PolicyActions {
    private static final Permissions EXECUTE = Permissions.newInstance("EXECUTE");
    /** What is left in the ids of a command for the entry to fill in. */
    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*policy-entry:label\\s*}}");

    private final Twins twins;
    private final Access access;
    private final PolicyChanges changes;
    private final SubjectExpiries expiries;

    PolicyActions(Twins twins, Access access, PolicyChanges changes, SubjectExpiries expiries) {
        this.twins = twins;
        this.access = access;
        this.changes = changes;
        this.expiries = expiries;
    }

    Decision act(PolicyActionCommand<?> command, Instant now) {
        EntityState.PolicyState before = twins.policy(command.getEntityId());
        if (before == null) {
            throw Refusals.policyNotFound(command);
        }
        Policy policy = before.policy();
        PolicyActionCommand<?> action =
                command instanceof TopLevelPolicyActionCommand topLevel ? topLevel.getPolicyActionCommand() : command;
        boolean everywhere = command instanceof TopLevelPolicyActionCommand;
        List<PolicyEntry> permitted = permitted(command, action, policy, everywhere);
        if (permitted.isEmpty()) {
            throw PolicyCommandToActionsExceptionRegistry.getInstance().exceptionFrom(command);
        }
        DittoHeaders headers = command.getDittoHeaders();
        List<PolicyEntry> entries = permitted.stream()
                .filter(entry -> action.isApplicable(entry, headers.getAuthorizationContext()))
                .toList();
        if (entries.isEmpty()) {
            throw notApplicable(action, everywhere, headers);
        }
        Policy after = switch (action) {
            case ActivateTokenIntegration activate -> activated(policy, entries, activate, now);
            case DeactivateTokenIntegration deactivate -> deactivated(policy, entries, deactivate);
            default -> throw NotSupportedException.of("The action '" + action.getName() + "'", headers);
        };
        long revision = twins.nextRevision(EntityKind.POLICY, before.id().toString(), before);
        return changes.replace(before, after, revision, now, headers);
    }

    private static PolicyActionFailedException notApplicable(
            PolicyActionCommand<?> action, boolean everywhere, DittoHeaders headers) {
        return everywhere
                ? PolicyActionFailedException.newBuilderForTopLevelAction(action.getName())
                        .dittoHeaders(headers)
                        .build()
                : action.getNotApplicableException(headers);
    }

    private List<PolicyEntry> permitted(
            PolicyActionCommand<?> command, PolicyActionCommand<?> action, Policy policy, boolean everywhere) {
        Enforcer enforcer = access.enforcer(command.getEntityId());
        Set<Label> asked = everywhere
                ? policy.getLabels()
                : Set.of(Label.of(command.getResourcePath().get(1).orElseThrow().toString()));
        var permitted = new ArrayList<PolicyEntry>();
        for (Label label : asked) {
            JsonPointer path = JsonPointer.of("/entries/" + label + "/actions/" + action.getName());
            if (enforcer.hasUnrestrictedPermissions(
                    Access.policy(path), command.getDittoHeaders().getAuthorizationContext(), EXECUTE)) {
                PolicyEntry entry = policy.getEntryFor(label).orElse(null);
                if (entry == null) {
                    throw PolicyEntryNotAccessibleException.newBuilder(command.getEntityId(), label)
                            .dittoHeaders(command.getDittoHeaders())
                            .build();
                }
                permitted.add(entry);
            }
        }
        return permitted;
    }

    private Policy activated(Policy policy, List<PolicyEntry> entries, ActivateTokenIntegration action, Instant now) {
        Policy after = policy;
        var type = SubjectType.newInstance("added via action <" + action.getName() + "> at <" + now + ">");
        for (PolicyEntry entry : entries) {
            for (SubjectId id : ids(action, entry)) {
                Subject subject = Subject.newInstance(
                        id,
                        type,
                        action.getSubjectExpiry(),
                        action.getSubjectAnnouncement().orElse(null));
                after = after.setSubjectFor(entry.getLabel(), expiries.rounded(subject));
            }
        }
        return after;
    }

    private static Policy deactivated(Policy policy, List<PolicyEntry> entries, DeactivateTokenIntegration action) {
        Policy after = policy;
        for (PolicyEntry entry : entries) {
            for (SubjectId id : ids(action, entry)) {
                after = after.removeSubjectFor(entry.getLabel(), id);
            }
        }
        return after;
    }

    private static Set<SubjectId> ids(PolicyActionCommand<?> action, PolicyEntry entry) {
        return action.getSubjectIds().stream()
                .map(id -> SubjectId.newInstance(LABEL.matcher(id.toString())
                        .replaceAll(java.util.regex.Matcher.quoteReplacement(
                                entry.getLabel().toString()))))
                .collect(Collectors.toUnmodifiableSet());
    }
}
