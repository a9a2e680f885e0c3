package org.voltwin.app;

import java.nio.file.Path;

/**
 * What the build runs once so that the JVM writes the classes of the planning commands, linked, to a file ({@code
 * -XX:AOTCacheOutput}) from which every later command starts in half the time.
 */
public final class ClassCache {
    private ClassCache() {}

    /** @param arguments the folder with the documentation's examples */
    public static void main(String[] arguments) {
        String examples = Path.of(arguments[0]).toString();
        System.exit(Main.run("doe", examples + "/capacity.yaml")
                + Main.run("schedule", examples + "/capacity-week.json", "--seconds", "2")
                + Main.run("schedule", examples + "/project.sm", "--format", "rcpsp")
                + Main.run("schedule", examples + "/project.sm", "--format", "rcpsp", "--json"));
    }
}
