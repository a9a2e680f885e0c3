package org.voltwin.standalone.ditto;

import java.nio.file.Files;

/** For trying things by hand: a Ditto with an issuer of its own; prints its address and tokens; ends with its input. */
final class LocalDitto {
    private LocalDitto() {}

    public static void main(String[] arguments) throws Exception {
        try (var ditto = new RunningDitto(Files.createTempDirectory("ditto"))) {
            System.out.println("PORT=" + ditto.port());
            System.out.println("ALICE=" + ditto.issuer().token("alice", "lab-admin"));
            System.out.println("BOB=" + ditto.issuer().token("bob", "viewer"));
            while (System.in.read() >= 0) {
                System.out.flush();
            }
        }
    }
}
