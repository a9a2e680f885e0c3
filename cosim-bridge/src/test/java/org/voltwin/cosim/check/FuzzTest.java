package org.voltwin.cosim.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ModelInspector.Finding;

/** Whatever is broken, the answer is findings: no exception, no hang, no file outside of the folder. */
@Timeout(120)
final class FuzzTest {
    private final Random random = new Random(20261121);

    @TempDir
    private Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void install() throws IOException {
        folder = Fixtures.model(temp);
    }

    private void mutate(byte[] bytes, int from, int to, int changes) {
        for (int i = 0; i < changes; i++) {
            int place = from + random.nextInt(Math.max(1, to - from));
            bytes[place] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[place] ^ 1 << random.nextInt(8));
        }
    }

    private List<Path> outside(Path allowed) throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.filter(path -> !path.startsWith(allowed) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void broken_archives() throws IOException {
        byte[] good = Files.readAllBytes(folder.resolve("battery.fmu"));
        for (int i = 0; i < 150; i++) {
            byte[] broken = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            // The index, the last part of the file, is where lies do most harm.
            int from = i % 3 == 1 ? Math.max(0, broken.length - 900) : 0;
            if (broken.length > 0) {
                mutate(broken, from, broken.length, 1 + random.nextInt(12));
            }
            Path file = Files.write(temp.resolve("broken.fmu"), broken);
            Path target = temp.resolve("unpacked");
            List<Path> before = outside(target);

            List<Finding> findings = FmuCheck.check(List.of(file));

            assertThat(findings)
                    .allSatisfy(finding -> assertThat(finding.cause()).isNotBlank());
            if (FmuArchive.open(file) instanceof Outcome.Ok<FmuArchive> ok
                    && findings.stream().noneMatch(Finding::error)) {
                ok.value().unpack(target.resolve(String.valueOf(i)));
            }
            assertThat(outside(target)).isEqualTo(before);
        }
    }

    @Test
    void broken_descriptions() throws IOException {
        Map<String, byte[]> entries = FmuFiles.read(folder.resolve("battery.fmu"));
        byte[] good = entries.get("modelDescription.xml");
        String[] words = {
            "<",
            ">",
            "\"",
            "&lt;",
            "&#0;",
            "valueReference=\"1\"",
            "-1",
            "99999999999999",
            "NaN",
            "<Dimension valueReference=\"1\"/>"
        };
        for (int i = 0; i < 150; i++) {
            byte[] broken = good.clone();
            if (i % 2 == 0) {
                mutate(broken, 0, broken.length, 1 + random.nextInt(4));
            } else {
                String text = new String(good, StandardCharsets.UTF_8);
                int place = random.nextInt(text.length());
                int end = Math.min(text.length(), place + random.nextInt(20));
                broken = (text.substring(0, place) + words[random.nextInt(words.length)] + text.substring(end))
                        .getBytes(StandardCharsets.UTF_8);
            }
            entries.put("modelDescription.xml", broken);
            Path file = FmuFiles.write(temp.resolve("broken.fmu"), entries);

            assertThat(FmuCheck.check(List.of(file)))
                    .allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
        }
    }

    @Test
    void broken_connections() throws IOException {
        byte[] good = Files.readAllBytes(folder.resolve("connections.json"));
        for (int i = 0; i < 100; i++) {
            byte[] broken = i % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (broken.length > 0) {
                mutate(broken, 0, broken.length, 1 + random.nextInt(4));
            }
            Files.write(folder.resolve("connections.json"), broken);

            assertThat(new FolderInspector().inspect(folder).findings())
                    .allSatisfy(finding -> assertThat(finding.code()).startsWith("connections."));
        }
        Files.writeString(folder.resolve("connections.json"), "[".repeat(100_000));
        assertThat(new FolderInspector().inspect(folder).findings())
                .extracting(Finding::code)
                .containsExactly("connections.malformed");
    }
}
