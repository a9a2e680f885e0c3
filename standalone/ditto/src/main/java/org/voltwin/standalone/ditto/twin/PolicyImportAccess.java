package org.voltwin.standalone.ditto.twin;

import java.util.stream.Stream;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.EffectedImports;
import org.eclipse.ditto.policies.model.ImportableType;
import org.eclipse.ditto.policies.model.Label;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.PolicyImport;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.policy.PolicyResolution;

/** Entries are imported only by who may read them where they come from, and shown resolved only to them. */
final class PolicyImportAccess {
    private final Twins twins;
    private final Access access;

    PolicyImportAccess(Twins twins, Access access) {
        this.twins = twins;
        this.access = access;
    }

    /**
     * Looks at commands that write imports.
     *
     * @param after the policy as it would be
     * @throws PolicyNotAccessibleException 404 when something is imported that the caller may not read
     */
    void check(PolicyModifyCommand<?> command, Policy after) {
        JsonPointer path = command.getResourcePath();
        boolean writesImports = path.isEmpty()
                || path.getRoot()
                        .map(JsonKey::toString)
                        .filter("imports"::equals)
                        .isPresent();
        if (!writesImports) {
            return;
        }
        DittoHeaders headers = command.getDittoHeaders();
        after.getPolicyImports().stream()
                .filter(policyImport -> path.getLevelCount() < 2
                        || path.get(1)
                                .filter(key -> key.toString()
                                        .equals(policyImport
                                                .getImportedPolicyId()
                                                .toString()))
                                .isPresent())
                .forEach(policyImport -> check(policyImport, headers));
    }

    /** As above, of all imports of a new policy. */
    void check(Policy policy, DittoHeaders headers) {
        policy.getPolicyImports().forEach(policyImport -> check(policyImport, headers));
    }

    private void check(PolicyImport policyImport, DittoHeaders headers) {
        PolicyId id = policyImport.getImportedPolicyId();
        Policy imported = twins.find(id);
        boolean readable = imported != null
                && Stream.concat(named(policyImport), implicit(imported))
                        .allMatch(label -> mayReadEntry(id, label, headers));
        if (!readable) {
            throw PolicyNotAccessibleException.newBuilder(id)
                    .dittoHeaders(headers)
                    .build();
        }
    }

    private boolean mayReadEntry(PolicyId id, CharSequence label, DittoHeaders headers) {
        Enforcer enforcer = access.enforcer(id);
        return Access.mayRead(
                enforcer, Access.policy(JsonPointer.of("/entries/" + label)), headers.getAuthorizationContext());
    }

    private static Stream<Label> named(PolicyImport policyImport) {
        return policyImport.getEffectedImports().map(EffectedImports::getImportedLabels).stream()
                .flatMap(labels -> labels.stream());
    }

    private static Stream<Label> implicit(Policy imported) {
        return imported.stream()
                .filter(entry -> entry.getImportableType() == ImportableType.IMPLICIT)
                .map(PolicyEntry::getLabel);
    }

    /** @throws PolicyNotAccessibleException 404 when there is no such policy or the caller may see nothing of it */
    void requireReadable(PolicyId id, String label, DittoHeaders headers) {
        if (twins.policy(id) == null || !mayReadEntry(id, label, headers)) {
            throw PolicyNotAccessibleException.newBuilder(id)
                    .dittoHeaders(headers)
                    .build();
        }
    }

    /**
     * The policy's JSON with what it imports, as {@code imported-ID-LABEL}, what its entries refer to, and what counts
     * in its namespace, as {@code nsimported-ID-LABEL}.
     */
    JsonObject resolved(EntityState.PolicyState state, DittoHeaders headers) {
        var resolution = new PolicyResolution(
                twins::jsonOf, access.namespaceRoots(), (policy, label) -> mayReadEntry(policy, label, headers));
        JsonObject entries = resolution.resolve(state.json()).stream()
                .map(entry -> JsonFactory.newField(JsonKey.of(entry.label()), entry.json()))
                .collect(JsonCollectors.fieldsToObject());
        return state.json().toBuilder().set("entries", entries).build();
    }
}
