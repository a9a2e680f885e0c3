package org.voltwin.app;

import java.io.PrintWriter;
import org.voltwin.app.cli.ApplyCommand;
import org.voltwin.app.cli.CosimCommand;
import org.voltwin.app.cli.DemoCommand;
import org.voltwin.app.cli.DoeCommand;
import org.voltwin.app.cli.DownCommand;
import org.voltwin.app.cli.FmuCommand;
import org.voltwin.app.cli.LogsCommand;
import org.voltwin.app.cli.ReplayCommand;
import org.voltwin.app.cli.ScheduleCommand;
import org.voltwin.app.cli.StatusCommand;
import org.voltwin.app.cli.UpCommand;
import org.voltwin.model.failure.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./voltwin}: exit status 0 = done, 1 = the work failed, 2 = wrong usage or input. */
@Command(
        name = "voltwin",
        mixinStandardHelpOptions = true,
        version = "Voltwin 0.1.0",
        description = "A digital-twin platform for battery test laboratories.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            ReplayCommand.class,
            FmuCommand.class,
            CosimCommand.class,
            DoeCommand.class,
            ScheduleCommand.class,
            ApplyCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error, command.getErr()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static int failed(Exception error, PrintWriter err) {
        if (error instanceof RefusedException refused) {
            err.println("voltwin: " + refused.failure().cause());
            err.println("  " + refused.failure().remedy() + "  ["
                    + refused.failure().code() + "]");
            return refused.failure().retryHelps() ? 1 : 2;
        }
        err.println("voltwin: " + error);
        err.println("  This is a fault in Voltwin or its surroundings; ./voltwin logs shows more.  [internal]");
        return 1;
    }
}
