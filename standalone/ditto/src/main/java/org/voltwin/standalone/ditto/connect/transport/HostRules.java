package org.voltwin.standalone.ditto.connect.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.HostSettings;

/**
 * To which hosts requests may go: those that are allowed by name, and all others that are neither blocked nor resolve
 * to this machine or a private network. Whoever defines connections must not reach what only the server can.
 */
final class HostRules {
    private static final int PREFIX_BITS = 8;

    private final Set<String> allowed;
    private final Set<String> blocked;
    private final Set<String> blockedSubnets;
    private final @Nullable Pattern blockedPattern;

    HostRules(HostSettings settings) {
        this.allowed = names(settings.allowed());
        this.blocked = names(settings.blocked());
        this.blockedSubnets = names(settings.blockedSubnets());
        this.blockedPattern = settings.blockedRegex().isBlank() ? null : Pattern.compile(settings.blockedRegex());
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Resolves the name: may block.
     *
     * @throws ConnectionConfigurationInvalidException when nothing may be sent there
     */
    void require(String host) {
        if (allowed.contains(host)) {
            return;
        }
        boolean named = blocked.contains(host)
                || blockedPattern != null && blockedPattern.matcher(host).matches();
        if (named) {
            throw refused(host, "It is blocked.");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isPrivate(address) || isBlocked(address)) {
                    throw refused(host, "It is this machine or in a private or blocked network.");
                }
            }
        } catch (UnknownHostException e) {
            throw refused(host, "It is not known.");
        }
    }

    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length > 4 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return uniqueLocal
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private boolean isBlocked(InetAddress address) throws UnknownHostException {
        for (String name : blocked) {
            if (Arrays.asList(InetAddress.getAllByName(name)).contains(address)) {
                return true;
            }
        }
        for (String subnet : blockedSubnets) {
            if (isIn(subnet, address.getAddress())) {
                return true;
            }
        }
        return false;
    }

    /** @param subnet such as {@code 11.1.0.0/16} */
    private static boolean isIn(String subnet, byte[] address) throws UnknownHostException {
        String[] parts = subnet.split("/", 2);
        byte[] network = InetAddress.getByName(parts[0]).getAddress();
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : network.length * PREFIX_BITS;
        if (network.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % PREFIX_BITS);
            if ((network[bit / PREFIX_BITS] & mask) != (address[bit / PREFIX_BITS] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static ConnectionConfigurationInvalidException refused(String host, String why) {
        return ConnectionConfigurationInvalidException.newBuilder(
                        "The host '" + host + "' may not be used in a connection.")
                .description(why + " Hosts are allowed by name: ditto.connectivity.connection.allowed-hostnames.")
                .build();
    }
}
