package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.CallProgram;
import org.voltwin.cosim.fmi.SignalMemory;

/** The parts of a system and what connects them, and programs over all of them. */
final class Wiring {
    private final List<Part> parts;
    private final List<Link> links = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final SignalMemory memory;
    private final int width;
    private final boolean canGoBack;

    Wiring(List<Part> parts, List<Connection> connections) {
        this.parts = List.copyOf(parts);
        int place = 0;
        for (Connection connection : connections) {
            int source = index(connection.fromFmu());
            int target = index(connection.toFmu());
            Part from = parts.get(source);
            Part to = parts.get(target);
            if (isNumeric(from, connection)) {
                Link link = new Link(source, from, target, to, connection, place);
                place += link.width();
                links.add(link);
            } else {
                handovers.add(new Handover(from, to, connection));
            }
        }
        width = place;
        memory = new SignalMemory(place);
        canGoBack = parts.stream().allMatch(part -> part.description().hasState());
    }

    private static boolean isNumeric(Part from, Connection connection) {
        return from.description()
                .variable(connection.fromVariable())
                .orElseThrow()
                .type()
                .isNumeric();
    }

    private int index(String name) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no model " + name);
    }

    List<Part> parts() {
        return parts;
    }

    Part part(int index) {
        return parts.get(index);
    }

    List<Link> links() {
        return links;
    }

    List<Handover> handovers() {
        return handovers;
    }

    SignalMemory memory() {
        return memory;
    }

    /** Numbers that all links carry. */
    int width() {
        return width;
    }

    /** Whether all parts can. */
    boolean canGoBack() {
        return canGoBack;
    }

    CallProgram program() {
        return new CallProgram(memory);
    }

    /** Keeps the states of all parts. */
    CallProgram saving() {
        CallProgram program = program();
        parts.forEach(part -> program.save(part.model()));
        return program;
    }

    /** Goes back to the kept states of all parts. */
    CallProgram restoring() {
        CallProgram program = program();
        parts.forEach(part -> program.restore(part.model()));
        return program;
    }

    /** Puts what all links would carry into the memory. */
    CallProgram reading() {
        CallProgram program = program();
        links.forEach(link -> link.read(program));
        return program;
    }

    /** For messages. */
    String name(Link link) {
        return "/" + part(link.source()).name() + "/" + link.output().name();
    }
}
