package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.voltwin.cosim.ssp.Ssp.bindings;
import static org.voltwin.cosim.ssp.Ssp.bound;
import static org.voltwin.cosim.ssp.Ssp.component;
import static org.voltwin.cosim.ssp.Ssp.elements;
import static org.voltwin.cosim.ssp.Ssp.good;
import static org.voltwin.cosim.ssp.Ssp.real;
import static org.voltwin.cosim.ssp.Ssp.refusal;
import static org.voltwin.cosim.ssp.Ssp.ssd;
import static org.voltwin.cosim.ssp.Ssp.ssv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.model.port.ModelInspector.Finding;

/** Values of parameter sets: types, arrays, units, mappings. */
final class ParametersTest {
    private static final String UNITS = """
            <ssv:Units>
              <ssc:Unit name="mAh"><ssc:BaseUnit A="1" s="1" factor="3.6"/></ssc:Unit>
              <ssc:Unit name="K"><ssc:BaseUnit K="1"/></ssc:Unit>
            </ssv:Units>
            """;

    @TempDir
    private Path temp;

    private static String cell(String bindings) {
        return ssd("2.0", elements(component("cell", "cell", bindings), ""), "");
    }

    private static String parameter(String name, String content) {
        return "<ssv:Parameter name=\"" + name + "\">" + content + "</ssv:Parameter>";
    }

    private Map<String, List<Double>> numbers(String parameters) throws Exception {
        return good(temp, cell(bound(parameters))).numbers();
    }

    private static String inline(String parameters, String units, String mapping) {
        return bindings("<ssd:ParameterBinding><ssd:ParameterValues>" + ssv(parameters, units)
                + "</ssd:ParameterValues>" + mapping + "</ssd:ParameterBinding>");
    }

    private static String mapping(String entries) {
        return "<ssd:ParameterMapping><ssm:ParameterMapping version=\"1.0\">" + entries
                + "</ssm:ParameterMapping></ssd:ParameterMapping>";
    }

    private static String entry(String source, String target, String attributes, String content) {
        return "<ssm:MappingEntry source=\"" + source + "\" target=\"" + target + "\" " + attributes + ">" + content
                + "</ssm:MappingEntry>";
    }

    @Test
    void every_type_of_values_arrives() throws Exception {
        StructureDescription system = good(
                temp,
                cell(bound(parameter("Capacity", "<ssv:Float32 value=\"4.5\"/>")
                        + parameter("Cells", "<ssv:UInt16 value=\"3\"/>")
                        + parameter("Ageing", "<ssv:Boolean value=\"1\"/>")
                        + parameter("Maker", "<ssv:String value=\"größer &amp; Co\"/>")
                        + parameter("Kind", "<ssv:Enumeration value=\"LFP\"/>")
                        + parameter("SoC", "<ssv:Float64 value=\"0.5\"/>")
                        + parameter(
                                "R",
                                "<ssv:Float64 value=\"1 2.5&#10;3 4\"/><ssc:Dimension size=\"2\"/>"
                                        + "<ssc:Dimension size=\"2\"/>")
                        + parameter(
                                "Labels",
                                "<ssv:String><ssv:Value value=\"x y\"/><ssv:Value value=\"\"/>"
                                        + "</ssv:String><ssc:Dimension size=\"2\"/>"))));

        assertThat(system.numbers())
                .containsEntry("/cell/Capacity", List.of(4.5))
                .containsEntry("/cell/Cells", List.of(3.0))
                .containsEntry("/cell/Ageing", List.of(1.0))
                .containsEntry("/cell/Kind", List.of(9.0))
                .containsEntry("/cell/SoC", List.of(0.5))
                .containsEntry("/cell/R", List.of(1.0, 2.5, 3.0, 4.0))
                .hasSize(6);
        assertThat(system.texts())
                .containsEntry("/cell/Maker", List.of("größer & Co"))
                .containsEntry("/cell/Labels", List.of("x y", ""))
                .hasSize(2);
        assertThat(system.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Kind     | <ssv:Enumeration value="NiMH"/>   | ssp.parameter_mismatch | LFP, NMC
            Kind     | <ssv:Integer value="8"/>          | ssp.parameter_mismatch | 8.0
            Kind     | <ssv:String value="NMC"/>         | ssp.parameter_mismatch | ENUMERATION
            Maker    | <ssv:Real value="1"/>             | ssp.parameter_mismatch | STRING
            Cells    | <ssv:Real value="1.5"/>           | ssp.parameter_mismatch | 1.5
            Ageing   | <ssv:Integer value="2"/>          | ssp.parameter_mismatch | 2.0
            Capacity | <ssv:Int64 value="9007199254740993"/> | ssp.parameter_mismatch | 2^53
            Map      | <ssv:Binary value="00ff"/>        | ssp.unsupported        | binary
            Capacity | <ssv:Real value="1 2"/>           | ssp.malformed          | 2 values
            Capacity | <ssv:Real value=""/>              | ssp.malformed          | no value
            Capacity | <ssv:Real value="INF"/>           | ssp.malformed          | no number
            Capacity | <ssv:Real value="0x1p3"/>         | ssp.malformed          | no finite number
            Ageing   | <ssv:Boolean value="yes"/>        | ssp.malformed          | neither
            Capacity | <ssv:Quaternion value="1"/>       | ssp.malformed          | no value of a type
            R        | <ssv:Real value="1 2"/><ssc:Dimension size="3"/> | ssp.malformed | dimensions
            Labels   | <ssv:String value="a"><ssv:Value value="b"/></ssv:String> | ssp.malformed | both
            """)
    void what_does_not_fit_is_refused_with_the_reason(String name, String content, String code, String said)
            throws Exception {
        org.voltwin.model.failure.Failure failure = refusal(temp, cell(bound(parameter(name, content))));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.inOneLine()).contains(said, "system.ssp");
    }

    /** 5000 mAh are 5 Ah; 308.15 K are 35 degC; as a difference 10 K are 10 degC. */
    @Test
    void units_are_converted_into_those_of_the_fmu() throws Exception {
        Map<String, List<Double>> numbers = good(
                        temp,
                        cell(inline(
                                real("Capacity", "value=\"5000\" unit=\"mAh\"")
                                        + real("Ambient", "value=\"308.15\" unit=\"K\"")
                                        + real("Rise", "value=\"10\" unit=\"K\""),
                                UNITS,
                                "")))
                .numbers();

        assertThat(numbers.get("/cell/Capacity").getFirst()).isCloseTo(5, within(1e-12));
        assertThat(numbers.get("/cell/Ambient").getFirst()).isCloseTo(35, within(1e-9));
        assertThat(numbers.get("/cell/Rise")).containsExactly(10.0);
        assertThat(good(temp, cell(inline(real("SoC", "value=\"1\" unit=\"K\""), UNITS, "")))
                        .findings())
                .extracting(Finding::code)
                .containsExactly("ssp.unit_ignored");
        assertThat(refusal(temp, cell(inline(real("Capacity", "value=\"1\" unit=\"K\""), UNITS, "")))
                        .cause())
                .contains("'Capacity' is in 'K' but 'cell.Capacity' is in 'Ah'");
    }

    /** The unit first, then the transformation: 2 * 5 Ah + 1; without the first 2 * 5000 + 1. */
    @Test
    void mappings_transform_after_the_conversion_and_set_nothing_else() throws Exception {
        String line = "<ssc:LinearTransformation factor=\"2\" offset=\"1\"/>";
        String values = real("big", "value=\"5000\" unit=\"mAh\"") + real("Rise", "value=\"3\"");

        Map<String, List<Double>> converted = good(
                        temp, cell(inline(values, UNITS, mapping(entry("big", "Capacity", "", line)))))
                .numbers();
        Map<String, List<Double>> plain = good(
                        temp,
                        cell(inline(
                                values,
                                UNITS,
                                mapping(entry("big", "Capacity", "suppressUnitConversion=\"true\"", line)))))
                .numbers();

        assertThat(converted).containsOnlyKeys("/cell/Capacity");
        assertThat(converted.get("/cell/Capacity").getFirst()).isCloseTo(11, within(1e-12));
        assertThat(plain).containsExactly(Map.entry("/cell/Capacity", List.of(10_001.0)));
    }

    @Test
    void tables_map_truths_whole_numbers_and_items() throws Exception {
        String values = parameter("on", "<ssv:Boolean value=\"true\"/>")
                + parameter("count", "<ssv:Integer value=\"4\"/>")
                + parameter("other", "<ssv:Integer value=\"6\"/>")
                + parameter("kind", "<ssv:Enumeration value=\"iron\"/>");
        String wholes = "<ssc:IntegerMappingTransformation><ssc:MapEntry source=\"4\" target=\"8\"/>"
                + "</ssc:IntegerMappingTransformation>";

        Map<String, List<Double>> numbers = good(
                        temp,
                        cell(
                                inline(
                                        values,
                                        "",
                                        mapping(
                                                entry(
                                                                "on",
                                                                "Ageing",
                                                                "",
                                                                "<ssc:BooleanMappingTransformation><ssc:MapEntry source=\"true\""
                                                                        + " target=\"false\"/></ssc:BooleanMappingTransformation>")
                                                        + entry("count", "Cells", "", wholes)
                                                        + entry("other", "Capacity", "", wholes)
                                                        + entry(
                                                                "kind",
                                                                "Kind",
                                                                "",
                                                                "<ssc:EnumerationMappingTransformation><ssc:MapEntry source=\"iron\""
                                                                        + " target=\"LFP\"/></ssc:EnumerationMappingTransformation>")))))
                .numbers();

        assertThat(numbers)
                .containsEntry("/cell/Ageing", List.of(0.0))
                .containsEntry("/cell/Cells", List.of(8.0))
                .containsEntry("/cell/Capacity", List.of(6.0))
                .containsEntry("/cell/Kind", List.of(9.0));
        assertThat(refusal(temp, cell(inline(values, "", mapping(entry("on", "Ageing", "", wholes)))))
                        .cause())
                .contains("transformation of the kind integer");
    }

    @Test
    void two_parameters_for_one_target_are_refused() throws Exception {
        String values = real("a", "value=\"1\"") + real("b", "value=\"2\"");
        String both = mapping(entry("a", "Rise", "", "") + entry("b", "Rise", "", ""));

        assertThat(refusal(temp, cell(inline(values, "", both))).cause()).contains("two parameters to 'Rise'");
        assertThat(refusal(temp, cell(bound(values + values))).cause()).contains("two parameters 'a'");
    }

    @Test
    void what_matches_nothing_is_left_out_and_told() throws Exception {
        StructureDescription system =
                good(temp, cell(inline(real("Capcity", "value=\"1\"") + real("T", "value=\"2\""), "", "")));

        assertThat(system.numbers()).isEmpty();
        assertThat(system.findings()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.error()).isFalse();
            assertThat(finding.code()).isEqualTo("ssp.parameter_ignored");
        });
        assertThat(system.findings())
                .extracting(Finding::cause)
                .anyMatch(cause -> cause.contains("'Capcity' of 'cell'"));
    }

    @Test
    void a_name_may_be_an_alias() throws Exception {
        assertThat(numbers(real("Current", "value=\"-2\""))).containsExactly(Map.entry("/cell/I", List.of(-2.0)));
    }
}
