package org.voltwin.cosim.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.port.ModelInspector.Finding;

final class FolderInspectorTest {
    @TempDir
    private Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void install() throws IOException {
        folder = Fixtures.model(temp);
    }

    private List<Finding> connections(String json) throws IOException {
        Files.writeString(folder.resolve("connections.json"), json);
        return new FolderInspector().inspectFolder(folder.toString());
    }

    private static List<String> errors(List<Finding> findings) {
        return findings.stream().filter(Finding::error).map(Finding::code).toList();
    }

    private static String link(String in, String out) {
        return "{\"InSignalReference\": \"" + in + "\", \"OutSignalReference\": \"" + out + "\"}";
    }

    @Test
    void the_built_in_model_has_no_findings() {
        assertThat(new FolderInspector().inspectFolder(folder.toString())).isEmpty();
    }

    @Test
    void an_unknown_signal_is_named_with_similar_ones() throws IOException {
        List<Finding> findings = connections("[" + link("/cycler/Cell_Voltage", "/battery/Cell_Volatge_01") + "]");

        Finding error = findings.stream().filter(Finding::error).findFirst().orElseThrow();
        assertThat(error.code()).isEqualTo("connections.unknown_signal");
        assertThat(error.category()).isEqualTo("interconnection");
        assertThat(error.cause()).contains("Cell_Volatge_01").contains("Maybe 'Cell_Voltage_01'");
    }

    @Test
    void both_forms_of_references_and_wrappings_are_taken() throws IOException {
        Files.delete(folder.resolve("connections.json"));
        Files.writeString(
                folder.resolve("inter_connection.json"),
                "{\"Project\": {\"Connections\": [{\"Connection\": "
                        + link(" battery/Current/Current ", "/cycler/ Current_Profile") + "}]}}");

        FolderInspector.Inspection inspection = new FolderInspector().inspect(folder);

        assertThat(errors(inspection.findings())).isEmpty();
        assertThat(inspection.connections())
                .containsExactly(new Connection("cycler", "Current_Profile", "battery", "Current", 1, 0, false));
        assertThat(inspection.findings()).extracting(Finding::code).contains("connections.unconnected_input");
    }

    @Test
    void mistakes_in_connections_are_told_apart() throws IOException {
        assertThat(errors(connections("not json"))).containsExactly("connections.malformed");
        assertThat(errors(connections("[]"))).containsExactly("connections.malformed");
        assertThat(errors(connections("[{\"InSignalReference\": \"/battery/Current\"}]")))
                .containsExactly("connections.malformed");
        assertThat(errors(connections("[" + link("/batery/Current", "/cycler/Current_Profile") + "]")))
                .containsExactly("connections.unknown_fmu");
        assertThat(errors(connections("[" + link("/battery/SoC", "/cycler/Current_Profile") + "]")))
                .containsExactly("connections.not_an_input");
        assertThat(errors(connections("[" + link("/cycler/SoC", "/battery/Cell_Voltage_01") + "]")))
                .containsExactly("connections.unit_mismatch");
        assertThat(errors(connections("[" + link("/battery/Current", "/cycler/Step") + "]")))
                .isEmpty(); // a whole number may drive a real one
        String twice = link("/battery/Current", "/cycler/Current_Profile");
        assertThat(errors(connections("[" + twice + "," + twice + "]"))).containsExactly("connections.driven_twice");
    }

    @Test
    void a_unit_of_the_same_quantity_is_taken_and_an_unknown_one_refused() throws IOException {
        Map<String, byte[]> entries = FmuFiles.read(folder.resolve("battery.fmu"));
        String xml = new String(entries.get("modelDescription.xml"), StandardCharsets.UTF_8);
        String voltage =
                "name=\"Cell_Voltage_01\" valueReference=\"3\" causality=\"output\" variability=\"continuous\" unit=";
        assertThat(xml).contains(voltage + "\"V\"");
        for (Map.Entry<String, List<String>> expected : Map.of(
                        "mV", List.<String>of(), "furlong", List.of("connections.unknown_unit"))
                .entrySet()) {
            entries.put(
                    "modelDescription.xml",
                    xml.replace(voltage + "\"V\"", voltage + "\"" + expected.getKey() + "\"")
                            .getBytes(StandardCharsets.UTF_8));
            FmuFiles.write(folder.resolve("battery.fmu"), entries);
            assertThat(errors(new FolderInspector().inspectFolder(folder.toString())))
                    .isEqualTo(expected.getValue());
        }
    }

    @Test
    void folders_without_models_or_connections_are_refused() throws IOException {
        Files.delete(folder.resolve("connections.json"));
        assertThat(errors(new FolderInspector().inspectFolder(folder.toString())))
                .containsExactly("connections.missing");
        assertThat(errors(new FolderInspector().inspectFolder(temp.toString()))).containsExactly("fmu.missing");
        assertThat(errors(FmuCheck.check(List.of(folder, temp.resolve("no.fmu")))))
                .containsExactly("connections.missing", "fmu.missing");
    }
}
