package org.voltwin.app.cli;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.config.Change;
import org.voltwin.config.DittoConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Policies and benches to a Ditto. */
@Command(name = "apply", description = "Brings policies and benches to a Ditto.", mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--url", paramLabel = "DITTO", description = "Default: this machine's.")
    private @Nullable URI url;

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Override
    public Integer call() {
        PlatformConfig config = options.config();
        URI given = url;
        URI ditto = given != null
                ? given
                : URI.create("http://localhost:" + config.ports().ditto());
        List<Change> changes = DittoConfiguration.apply(ditto, ApiClient.tokens(config, options.data()), dryRun)
                .orThrow();
        changes.forEach(change -> System.out.println("  " + change.inOneLine()));
        System.out.println(
                changes.isEmpty()
                        ? "Nothing to change."
                        : changes.size() + (dryRun ? " changes would be made." : " changes made."));
        return 0;
    }
}
