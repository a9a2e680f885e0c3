package org.voltwin.app.supervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process of the platform.
 *
 * @param name unique, a word
 * @param purpose for people, a few words
 * @param command program and arguments
 * @param environment added to the supervisor's own
 * @param log file its output goes to
 * @param needs names of components that must be up before it is started
 * @param address where people or programs reach it
 */
public record ComponentSpec(
        String name,
        String purpose,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Health health,
        Set<String> needs,
        String address) {
    public ComponentSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        needs = Set.copyOf(needs);
    }

    @Override
    public String toString() {
        return name;
    }
}
