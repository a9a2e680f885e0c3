package org.voltwin.app.supervisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Says before anything is started which ports somebody else has. */
public final class PortCheck {
    private PortCheck() {}

    /** Refused with {@code port.in_use} naming every key whose port is taken. */
    public static void requireFree(PlatformConfig config) {
        List<String> taken = new ArrayList<>();
        Json.tree(config.ports()).properties().forEach(entry -> {
            if (!isFree(config.host(), entry.getValue().asInt())) {
                taken.add("ports." + entry.getKey() + " = " + entry.getValue().asInt());
            }
        });
        if (!taken.isEmpty()) {
            throw new RefusedException(Failure.permanent(
                    "port.in_use",
                    "Another process listens on " + String.join(", ", taken) + ".",
                    "Stop it, or give other ports in voltwin.yaml."));
        }
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
