package org.voltwin.standalone.edge.broker;

import java.nio.file.Path;
import java.util.List;

/**
 * What the broker needs to know.
 *
 * @param folder data folder of the broker; key stores for clients are written here
 * @param host address of the plain listener
 * @param port plain listener, 1..65535
 * @param tlsHost address of the TLS listener
 * @param tlsPort TLS listener, 1..65535
 * @param tlsHostNames names and addresses in the server certificate
 * @param keyStorePassword protects the server's key
 * @param trustStorePassword of the trust store for clients
 */
public record BrokerSettings(
        Path folder,
        String host,
        int port,
        String tlsHost,
        int tlsPort,
        List<String> tlsHostNames,
        String keyStorePassword,
        String trustStorePassword,
        List<BrokerUser> users) {

    @Override
    public String toString() {
        return "BrokerSettings[folder=" + folder + ", port=" + port + ", tlsPort=" + tlsPort + ", users=" + users + "]";
    }
}
