package org.voltwin.app.supervisor;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A process for tests: accepts connections on the port given until it is ended. */
public final class Listener {
    private Listener() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(arguments[0]), 10, InetAddress.getLoopbackAddress())) {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().flush();
                }
            }
        }
    }
}
