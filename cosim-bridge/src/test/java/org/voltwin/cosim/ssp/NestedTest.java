package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.cosim.ssp.Ssp.bound;
import static org.voltwin.cosim.ssp.Ssp.bytes;
import static org.voltwin.cosim.ssp.Ssp.component;
import static org.voltwin.cosim.ssp.Ssp.connection;
import static org.voltwin.cosim.ssp.Ssp.elements;
import static org.voltwin.cosim.ssp.Ssp.good;
import static org.voltwin.cosim.ssp.Ssp.read;
import static org.voltwin.cosim.ssp.Ssp.real;
import static org.voltwin.cosim.ssp.Ssp.refusal;
import static org.voltwin.cosim.ssp.Ssp.ssd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.check.Connection;
import org.voltwin.model.port.ModelInspector.Finding;

/** Descriptions and packages as components, parts of a description used again, signal dictionaries, versions. */
final class NestedTest {
    private static final String INNER = bound(real("cell.Capacity", "value=\"1\"") + real("cell.Rise", "value=\"1\""))
            + elements(component("cell", "cell", ""), connection("I", "cell.I"));

    @TempDir
    private Path temp;

    private static String nested(String name, String type, String source, String content) {
        return "<ssd:Component name=\"" + name + "\" type=\"application/x-ssp-" + type + "\" source=\"" + source + "\">"
                + content + "</ssd:Component>";
    }

    private static String around(String pack) {
        return ssd("2.0", elements(component("cycler", "cycler", "") + pack, connection("cycler.Set", "pack.I")), "");
    }

    private static void assertWhole(StructureDescription system) {
        assertThat(system.connections())
                .containsExactly(new Connection("cycler", "Set", "pack.cell", "I", 0.001, 0, false));
        // the component's bindings come after those of the system that it stands for
        assertThat(system.numbers())
                .containsEntry("/pack.cell/Capacity", List.of(2.0))
                .containsEntry("/pack.cell/Rise", List.of(1.0));
    }

    @Test
    void a_description_as_component_is_flattened_with_sources_beside_itself() throws Exception {
        String pack = nested("pack", "definition", "deep/pack.ssd", bound(real("cell.Capacity", "value=\"2\"")));
        Map<String, byte[]> more = Map.of(
                "deep/pack.ssd", bytes(ssd(INNER)), "deep/resources/cell.fmu", Ssp.fmu(temp, Ssp.CELL, Map.of()));

        assertWhole(read(temp, around(pack), more).orThrow());
    }

    @Test
    void a_package_as_component_is_flattened_and_a_variant_of_it_can_be_named() throws Exception {
        byte[] inner =
                Files.readAllBytes(Ssp.pack(temp, ssd(elements("", "")), Map.of("Variant.ssd", bytes(ssd(INNER)))));
        String content = bound(real("cell.Capacity", "value=\"2\""));

        assertWhole(read(
                        temp,
                        around(nested("pack", "package", "resources/pack.ssp#Variant.ssd", content)),
                        Map.of("resources/pack.ssp", inner))
                .orThrow());
        assertThat(refusal(read(
                                temp,
                                around(nested("pack", "package", "resources/pack.ssp#Other.ssd", content)),
                                Map.of("resources/pack.ssp", inner)))
                        .cause())
                .contains("no entry Other.ssd");
    }

    @Test
    void a_system_of_the_same_description_is_used_twice() throws Exception {
        String pack = "<ssd:System name=\"pack\" id=\"p\">" + INNER + "</ssd:System>"
                + nested("again", "definition", "#p", "");

        assertThat(good(temp, around(pack)).numbers())
                .containsOnlyKeys("/pack.cell/Capacity", "/pack.cell/Rise", "/again.cell/Capacity", "/again.cell/Rise");
        assertThat(refusal(temp, around(nested("pack", "definition", "#q", ""))).cause())
                .contains("no system with the id 'q'");
    }

    @Test
    void what_contains_itself_is_refused() throws Exception {
        String endless = "<ssd:System name=\"pack\" id=\"p\">" + elements(nested("a", "definition", "#p", ""), "")
                + "</ssd:System>";
        String many = "<ssd:System name=\"pack\" id=\"p\">"
                + elements(nested("a", "definition", "#p", "") + nested("b", "definition", "#p", ""), "")
                + "</ssd:System>";

        assertThat(refusal(temp, around(endless)).cause()).contains("deeper than 50");
        assertThat(refusal(temp, around(many)).cause()).contains("deeper than 50");
        assertThat(refusal(temp, around(nested("pack", "definition", "SystemStructure.ssd", "")))
                        .cause())
                .contains("deeper than 50");
    }

    /** Set by the cycler in one system, and read by the cell in another: mA to the entry's A, then as it is. */
    @Test
    void a_signal_dictionary_passes_on_what_is_put_in() throws Exception {
        String dictionary = "<ssd:SignalDictionaries><ssd:SignalDictionary name=\"bus\"><ssb:SignalDictionary"
                + " version=\"1.0\"><ssb:DictionaryEntry name=\"Current\"><ssc:Real unit=\"A\"/></ssb:DictionaryEntry>"
                + "<ssb:Units><ssc:Unit name=\"A\"><ssc:BaseUnit A=\"1\"/></ssc:Unit></ssb:Units>"
                + "</ssb:SignalDictionary></ssd:SignalDictionary></ssd:SignalDictionaries>";
        String reference = "<ssd:SignalDictionaryReference name=\"b\" dictionary=\"bus\"><ssd:Connectors>"
                + "<ssd:Connector name=\"Current\" kind=\"inout\"/></ssd:Connectors></ssd:SignalDictionaryReference>";
        String one = "<ssd:System name=\"one\">"
                + elements(component("cycler", "cycler", "") + reference, connection("b.Current", "cycler.Set"))
                + "</ssd:System>";
        String two = "<ssd:System name=\"two\">"
                + elements(component("cell", "cell", "") + reference, connection("cell.I", "b.Current"))
                + "</ssd:System>";

        assertThat(good(temp, ssd(dictionary + elements(one + two, ""))).connections())
                .containsExactly(new Connection("one.cycler", "Set", "two.cell", "I", 0.001, 0, false));
        assertThat(refusal(temp, ssd(elements(one + two, ""))).cause()).contains("'bus', which there is not");
        assertThat(refusal(temp, ssd(dictionary.replace("name=\"Current\"", "name=\"Other\"") + elements(one, "")))
                        .cause())
                .contains("no entry 'Current'");
    }

    @Test
    void versions_are_1_and_2_and_drafts_with_a_warning() throws Exception {
        String system = elements(component("cell", "cell", ""), "");

        assertThat(good(
                                temp,
                                ssd(
                                        "2.0",
                                        system,
                                        "<MetaData kind=\"quality\" type=\"x\"/><Signature role=\"authenticity\"/>"))
                        .findings())
                .isEmpty();
        assertThat(good(temp, ssd("2.0-beta.1", system, "")).findings())
                .extracting(Finding::code)
                .containsExactly("ssp.version");
        assertThat(refusal(temp, ssd("3.0", system, "")).cause()).contains("'3.0', not 1.0 or 2.0");
    }

    @Test
    void a_description_beside_its_files_is_read_too_and_its_default_experiment() throws Exception {
        Files.createDirectories(temp.resolve("own/resources"));
        Files.write(temp.resolve("own/resources/cell.fmu"), Ssp.fmu(temp, Ssp.CELL, Map.of()));
        Path file = Files.writeString(
                temp.resolve("own/my.ssd"),
                ssd(
                        "1.0",
                        elements(component("My cell", "cell", ""), ""),
                        "<ssd:DefaultExperiment xmlns:ssd=\"d\" stopTime=\"100\"/>"));

        StructureDescription system = SspFile.read(file, temp.resolve("run")).orThrow();

        assertThat(system.stopSeconds()).isEqualTo(100);
        assertThat(temp.resolve("run/My_cell.fmu")).exists();
        assertThat(system.findings()).extracting(Finding::code).containsExactly("ssp.renamed");
    }

    @Test
    void components_that_cannot_be_run_are_refused() throws Exception {
        assertThat(refusal(temp, around("<ssd:Component name=\"pack\"/>")).cause())
                .contains("'pack' has no source");
        assertThat(refusal(temp, around("<ssd:Component name=\"pack\" type=\"text/x-modelica\" source=\"\"/>"))
                        .cause())
                .contains("text/x-modelica");
        assertThat(refusal(
                                temp,
                                around(component("pack", "cell", "")
                                        .replace("source=", "implementation=\"ModelExchange\" source=")))
                        .cause())
                .contains("ModelExchange");
        assertThat(refusal(temp, around(component("pack", "cell", "").replace("cell.fmu", "map.txt")))
                        .cause())
                .contains("map.txt");
    }
}
