package org.voltwin.app.supervisor;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;

/** Which processes make up the platform on one machine, in the order of starting. */
public final class PlatformLayout {
    private final Path home;
    private final DataFolder data;
    private final PlatformConfig config;
    private final Secrets secrets;
    private final ComponentFiles files;
    private final @Nullable Path configFile;

    public PlatformLayout(
            Path home, DataFolder data, PlatformConfig config, Secrets secrets, @Nullable Path configFile) {
        this.home = home;
        this.data = data;
        this.config = config;
        this.secrets = secrets;
        this.files = new ComponentFiles(data, config, secrets);
        this.configFile = configFile;
    }

    /** All components; writes their configuration files. */
    public List<ComponentSpec> components() {
        PlatformConfig.Ports ports = config.ports();
        List<ComponentSpec> all = new ArrayList<>();
        all.add(new KeycloakSetUp(home, data, config, secrets).component());
        all.add(standalone(
                "kafka",
                "message log",
                config.heapMiB().kafka(),
                files.kafka(),
                new Health.Tcp(config.host(), ports.kafka()),
                Set.of(),
                ports.kafka()));
        all.add(standalone(
                "stores",
                "documents and files",
                config.heapMiB().stores(),
                files.stores(),
                health(ports.storesHealth()),
                Set.of(),
                ports.documents()));
        all.add(standalone(
                "ditto",
                "twins",
                config.heapMiB().ditto(),
                files.ditto(),
                health(ports.ditto()),
                Set.of(),
                ports.ditto()));
        all.add(standalone(
                "edge",
                "Hono and LIMS broker",
                config.heapMiB().edge(),
                files.edge(),
                health(ports.edgeHealth()),
                Set.of("kafka"),
                ports.honoMqtt()));
        all.add(ours(
                "rooms",
                "services and dashboards",
                "org.voltwin.app.rooms.RoomsMain",
                config.heapMiB().rooms(),
                health(ports.http()),
                Set.of("keycloak", "kafka", "stores", "ditto", "edge"),
                ports.http()));
        if (config.demonstrationBench()) {
            all.add(ours(
                    "bench",
                    "emulated physical bench",
                    "org.voltwin.app.rooms.BenchMain",
                    config.heapMiB().bench(),
                    health(ports.benchHealth()),
                    Set.of("rooms"),
                    ports.benchHealth()));
        }
        return all;
    }

    private Health health(int port) {
        return new Health.Http(URI.create("http://" + config.host() + ":" + port + "/health"));
    }

    private ComponentSpec standalone(
            String name, String purpose, int heapMiB, Path configuration, Health health, Set<String> needs, int port) {
        List<String> command = new ArrayList<>(Jvm.command(data, name, heapMiB));
        command.addAll(List.of(
                "-cp",
                Jvm.classPath(home, "standalone/" + name),
                "org.voltwin.standalone." + name + ".Main",
                configuration.toString()));
        return spec(name, purpose, command, health, needs, port);
    }

    private ComponentSpec ours(
            String name, String purpose, String main, int heapMiB, Health health, Set<String> needs, int port) {
        List<String> command = new ArrayList<>(javaCommand(home, data, name, heapMiB));
        command.addAll(List.of(main, "--data", data.root().toString()));
        Path given = configFile;
        if (given != null) {
            command.addAll(List.of("--config", given.toString()));
        }
        return spec(name, purpose, command, health, needs, port);
    }

    private ComponentSpec spec(
            String name, String purpose, List<String> command, Health health, Set<String> needs, int port) {
        return new ComponentSpec(
                name,
                purpose,
                command,
                Map.of("MALLOC_ARENA_MAX", "2"),
                data.logs().resolve(name + ".log"),
                health,
                needs,
                "localhost:" + port);
    }

    /** Java with app's class path, up to and without the main class. */
    public static List<String> javaCommand(Path home, DataFolder data, String name, int heapMiB) {
        List<String> command = new ArrayList<>(Jvm.command(data, name, heapMiB));
        command.addAll(List.of(
                "-Djava.library.path=" + home.resolve("app/target/native"),
                "-Dvoltwin.home=" + home,
                "-cp",
                Jvm.classPath(home, "app")));
        return command;
    }
}
