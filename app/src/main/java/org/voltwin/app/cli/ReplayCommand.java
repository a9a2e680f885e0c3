package org.voltwin.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder until the room lands. */
@Command(name = "replay")
public final class ReplayCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}
