package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.cosim.ssp.Ssp.bound;
import static org.voltwin.cosim.ssp.Ssp.bytes;
import static org.voltwin.cosim.ssp.Ssp.component;
import static org.voltwin.cosim.ssp.Ssp.connection;
import static org.voltwin.cosim.ssp.Ssp.elements;
import static org.voltwin.cosim.ssp.Ssp.real;
import static org.voltwin.cosim.ssp.Ssp.refusal;
import static org.voltwin.cosim.ssp.Ssp.ssd;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.model.failure.Outcome;

/** Whatever a file holds: it is read, or refused with a code, and nothing outside of it is touched. */
final class HostileSspTest {
    private static final List<String> WORDS = List.of(
            "\"",
            "<",
            "&x;",
            "2.0",
            "input",
            "unspecified",
            "startIndices=\"1\"",
            "..",
            "#p",
            "-1e999",
            "9".repeat(400),
            "ssd:System",
            "sourceBase=\"component\" source=\"resources/in.ssv\"");

    @TempDir
    private Path temp;

    private final Random random = new Random(20261121);

    private static String whole() {
        String pack = "<ssd:System name=\"pack\" id=\"p\"><ssd:Connectors><ssd:Connector name=\"I\" kind=\"input\">"
                + "<ssc:Float64 unit=\"mA\"/></ssd:Connector></ssd:Connectors>"
                + elements(
                        component(
                                "cell",
                                "cell",
                                bound(
                                        "<ssv:Parameter name=\"R\"><ssv:Float64 value=\"1 2 3 4\"/><ssc:Dimension size=\"4\"/>"
                                                + "</ssv:Parameter><ssv:Parameter name=\"Kind\"><ssv:Enumeration value=\"LFP\"/>"
                                                + "</ssv:Parameter>")),
                        connection("cell.I", "I", "", "<ssc:LinearTransformation factor=\"2\" offset=\"1\"/>"))
                + "</ssd:System>"
                + "<ssd:Component name=\"more\" type=\"application/x-ssp-definition\" source=\"#p\"/>";
        return ssd(
                "2.0",
                bound(real("pack.cell.Capacity", "value=\"3\""))
                        + elements(
                                component("cycler", "cycler", "") + pack,
                                connection("cycler.Set", "pack.I", "suppressUnitConversion=\"true\"", "")),
                "<ssd:Units xmlns:ssd=\"d\"><ssc:Unit name=\"mA\"><ssc:BaseUnit A=\"1\" factor=\"0.001\"/></ssc:Unit></ssd:Units>");
    }

    private byte[] broken(String good) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(bytes, at);
            case 1 -> {
                bytes[at] = (byte) random.nextInt();
                yield bytes;
            }
            case 2 -> {
                int end = Math.min(good.length(), at + random.nextInt(12));
                yield bytes(good.substring(0, at) + WORDS.get(random.nextInt(WORDS.size())) + good.substring(end));
            }
            default -> {
                int from = random.nextInt(good.length());
                int end = Math.min(good.length(), from + random.nextInt(200));
                yield bytes(good.substring(0, at) + good.substring(from, end) + good.substring(at));
            }
        };
    }

    @Test
    void damaged_descriptions_are_read_or_refused() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("own/resources"));
        Files.write(folder.resolve("cell.fmu"), Ssp.fmu(temp, Ssp.CELL, Map.of("resources/in.ssv", Ssp.ssv("", ""))));
        Files.write(folder.resolve("cycler.fmu"), Ssp.fmu(temp, Ssp.CYCLER, Map.of()));
        Path file = Files.writeString(temp.resolve("own/a.ssd"), whole());
        assertThat(SspFile.read(file, temp.resolve("run")).orThrow().connections())
                .hasSize(1);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            Files.write(file, broken(whole()));
            if (SspFile.read(file, temp.resolve("run")) instanceof Outcome.Refused<StructureDescription> no) {
                assertThat(no.failure().code()).startsWith("ssp.");
                assertThat(no.failure().cause()).startsWith("a.ssd").isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 399);
    }

    @Test
    void damaged_archives_are_read_or_refused() throws Exception {
        Path file = Ssp.pack(temp, whole(), Map.of());
        byte[] good = Files.readAllBytes(file);
        for (int round = 0; round < 80; round++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(8); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Files.write(file, random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
            if (SspFile.read(file, temp.resolve("run")) instanceof Outcome.Refused<StructureDescription> no) {
                assertThat(no.failure().code()).matches("(ssp|fmu)\\..*");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../cell.fmu",
                "resources/%2e%2e/%2e%2e/cell.fmu",
                "/etc/passwd",
                "file:///etc/passwd",
                "//host/cell.fmu",
                "resources\\..\\cell.fmu",
                "resources/cell.fmu?x",
                "resources/%00cell.fmu",
                "resources/.."
            })
    void sources_outside_are_refused(String source) throws Exception {
        assertThat(refusal(temp, ssd(elements(component("cell", "cell", "").replace("resources/cell.fmu", source), "")))
                        .cause())
                .contains("not inside the package");
    }

    @Test
    void links_out_of_a_descriptions_folder_are_not_followed() throws Exception {
        Files.createDirectories(temp.resolve("own"));
        Files.write(temp.resolve("secret.fmu"), Ssp.fmu(temp, Ssp.CELL, Map.of()));
        Files.createSymbolicLink(temp.resolve("own/resources"), temp);
        Path file = Files.writeString(temp.resolve("own/a.ssd"), ssd(elements(component("cell", "secret", ""), "")));

        assertThat(refusal(SspFile.read(file, temp.resolve("run"))).cause()).contains("not inside the package");
    }

    @Test
    void external_entities_and_document_types_are_refused() throws Exception {
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";

        assertThat(refusal(temp, entity + ssd(elements(component("cell", "cell", "&e;"), "")))
                        .code())
                .isEqualTo("ssp.malformed");
    }

    @Test
    void deep_and_wide_descriptions_end_in_a_refusal() throws Exception {
        String deep = "<ssd:System name=\"a\"><ssd:Elements>".repeat(5000);
        assertThat(refusal(temp, ssd(deep)).code()).isEqualTo("ssp.malformed");
        String annotated = "<ssd:Annotations>".repeat(100_000) + "</ssd:Annotations>".repeat(100_000);
        assertThat(refusal(temp, ssd(annotated)).code()).isEqualTo("ssp.malformed");
    }

    /** Ten systems that hold the next one ten times each would be ten thousand million. */
    @Test
    void systems_that_multiply_are_refused() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int level = 0; level < 10; level++) {
            StringBuilder inner = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                inner.append("<ssd:Component name=\"c").append(i).append("\" type=\"application/x-ssp-definition\"");
                inner.append(" source=\"#s").append(level + 1).append("\"/>");
            }
            all.append("<ssd:System name=\"s")
                    .append(level)
                    .append("\" id=\"s")
                    .append(level)
                    .append("\">");
            all.append(elements(level == 9 ? "" : inner.toString(), "")).append("</ssd:System>");
        }

        assertThat(refusal(temp, ssd("2.0", elements(all.toString(), ""), "")).cause())
                .contains("more than 10000 elements");
    }

    @Test
    void a_package_within_itself_ends() throws Exception {
        byte[] text = bytes(ssd(elements(
                "<ssd:Component name=\"a\" type=\"application/x-ssp-package\" source=\"resources/cell.fmu\"/>", "")));

        assertThat(refusal(Ssp.read(temp, new String(text, StandardCharsets.UTF_8), Map.of()))
                        .cause())
                .contains("no entry SystemStructure.ssd");
    }

    @Test
    void connectors_that_lead_round_are_refused() throws Exception {
        String round = elements(
                "<ssd:System name=\"a\">" + elements(component("cell", "cell", ""), connection("in", "out", "", ""))
                        + "</ssd:System>",
                "");

        assertThat(refusal(temp, ssd(round)).cause()).contains("'a.in'", "'a.out'", "either way");
        String kinds = "<ssd:Connectors><ssd:Connector name=\"in\" kind=\"input\"/><ssd:Connector name=\"out\""
                + " kind=\"output\"/></ssd:Connectors>";
        String circle = "<ssd:System name=\"a\">" + kinds
                + elements(component("cell", "cell", ""), connection("in", "out") + connection("in", "cell.I"))
                + "</ssd:System>";
        String set = bound(real("a.in", "value=\"1\""));
        assertThat(refusal(temp, ssd(set + elements(circle, connection("a.out", "a.in"))))
                        .cause())
                .contains("in a circle");
    }
}
