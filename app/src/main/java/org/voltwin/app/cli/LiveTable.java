package org.voltwin.app.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.voltwin.app.supervisor.ComponentState;
import org.voltwin.app.supervisor.ComponentStatus;
import org.voltwin.app.supervisor.PlatformStatus;

/** Shows components while they start: a table that is drawn again on a terminal, a line per change elsewhere. */
final class LiveTable {
    private final PrintStream out;
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private final Map<String, ComponentState> shown = new HashMap<>();
    private int linesDrawn;

    LiveTable(PrintStream out) {
        this.out = out;
    }

    /** Follows until all are up (true), one failed or time is over (false). */
    boolean follow(Supplier<Optional<PlatformStatus>> source, Instant begin, Duration longest)
            throws InterruptedException {
        while (Duration.between(begin, Instant.now()).compareTo(longest) < 0) {
            Optional<PlatformStatus> status = source.get();
            if (status.isPresent()) {
                draw(status.get(), begin);
                if (status.get().allUp()) {
                    out.printf("  All up after %.1f s.%n", millisecondsSince(begin) / 1000.0);
                    return true;
                }
                if (status.get().failed().isPresent()) {
                    return false;
                }
            }
            synchronized (this) {
                wait(250);
            }
        }
        return false;
    }

    private void draw(PlatformStatus status, Instant begin) {
        if (terminal) {
            if (linesDrawn > 0) {
                out.print("\033[" + linesDrawn + "A");
            }
            status.components().forEach(c -> out.print("\033[2K" + line(c) + "\n"));
            linesDrawn = status.components().size();
            out.flush();
            return;
        }
        for (ComponentStatus component : status.components()) {
            if (shown.put(component.name(), component.state()) != component.state()
                    && component.state() != ComponentState.WAITING) {
                out.printf("  %5.1f s %s%n", millisecondsSince(begin) / 1000.0, line(component));
            }
        }
    }

    static String line(ComponentStatus c) {
        String mark = switch (c.state()) {
            case UP -> "●";
            case STARTING -> "◐";
            case WAITING, STOPPED -> "○";
            case DOWN, FAILED -> "✗";
        };
        return String.format(
                        "  %s %-10s %-9s %6s MiB  %-22s %s  %s",
                        mark,
                        c.name(),
                        c.state().id(),
                        c.residentMiB() == 0 ? "-" : String.valueOf(c.residentMiB()),
                        c.address(),
                        c.purpose(),
                        c.detail())
                .stripTrailing();
    }

    private static long millisecondsSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }
}
