package org.voltwin.standalone.ditto.twin;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.LabelInvalidException;
import org.eclipse.ditto.policies.model.PolicyEntryInvalidException;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.PolicyImportInvalidException;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.NamespaceRoots;
import org.voltwin.standalone.ditto.policy.PolicyResolution;
import org.voltwin.standalone.ditto.policy.ResolvedEntry;
import org.voltwin.standalone.ditto.signal.PolicyParts;

/**
 * Entries refer only to entries there are and that may be taken over. Who writes a reference that does not hold is
 * told so (400); who would break one that somebody else wrote is refused (409). What changes in other policies later
 * breaks references without being refused: they give nothing then.
 */
final class PolicyReferences {
    private static final NamespaceRoots NO_ROOTS = new NamespaceRoots(Map.of());

    private final Twins twins;
    private final PolicyImportAccess imports;

    PolicyReferences(Twins twins, PolicyImportAccess imports) {
        this.twins = twins;
        this.imports = imports;
    }

    /**
     * Looks at a policy as it would be.
     *
     * @param path what is written
     * @throws DittoRuntimeException 400, 404 when what is referred to may not be read, or 409
     */
    void check(JsonPointer path, JsonObject after, PolicyId id, DittoHeaders headers) {
        checkLabels(after, headers);
        if (!PolicyParts.mentionedIn(after.toString())) {
            return;
        }
        checkTransitiveImports(after, id, headers);
        JsonObject entries = PolicyParts.objectAt(after, "entries");
        for (JsonField entry : entries) {
            List<JsonValue> references = PolicyParts.itemsAt(entry.getValue().asObject(), PolicyParts.REFERENCES);
            boolean written = writes(path, entry.getKeyName());
            if (written && new HashSet<>(references).size() < references.size()) {
                throw invalid("It refers to the same entry twice.", entry.getKeyName(), headers);
            }
            for (JsonValue reference : references) {
                String label = PolicyParts.textAt(reference.asObject(), "entry");
                String from = PolicyParts.textAt(reference.asObject(), "import");
                if (from.isEmpty()) {
                    checkLocal(entry.getKeyName(), label, entries, written, id, headers);
                } else {
                    checkImported(entry.getKeyName(), label, PolicyId.of(from), after, written, path, id, headers);
                }
            }
        }
    }

    private static void checkLabels(JsonObject after, DittoHeaders headers) {
        for (JsonField entry : PolicyParts.objectAt(after, "entries")) {
            if (entry.getKeyName().startsWith(ResolvedEntry.OF_NAMESPACE)) {
                throw LabelInvalidException.newBuilder(entry.getKeyName())
                        .description("It must not start with '" + ResolvedEntry.OF_NAMESPACE + "'.")
                        .dittoHeaders(headers)
                        .build();
            }
        }
    }

    private static void checkTransitiveImports(JsonObject after, PolicyId id, DittoHeaders headers) {
        for (JsonField policyImport : PolicyParts.objectAt(after, "imports")) {
            boolean itself =
                    PolicyParts.itemsAt(policyImport.getValue().asObject(), PolicyParts.TRANSITIVE_IMPORTS).stream()
                            .anyMatch(value -> value.asString().equals(id.toString()));
            if (itself) {
                throw PolicyImportInvalidException.newBuilder()
                        .description("The policy '" + id + "' must not import itself by way of '"
                                + policyImport.getKeyName() + "'.")
                        .dittoHeaders(headers)
                        .build();
            }
        }
    }

    private static boolean writes(JsonPointer path, String label) {
        String first = key(path, 0);
        return switch (path.getLevelCount()) {
            case 0 -> true;
            case 1 -> first.equals("entries");
            case 2 -> first.equals("entries") && key(path, 1).equals(label);
            default ->
                first.equals("entries")
                        && key(path, 1).equals(label)
                        && key(path, 2).equals(PolicyParts.REFERENCES);
        };
    }

    private static void checkLocal(
            String by, String label, JsonObject entries, boolean written, PolicyId id, DittoHeaders headers) {
        @Nullable JsonObject target = entries.getField(JsonKey.of(label))
                .map(field -> field.getValue().asObject())
                .orElse(null);
        boolean holds =
                target != null && !PolicyParts.textAt(target, "importable").equals("never") && !label.equals(by);
        if (holds) {
            return;
        }
        if (!written) {
            throw PolicyRefusal.entryIsReferred(id, label, by, headers);
        }
        throw invalid("It may not refer to '" + label + "'.", by, headers);
    }

    private void checkImported(
            String by,
            String label,
            PolicyId from,
            JsonObject after,
            boolean written,
            JsonPointer path,
            PolicyId id,
            DittoHeaders headers) {
        if (written) {
            imports.requireReadable(from, label, headers);
        }
        boolean declared = PolicyParts.objectAt(after, "imports")
                .getField(JsonKey.of(from.toString()))
                .isPresent();
        boolean narrows = key(path, 0).equals("imports");
        if (!declared && !written) {
            throw PolicyRefusal.importIsReferred(id, from.toString(), by, headers);
        }
        if (!declared) {
            throw invalid("It refers to '" + from + "', which the policy does not import.", by, headers);
        }
        if (!written && !narrows) {
            return;
        }
        var resolution = new PolicyResolution(twins::jsonOf, NO_ROOTS, (policy, entry) -> true);
        if (resolution.imported(after, from, label) == null) {
            // An entry that is gone from its policy breaks no reference anew.
            boolean gone = !written && twins.jsonOf(from) == null;
            if (gone) {
                return;
            }
            if (!written) {
                throw PolicyRefusal.importIsReferred(id, from.toString(), by, headers);
            }
            throw invalid("'" + label + "' is not imported from '" + from + "'.", by, headers);
        }
    }

    private static DittoRuntimeException invalid(String why, String label, DittoHeaders headers) {
        return PolicyEntryInvalidException.newBuilder()
                .description("The references of the entry '" + label + "' are not valid. " + why)
                .dittoHeaders(headers)
                .build();
    }

    private static String key(JsonPointer path, int level) {
        return path.get(level).map(JsonKey::toString).orElse("");
    }
}
