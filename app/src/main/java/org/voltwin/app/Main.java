package org.voltwin.app;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private static final Map<String, Class<?>> COMMANDS = commands(
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
            ApplyCommand.class);

    private Main() {}

    private static Map<String, Class<?>> commands(Class<?>... types) {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        for (Class<?> type : types) {
            commands.put(type.getAnnotation(Command.class).name(), type);
        }
        return commands;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return line(arguments.length == 0 ? "" : arguments[0])
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error, command.getErr()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    /** Knows only the command that is meant, or all: reading the annotations of ten more is a third of a short start. */
    private static CommandLine line(String meant) {
        CommandLine line = new CommandLine(new Main());
        COMMANDS.forEach((name, type) -> {
            if (name.equals(meant) || !COMMANDS.containsKey(meant)) {
                line.addSubcommand(name, type);
            }
        });
        return line;
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
