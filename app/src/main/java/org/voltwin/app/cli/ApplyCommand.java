package org.voltwin.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.config.Change;
import org.voltwin.config.DittoConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Policies, benches and connections to a Ditto. */
@Command(
        name = "apply",
        description = "Brings policies and benches, if asked for connections, to a Ditto.",
        mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--url", paramLabel = "DITTO", description = "Default: this machine's.")
    private @Nullable URI url;

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Option(
            names = "--connections",
            description =
                    "Connections too: to Hono, and to the LIMS broker. On another machine's Ditto the password of its"
                            + " user devops is taken from the environment variable DITTO_DEVOPS_PASSWORD.")
    private boolean connections;

    @Override
    public Integer call() {
        PlatformConfig config = options.config();
        URI given = url;
        URI ditto = given != null
                ? given
                : URI.create("http://localhost:" + config.ports().ditto());
        List<Change> changes =
                new ArrayList<>(DittoConfiguration.apply(ditto, ApiClient.tokens(config, options.data()), dryRun)
                        .orThrow());
        if (connections) {
            changes.addAll(DittoConfiguration.applyConnections(ditto, this::devops, values(config), dryRun)
                    .orThrow());
        }
        changes.forEach(change -> System.out.println("  " + change.inOneLine()));
        System.out.println(
                changes.isEmpty()
                        ? "Nothing to change."
                        : changes.size() + (dryRun ? " changes would be made." : " changes made."));
        return 0;
    }

    private String devops() {
        String given = System.getenv("DITTO_DEVOPS_PASSWORD");
        String password = given == null ? Secrets.in(options.data()).get(Secrets.DEVOPS) : given;
        return "Basic " + Base64.getEncoder().encodeToString(("devops:" + password).getBytes(UTF_8));
    }

    /** What the connections need to know of this machine. */
    private Map<String, String> values(PlatformConfig config) {
        String broker = "tcp://twin:" + Secrets.in(options.data()).get("broker.twin") + "@127.0.0.1:"
                + config.ports().limsBroker();
        return Map.of("hono.tenant", "lab", "lims.broker.uri", broker);
    }
}
