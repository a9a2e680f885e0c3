package org.voltwin.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.supervisor.PlatformStatus;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows logs. */
@Command(
        name = "logs",
        description = "Shows the last lines of a component's log, or of all.",
        mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Component, as in ./voltwin status.")
    private @Nullable String name;

    @Option(names = "--lines", defaultValue = "40", description = "How many (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException {
        DataFolder data = options.data();
        String wanted = name;
        try (Stream<Path> files = Files.list(data.logs())) {
            List<Path> logs = files.filter(f -> f.toString().endsWith(".log"))
                    .filter(f -> wanted == null || f.getFileName().toString().equals(wanted + ".log"))
                    .sorted()
                    .toList();
            if (logs.isEmpty()) {
                throw new RefusedException(Failure.permanent(
                        "logs.not_found",
                        wanted == null
                                ? "There are no logs in " + data.logs() + "."
                                : "There is no log of " + wanted + ".",
                        "See ./voltwin status for the names."));
            }
            for (Path log : logs) {
                System.out.println("== " + log);
                tail(log, lines).forEach(System.out::println);
            }
        }
        return 0;
    }

    static List<String> lastLines(PlatformStatus status, String component, int count) {
        return status.components().stream()
                .filter(c -> c.name().equals(component))
                .flatMap(c -> {
                    int at = c.detail().lastIndexOf("see ");
                    return at < 0
                            ? Stream.<String>empty()
                            : tail(Path.of(c.detail().substring(at + 4)), count).stream();
                })
                .toList();
    }

    /** The last lines of a file, reading at most its last 256 KiB. */
    static List<String> tail(Path file, int count) {
        try (var channel = Files.newByteChannel(file)) {
            long start = Math.max(0, channel.size() - 262_144);
            channel.position(start);
            var buffer = java.nio.ByteBuffer.allocate((int) (channel.size() - start));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // goes on until the buffer is full or the file ends
            }
            List<String> all = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - count), all.size());
        } catch (IOException e) {
            return List.of("(" + file + " cannot be read: " + e.getMessage() + ")");
        }
    }
}
