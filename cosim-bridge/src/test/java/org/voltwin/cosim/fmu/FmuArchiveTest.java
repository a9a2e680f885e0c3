package org.voltwin.cosim.fmu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.model.failure.Outcome;

final class FmuArchiveTest {
    private static final String DESCRIPTION = "modelDescription.xml";
    private static final String LIBRARY = "binaries/x86_64-linux/battery.so";

    @TempDir
    private Path temp;

    private Map<String, byte[]> good = Map.of();

    @BeforeEach
    void read_the_built_in_model() throws IOException {
        good = FmuFiles.read(Fixtures.model(temp).resolve("battery.fmu"));
    }

    private String code(Path file) {
        return switch (FmuArchive.open(file)) {
            case Outcome.Ok<FmuArchive> ok -> "ok";
            case Outcome.Refused<FmuArchive> refused -> refused.failure().code();
        };
    }

    private String codeWith(String name, byte[] content) throws IOException {
        good.put(name, content);
        return code(FmuFiles.write(temp.resolve("changed.fmu"), good));
    }

    private String codeWithDescription(String from, String to) throws IOException {
        String xml = new String(good.get(DESCRIPTION), StandardCharsets.UTF_8);
        assertThat(xml).contains(from);
        return codeWith(DESCRIPTION, xml.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_built_in_models_are_good() throws IOException {
        Path folder = Fixtures.model(temp);

        assertThat(code(folder.resolve("battery.fmu"))).isEqualTo("ok");
        ModelDescription cycler =
                FmuArchive.open(folder.resolve("cycler.fmu")).orThrow().description();
        assertThat(cycler.variable("Procedure").orElseThrow().size()).isEqualTo(64 * 8);
        assertThat(cycler.hasState()).isTrue();
    }

    @Test
    void what_is_no_zip_is_refused() throws IOException {
        assertThat(code(Files.writeString(temp.resolve("text.fmu"), "not a zip")))
                .isEqualTo("fmu.not_a_zip");
        assertThat(code(Files.write(temp.resolve("empty.fmu"), new byte[0]))).isEqualTo("fmu.not_a_zip");
        assertThat(code(temp.resolve("absent.fmu"))).isEqualTo("fmu.missing");
    }

    @Test
    void entries_that_lead_out_of_the_folder_are_refused() throws IOException {
        assertThat(codeWith("../../etc/cron.d/evil", new byte[1])).isEqualTo("fmu.zip_slip");
    }

    @Test
    void bombs_are_refused() throws IOException {
        assertThat(codeWith("resources/zeros", new byte[8 << 20])).isEqualTo("fmu.zip_bomb");
    }

    @Test
    void descriptions_that_cannot_be_used_are_refused() throws IOException {
        good.remove(DESCRIPTION);
        assertThat(code(FmuFiles.write(temp.resolve("bare.fmu"), good))).isEqualTo("fmu.no_description");
        assertThat(codeWith(DESCRIPTION, "<fmiModelDescription".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("fmu.malformed_description");
        String evil =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><fmiModelDescription fmiVersion=\"3.0\"/>";
        assertThat(codeWith(DESCRIPTION, evil.getBytes(StandardCharsets.UTF_8))).isEqualTo("fmu.malformed_description");
    }

    @Test
    void another_version_of_fmi_is_named() throws IOException {
        assertThat(codeWithDescription("fmiVersion=\"3.0\"", "fmiVersion=\"1.0\""))
                .isEqualTo("fmu.wrong_version");
    }

    @Test
    void a_library_name_that_leads_elsewhere_is_refused() throws IOException {
        assertThat(codeWithDescription("modelIdentifier=\"battery\"", "modelIdentifier=\"../../x\""))
                .isEqualTo("fmu.malformed_description");
    }

    @Test
    void libraries_that_cannot_be_loaded_are_refused() throws IOException {
        byte[] library = good.get(LIBRARY);
        byte[] arm = library.clone();
        arm[18] = (byte) 0xB7;
        assertThat(codeWith(LIBRARY, arm)).isEqualTo("fmu.wrong_binary");
        assertThat(codeWith(LIBRARY, "MZ windows".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("fmu.wrong_binary");
        String text = new String(library, StandardCharsets.ISO_8859_1).replace("fmi3DoStep", "fmi3NoStep");
        assertThat(codeWith(LIBRARY, text.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("fmu.missing_symbols");
        good.remove(LIBRARY);
        assertThat(code(FmuFiles.write(temp.resolve("none.fmu"), good))).isEqualTo("fmu.no_linux_binary");
    }

    /** Whatever is broken, the answer is an outcome and not an exception. */
    @Test
    void broken_files_of_all_kinds_are_answered() throws IOException {
        Random random = new Random(20261121);
        byte[] original = Files.readAllBytes(Fixtures.model(temp).resolve("battery.fmu"));
        for (int i = 0; i < 200; i++) {
            byte[] broken =
                    java.util.Arrays.copyOf(original, i % 2 == 0 ? original.length : random.nextInt(original.length));
            for (int change = 0; change < 1 + i % 20 && broken.length > 0; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            assertThat(code(Files.write(temp.resolve("broken.fmu"), broken))).matches("ok|fmu\\.[a-z_]+");
        }
        byte[] library = good.get(LIBRARY);
        for (int i = 0; i < 200; i++) {
            byte[] broken = library.clone();
            for (int change = 0; change < 30; change++) {
                int place = i % 2 == 0 ? random.nextInt(64) : random.nextInt(broken.length);
                broken[place] = (byte) random.nextInt();
            }
            assertThat(ElfFile.check("x.so", java.nio.ByteBuffer.wrap(broken), java.util.Set.of("fmi3DoStep")))
                    .isNotNull();
        }
    }
}
