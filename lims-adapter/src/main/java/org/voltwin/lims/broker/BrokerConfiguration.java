package org.voltwin.lims.broker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the laboratory's broker is.
 *
 * @param host name in its certificate when TLS is used
 * @param trustStore PKCS12 or JKS with the broker's authority; null for no TLS (loopback only)
 * @param trustStorePassword its password; null without a trust store
 * @param user user name on the broker
 * @param password its password
 * @param clientPrefix first part of every client id; two processes with the same prefix and subscriber names would
 *     take each other's sessions
 */
public record BrokerConfiguration(
        String host,
        int port,
        @Nullable Path trustStore,
        @Nullable String trustStorePassword,
        String user,
        String password,
        String clientPrefix) {

    /** Without the passwords. */
    @Override
    public String toString() {
        return "BrokerConfiguration[" + host + ":" + port + ", tls=" + (trustStore != null) + ", user=" + user
                + ", clientPrefix=" + clientPrefix + "]";
    }
}
