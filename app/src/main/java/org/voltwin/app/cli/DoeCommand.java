package org.voltwin.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder until the room lands. */
@Command(name = "doe")
public final class DoeCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}
