package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.cosim.ssp.Ssp.component;
import static org.voltwin.cosim.ssp.Ssp.connection;
import static org.voltwin.cosim.ssp.Ssp.elements;
import static org.voltwin.cosim.ssp.Ssp.good;
import static org.voltwin.cosim.ssp.Ssp.refusal;
import static org.voltwin.cosim.ssp.Ssp.ssd;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.check.Connection;

/** Direction, units and transformations of connections. */
final class ConnectionsTest {
    private static final String BOTH = component("cycler", "cycler", "") + component("cell", "cell", "");
    private static final String LINEAR = "<ssc:LinearTransformation factor=\"4\" offset=\"2\"/>";

    @TempDir
    private Path temp;

    private Connection only(String elements, String connections) throws Exception {
        List<Connection> all = good(temp, ssd(elements(elements, connections))).connections();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static String pack(String connectors, String connections) {
        return component("cycler", "cycler", "") + "<ssd:System name=\"pack\">" + connectors
                + elements(component("cell", "cell", ""), connections) + "</ssd:System>";
    }

    private static String connectors(String name, String kind, String type) {
        return "<ssd:Connectors><ssd:Connector name=\"" + name + "\" kind=\"" + kind + "\">" + type
                + "</ssd:Connector></ssd:Connectors>";
    }

    /** 1 mA is 0.001 A: whichever end is called the start. */
    @ParameterizedTest
    @CsvSource({"cycler.Set, cell.I", "cell.I, cycler.Set", "cell.Current, cycler.Set"})
    void data_flows_from_the_output_whatever_the_start_is(String start, String end) throws Exception {
        Connection connection = only(BOTH, connection(start, end));

        assertThat(connection.fromFmu() + "." + connection.fromVariable()).isEqualTo("cycler.Set");
        assertThat(connection.toFmu()).isEqualTo("cell");
        assertThat(connection.factor()).isEqualTo(0.001);
        assertThat(connection.offset()).isZero();
        assertThat(connection.convertUnits()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "cycler.Set, cell.T, 'cycler.Set'",
        "cell.I, cycler.Seen, 'cell.I'",
        "cell.Mass, cycler.Set, 'cell.Mass'",
        "cell.Nothing, cycler.Other, either way",
        "cell.I, cell.I, none that SSP allows",
        "cell.I, other.x, no element"
    })
    void what_has_no_direction_is_refused_with_both_ends(String start, String end, String said) throws Exception {
        assertThat(refusal(temp, ssd(elements(BOTH, connection(start, end)))).cause())
                .contains(said);
    }

    @Test
    void a_declared_kind_must_not_contradict_the_fmu() throws Exception {
        String cell = component("cell", "cell", connectors("I", "output", ""));

        assertThat(refusal(
                                temp,
                                ssd(elements(
                                        component("cycler", "cycler", "") + cell, connection("cell.I", "cycler.Seen"))))
                        .cause())
                .contains("'cell.I' is declared as output")
                .contains("is input");
    }

    @Test
    void locals_drive_like_outputs_and_parameters_cannot_be_driven() throws Exception {
        assertThat(only(BOTH, connection("cycler.Seen", "cell.Heat")).fromVariable())
                .isEqualTo("Heat");
        assertThat(refusal(temp, ssd(elements(BOTH, connection("cell.Mass", "cycler.Limit"))))
                        .code())
                .isEqualTo("ssp.unsupported");
    }

    /** 0.5 * (4 x + 2) + 1 = 2 x + 2, and before all that mA become A. */
    @Test
    void ways_through_systems_become_one_line() throws Exception {
        String inner = connection("cell.I", "I", "", "<ssc:LinearTransformation factor=\"0.5\" offset=\"1\"/>");

        assertThat(only(pack("", inner), connection("cycler.Set", "pack.I", "", LINEAR)))
                .isEqualTo(new Connection("cycler", "Set", "pack.cell", "I", 0.002, 2, false));
        assertThat(only(pack("", inner), connection("pack.I", "cycler.Set", "suppressUnitConversion=\"true\"", LINEAR)))
                .isEqualTo(new Connection("cycler", "Set", "pack.cell", "I", 2, 2, false));
    }

    /** K at the chamber, degF declared at the system's connector, degC at the cell: 9/5 (K - 273.15) + 32 and back. */
    @Test
    void a_declared_unit_of_a_systems_connector_counts_between_the_two() throws Exception {
        String fahrenheit = "<ssd:Units xmlns:ssd=\"d\"><ssc:Unit name=\"degF\"><ssc:BaseUnit K=\"1\""
                + " factor=\"0.5555555555555556\" offset=\"255.3722222222222\"/></ssc:Unit></ssd:Units>";
        String plus =
                connection("Ambient", "cell.Ambient", "", "<ssc:LinearTransformation factor=\"1\" offset=\"1\"/>");
        String outer = connection(
                "cycler.Chamber", "pack.Ambient", "", "<ssc:LinearTransformation factor=\"1\" offset=\"18\"/>");
        String declared = connectors("Ambient", "input", "<ssc:Real unit=\"degF\"/>");

        Connection connection = good(temp, ssd("1.0", elements(pack(declared, plus), outer), fahrenheit))
                .connections()
                .getFirst();

        // 293.15 K are 20 degC; the 18 are degF, which is 10 K; then 1 K
        assertThat(connection.factor() * 293.15 + connection.offset())
                .isCloseTo(31, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void units_of_other_quantities_are_refused_with_both_names() throws Exception {
        assertThat(refusal(temp, ssd(elements(BOTH, connection("cell.I", "cycler.Chamber"))))
                        .cause())
                .contains("'cycler.Chamber' is in 'K' but 'cell.I' is in 'A'");
        String metre = "<ssd:Units xmlns:ssd=\"d\"><ssc:Unit name=\"m\"><ssc:BaseUnit m=\"1\"/></ssc:Unit></ssd:Units>";
        String cell = component("cell", "cell", connectors("I", "input", "<ssc:Real unit=\"m\"/>"));
        assertThat(refusal(
                                temp,
                                ssd(
                                        "1.0",
                                        elements(
                                                component("cycler", "cycler", "") + cell,
                                                connection(
                                                        "cell.I", "cycler.Set", "suppressUnitConversion=\"true\"", "")),
                                        metre))
                        .code())
                .isEqualTo("ssp.unit_mismatch");
    }

    @Test
    void what_the_coupling_cannot_express_is_refused() throws Exception {
        assertThat(refusal(temp, ssd(elements(BOTH, connection("cell.I", "cycler.Set", "endIndices=\"1\"", ""))))
                        .cause())
                .contains("'cell.I'", "'cycler.Set'", "single elements");
        String table = "<ssc:IntegerMappingTransformation><ssc:MapEntry source=\"1\" target=\"2\"/>"
                + "</ssc:IntegerMappingTransformation>";
        assertThat(refusal(temp, ssd(elements(BOTH, connection("cell.I", "cycler.Set", "", table))))
                        .cause())
                .contains("by a table");
        assertThat(refusal(temp, ssd(elements(BOTH, connection("cell.Switch", "cycler.On", "", LINEAR))))
                        .cause())
                .contains("transforms what is no number");
        assertThat(only(BOTH, connection("cell.Switch", "cycler.On")).factor()).isEqualTo(1);
        assertThat(refusal(temp, ssd(elements(BOTH, ""))).cause()).contains("Nothing connects");
    }

    @Test
    void a_systems_connector_is_driven_once() throws Exception {
        String twice = connection("cycler.Set", "pack.I") + connection("cycler.Chamber", "pack.I");

        assertThat(refusal(temp, ssd(elements(pack("", connection("I", "cell.I")), twice)))
                        .cause())
                .contains("'pack.I' is driven by 'cycler.Set' and by 'cycler.Chamber'");
    }
}
