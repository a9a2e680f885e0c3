package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.Label;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.signals.commands.PolicyCommand;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyCommandToAccessExceptionRegistry;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyCommandToModifyExceptionRegistry;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyEntryNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyImportNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyNotModifiableException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.ResourceNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.ResourcesNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.query.RetrieveResource;
import org.eclipse.ditto.policies.model.signals.commands.query.RetrieveResources;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingCommand;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingCommandToAccessExceptionRegistry;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingCommandToModifyExceptionRegistry;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.voltwin.standalone.ditto.signal.ModifyPolicyPart;
import org.voltwin.standalone.ditto.signal.RetrievePolicyPart;
import org.voltwin.standalone.ditto.signal.Signals;

/** Ditto's own exception for each command that is refused. */
final class Refusals {
    private Refusals() {}

    static DittoRuntimeException thingNotFound(ThingId id, Command<?> command) {
        return ThingNotAccessibleException.newBuilder(id)
                .dittoHeaders(command.getDittoHeaders())
                .build();
    }

    static DittoRuntimeException policyNotFound(PolicyCommand<?> command) {
        return PolicyNotAccessibleException.newBuilder(command.getEntityId())
                .dittoHeaders(command.getDittoHeaders())
                .build();
    }

    static DittoRuntimeException notModifiable(ThingModifyCommand<?> command) {
        return ThingCommandToModifyExceptionRegistry.getInstance().exceptionFrom(command);
    }

    /** For a query, or a command on a part that does not exist: the error a query of that part gets. */
    static DittoRuntimeException notAccessible(ThingCommand<?> command) {
        JsonPointer path = command.getResourcePath();
        var query = (ThingCommand<?>)
                Signals.retrieveThing((ThingId) command.getEntityId(), path, command.getDittoHeaders());
        return ThingCommandToAccessExceptionRegistry.getInstance().exceptionFrom(query);
    }

    static DittoRuntimeException notModifiable(PolicyCommand<?> command) {
        PolicyCommand<?> known =
                command instanceof ModifyPolicyPart part && part.known().isPresent()
                        ? part.known().get()
                        : command;
        try {
            return PolicyCommandToModifyExceptionRegistry.getInstance().exceptionFrom(known);
        } catch (IllegalArgumentException | ClassCastException e) {
            // Ditto 3.8's registry does not know every command, and casts some to the wrong class.
            return PolicyNotModifiableException.newBuilder(command.getEntityId())
                    .dittoHeaders(command.getDittoHeaders())
                    .cause(e)
                    .build();
        }
    }

    static DittoRuntimeException notAccessible(PolicyCommand<?> command) {
        var query = (PolicyCommand<?>)
                Signals.retrievePolicy(command.getEntityId(), command.getResourcePath(), command.getDittoHeaders());
        return switch (query) {
            case RetrievePolicyPart part -> partNotAccessible(part);
            case RetrieveResource resource ->
                ResourceNotAccessibleException.newBuilder(
                                resource.getEntityId(),
                                resource.getLabel(),
                                resourceKey(resource).toString())
                        .dittoHeaders(command.getDittoHeaders())
                        .build();
            case RetrieveResources resources ->
                ResourcesNotAccessibleException.newBuilder(resources.getEntityId(), resources.getLabel())
                        .dittoHeaders(command.getDittoHeaders())
                        .build();
            default -> PolicyCommandToAccessExceptionRegistry.getInstance().exceptionFrom(query);
        };
    }

    /** As of the entry or import it is of. */
    private static DittoRuntimeException partNotAccessible(RetrievePolicyPart part) {
        String key = part.getResourcePath().get(1).orElseThrow().toString();
        boolean ofEntry = part.getResourcePath()
                .getRoot()
                .filter(root -> root.toString().equals("entries"))
                .isPresent();
        return ofEntry
                ? PolicyEntryNotAccessibleException.newBuilder(part.getEntityId(), Label.of(key))
                        .dittoHeaders(part.getDittoHeaders())
                        .build()
                : PolicyImportNotAccessibleException.newBuilder(part.getEntityId(), PolicyId.of(key))
                        .dittoHeaders(part.getDittoHeaders())
                        .build();
    }

    private static ResourceKey resourceKey(RetrieveResource query) {
        return query.getResourceKey();
    }
}
