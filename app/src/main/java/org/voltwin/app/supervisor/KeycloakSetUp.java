package org.voltwin.app.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Keycloak as a child process. Its home is the data folder, with links to the distribution that the build unpacked and
 * augmented once, so that a start needs no second augmentation and the data stays with the rest.
 */
final class KeycloakSetUp {
    private static final List<String> ARGUMENTS = List.of(
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true");

    private final Path distribution;
    private final Path realm;
    private final DataFolder data;
    private final PlatformConfig config;
    private final Secrets secrets;

    KeycloakSetUp(Path home, DataFolder data, PlatformConfig config, Secrets secrets) {
        this.distribution = find(home.resolve("standalone/identity/target"));
        this.realm = home.resolve("standalone/identity/src/main/realm/voltwin-realm.json");
        this.data = data;
        this.config = config;
        this.secrets = secrets;
    }

    private static Path find(Path target) {
        try (Stream<Path> folders = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return folders.filter(f -> f.getFileName().toString().startsWith("keycloak-"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow(() -> new RefusedException(Failure.permanent(
                            "build.missing",
                            "There is no Keycloak in " + target + ".",
                            "Build first: ./voltwin build.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ComponentSpec component() {
        Path home = prepareHome();
        List<String> command =
                new ArrayList<>(Jvm.command(data, "keycloak", config.heapMiB().keycloak()));
        command.addAll(ARGUMENTS);
        command.addAll(List.of(
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                distribution.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=" + config.host(),
                "--http-port=" + config.ports().keycloak(),
                "--http-management-host=" + config.host(),
                "--http-management-port=" + config.ports().keycloakManagement(),
                "--hostname=http://localhost:" + config.ports().keycloak(),
                "--import-realm"));
        return new ComponentSpec(
                "keycloak",
                "sign-in",
                command,
                environment(),
                data.logs().resolve("keycloak.log"),
                new Health.Http(java.net.URI.create(
                        "http://" + config.host() + ":" + config.ports().keycloakManagement() + "/health/ready")),
                Set.of(),
                "localhost:" + config.ports().keycloak());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("VOLTWIN_URL", config.publicUrl());
        environment.put("VOLTWIN_SECRET_ROOMS", secrets.get("client.voltwin-rooms"));
        environment.put("VOLTWIN_SECRET_CLI", secrets.get("client.voltwin-cli"));
        for (String user : List.of("ada", "erin", "mia", "vic")) {
            environment.put(
                    "VOLTWIN_PASSWORD_" + user.toUpperCase(java.util.Locale.ROOT), secrets.get("password." + user));
        }
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.get("password.keycloak-admin"));
        return environment;
    }

    private Path prepareHome() {
        try {
            Path home = data.of("keycloak");
            for (String part : List.of("lib", "providers", "themes")) {
                Path link = home.resolve(part);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, distribution.resolve(part));
            }
            Files.createDirectories(home.resolve("conf"));
            Path imports = Files.createDirectories(home.resolve("data/import"));
            DataFolder.writePrivately(imports.resolve("voltwin-realm.json"), Files.readAllBytes(realm));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
