package org.voltwin.app.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one platform that is started for all of them, and stops it when the last has ended. */
final class RunningPlatform implements ParameterResolver {
    /** Started by ./voltwin up in a folder of its own. */
    private record Started(Platform platform, Path folder) implements AutoCloseable {
        static Started now() {
            try {
                Path folder = Files.createTempDirectory("voltwin-platform-");
                Platform platform = new Platform(folder);
                Platform.Ran up = platform.voltwin("up", "--detach");
                assertThat(up.status()).as("%s%s", up.out(), up.err()).isZero();
                return new Started(platform, folder);
            } catch (Exception e) {
                throw new IllegalStateException("The platform did not start", e);
            }
        }

        @Override
        public void close() throws Exception {
            platform.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Platform.class;
    }

    @Override
    public Platform resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningPlatform.class))
                .getOrComputeIfAbsent(Started.class, key -> Started.now(), Started.class)
                .platform();
    }
}
