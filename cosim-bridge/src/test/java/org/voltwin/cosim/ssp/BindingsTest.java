package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.voltwin.cosim.ssp.Ssp.bindings;
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
import static org.voltwin.cosim.ssp.Ssp.ssv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.port.ModelInspector.Finding;

/** Where parameters come from and whom they are for. */
final class BindingsTest {
    @TempDir
    private Path temp;

    private static String system(String name, String content) {
        return "<ssd:System name=\"" + name + "\">" + content + "</ssd:System>";
    }

    private static String cell(String bindings) {
        return ssd(elements(component("cell", "cell", bindings), ""));
    }

    private static String binding(String attributes, String content) {
        return bindings("<ssd:ParameterBinding " + attributes + ">" + content + "</ssd:ParameterBinding>");
    }

    /** Higher levels win, and of one level the later binding. */
    @Test
    void precedence_is_by_level_and_then_by_order() throws Exception {
        String inner = component(
                "cell",
                "cell",
                bound(real("Capacity", "value=\"1\"") + real("Rise", "value=\"1\"") + real("Ambient", "value=\"1\"")));
        String pack = system(
                "pack",
                bound(real("cell.Capacity", "value=\"2\"") + real("cell.Rise", "value=\"2\"")) + elements(inner, ""));
        String one = "<ssd:ParameterBinding><ssd:ParameterValues>" + ssv(real("pack.cell.Capacity", "value=\"3\""), "")
                + "</ssd:ParameterValues></ssd:ParameterBinding>";

        assertThat(good(temp, ssd(bindings(one + one.replace("\"3\"", "\"4\"")) + elements(pack, "")))
                        .numbers())
                .containsEntry("/pack.cell/Capacity", List.of(4.0))
                .containsEntry("/pack.cell/Rise", List.of(2.0))
                .containsEntry("/pack.cell/Ambient", List.of(1.0));
    }

    /** System A with a component "B.C" and a system B with a component C: both are meant by B.C.Capacity. */
    @Test
    void a_name_that_two_variables_have_sets_both() throws Exception {
        String both = component("pack.cell", "cell", "")
                + system(
                        "pack",
                        elements(
                                component("cell", "cell", "") + component("cycler", "cycler", ""),
                                connection("cell.I", "cycler.Set")));

        StructureDescription system =
                good(temp, ssd(bound(real("pack.cell.Capacity", "value=\"3\"")) + elements(both, "")));

        assertThat(system.numbers())
                .containsOnlyKeys("/pack.cell/Capacity", "/pack.cell-2/Capacity")
                .containsValue(List.of(3.0));
        assertThat(system.findings()).extracting(Finding::code).containsExactly("ssp.renamed");
    }

    /** 2 * 4000 mAh - 1 Ah are 7 Ah; the second cell takes the connector's own unit as it is. */
    @Test
    void a_systems_connector_hands_its_value_on() throws Exception {
        String connectors = "<ssd:Connectors><ssd:Connector name=\"SP1\" kind=\"parameter\"><ssc:Real unit=\"mAh\"/>"
                + "</ssd:Connector></ssd:Connectors>";
        String pack = system(
                "pack",
                connectors
                        + elements(
                                component("cell", "cell", "") + component("other", "cell", ""),
                                connection(
                                                "SP1",
                                                "cell.Capacity",
                                                "",
                                                "<ssc:LinearTransformation factor=\"2\" offset=\"-1\"/>")
                                        + connection("other.Rise", "SP1", "suppressUnitConversion=\"1\"", "")
                                        + connection("cell.T", "other.Ambient")));
        String units =
                "<ssd:Units xmlns:ssd=\"d\"><ssc:Unit name=\"mAh\"><ssc:BaseUnit A=\"1\" s=\"1\" factor=\"3.6\"/></ssc:Unit></ssd:Units>";

        Map<String, List<Double>> numbers = good(
                        temp, ssd("2.0", bound(real("pack.SP1", "value=\"4000\"")) + elements(pack, ""), units))
                .numbers();

        assertThat(numbers).containsOnlyKeys("/pack.cell/Capacity", "/pack.other/Rise");
        assertThat(numbers.get("/pack.cell/Capacity").getFirst()).isCloseTo(7, within(1e-12));
        assertThat(numbers.get("/pack.other/Rise")).containsExactly(4000.0);
    }

    @Test
    void a_connector_that_leads_nowhere_is_told() throws Exception {
        String connectors = "<ssd:Connectors><ssd:Connector name=\"SP1\" kind=\"parameter\"/></ssd:Connectors>";

        assertThat(good(
                                temp,
                                ssd(connectors
                                        + bound(real("SP1", "value=\"4\""))
                                        + elements(component("cell", "cell", ""), "")))
                        .findings())
                .extracting(Finding::cause)
                .containsExactly(
                        "Parameter 'SP1' of the system is set, but no variable that can be set is behind that name.");
    }

    @Test
    void sets_and_mappings_come_from_files_beside_the_description_or_inside_the_fmu() throws Exception {
        String beside = binding("source=\"./my%20values.ssv\"", "");
        String inside = binding("source=\"resources/in.ssv\" sourceBase=\"component\"", "");
        String mapped = binding("source=\"my%20values.ssv\"", "<ssd:ParameterMapping source=\"resources/map.ssm\"/>");
        Map<String, byte[]> more = Map.of(
                "my values.ssv", bytes(ssv(real("Capacity", "value=\"3\""), "")),
                "resources/map.ssm",
                        bytes("<m:ParameterMapping xmlns:m=\"m\" version=\"1.0\"><m:MappingEntry source=\"Capacity\""
                                + " target=\"Rise\"/></m:ParameterMapping>"));

        assertThat(read(temp, cell(beside), more).orThrow().numbers()).containsEntry("/cell/Capacity", List.of(3.0));
        assertThat(read(temp, cell(inside), more).orThrow().numbers()).containsEntry("/cell/Capacity", List.of(4.0));
        assertThat(read(temp, cell(mapped), more).orThrow().numbers())
                .containsExactly(Map.entry("/cell/Rise", List.of(3.0)));
    }

    /** The prefix is put before the names first, so mappings name their sources with it. */
    @Test
    void a_prefix_comes_before_the_mapping() throws Exception {
        String values = "<ssd:ParameterValues>" + ssv(real("Capacity", "value=\"3\""), "") + "</ssd:ParameterValues>";
        String map = "<ssd:ParameterMapping><m:ParameterMapping xmlns:m=\"m\" version=\"1.0\"><m:MappingEntry"
                + " source=\"cell.Capacity\" target=\"cell.Rise\"/></m:ParameterMapping></ssd:ParameterMapping>";
        String system = elements(component("cell", "cell", ""), "");

        assertThat(good(temp, ssd(binding("prefix=\"cell.\"", values) + system)).numbers())
                .containsOnlyKeys("/cell/Capacity");
        assertThat(good(temp, ssd(binding("prefix=\"cell.\"", values + map) + system))
                        .numbers())
                .containsOnlyKeys("/cell/Rise");
        assertThat(good(temp, ssd(binding("", values + map) + system)).findings())
                .extracting(Finding::cause)
                .containsExactly(
                        "It maps 'cell.Capacity' to 'cell.Rise', but the ParameterSet of the system has no such"
                                + " parameter.");
    }

    @Test
    void other_forms_of_parameters_are_refused() throws Exception {
        assertThat(refusal(temp, cell(binding("type=\"text/csv\" source=\"a.csv\"", "")))
                        .code())
                .isEqualTo("ssp.unsupported");
        assertThat(refusal(temp, ssd(binding("source=\"a.ssv\" sourceBase=\"component\"", "") + elements("", "")))
                        .cause())
                .contains("the system is no component");
        assertThat(refusal(temp, cell(binding("source=\"a.ssv\"", ""))).cause()).contains("There is no entry a.ssv");
        assertThat(refusal(temp, cell(binding("source=\"resources/cell.fmu\"", "")))
                        .cause())
                .contains("not well-formed");
        assertThat(refusal(temp, cell(binding("", ""))).cause()).contains("no source and 0 elements");
    }
}
