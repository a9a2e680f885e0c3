package org.voltwin.standalone.ditto.connect.transport;

import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;

/** Why the definition of a connection cannot be used. */
final class InvalidDefinition {
    private InvalidDefinition() {}

    static ConnectionConfigurationInvalidException because(String message) {
        return ConnectionConfigurationInvalidException.newBuilder(message).build();
    }
}
