package org.voltwin.cosim.fmu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voltwin.cosim.fmu.ModelVariable.Type;
import org.voltwin.model.failure.Outcome;

final class DescriptionReaderTest {
    private static Outcome<ModelDescription> read(String xml) {
        return DescriptionReader.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** FMI 3.0 with these variables. */
    private static Outcome<ModelDescription> third(String variables) {
        return read("""
                <fmiModelDescription fmiVersion="3.0" modelName="M" instantiationToken="t">
                  <CoSimulation modelIdentifier="m"/>
                  <ModelVariables>%s</ModelVariables>
                </fmiModelDescription>
                """.formatted(variables));
    }

    private static String cause(Outcome<ModelDescription> outcome) {
        return switch (outcome) {
            case Outcome.Ok<ModelDescription> ok ->
                "nothing wrong with " + ok.value().modelName();
            case Outcome.Refused<ModelDescription> refused ->
                refused.failure().code() + ": " + refused.failure().cause();
        };
    }

    @Test
    void fmi_2_is_read_with_its_own_names() throws Exception {
        ModelDescription second =
                read(Files.readString(Path.of("src/test/c/second.xml"))).orThrow();

        assertThat(second.version()).isEqualTo(FmiVersion.V2);
        assertThat(second.token()).isEqualTo("{second}");
        assertThat(second.libraryPath()).isEqualTo("binaries/linux64/second.so");
        assertThat(second.capabilities())
                .isEqualTo(new Capabilities(true, true, true, true, false, false, false, false, true, true));
        assertThat(second.variable("u").orElseThrow().unit()).isEqualTo("mA"); // by its declared type
        assertThat(second.variable("x").orElseThrow().unit()).isEqualTo("degC");
        assertThat(second.variable("choice").orElseThrow().type()).isEqualTo(Type.ENUMERATION);
        assertThat(second.variable("text").orElseThrow().start()).containsExactly("text of the model");
        assertThat(second.variable("x_again").orElseThrow().causality()).isEqualTo("local");
    }

    @Test
    void fmi_3_is_read_with_types_arrays_aliases_and_clocks() throws Exception {
        ModelDescription third = read(FmuFiles.thirdDescription()).orThrow();

        assertThat(third.variables()).extracting(ModelVariable::type).contains(Type.values());
        assertThat(third.variable("UInt64_input").orElseThrow().size()).isEqualTo(2);
        assertThat(third.variable("x_again").orElseThrow().name()).isEqualTo("x");
        assertThat(third.variable("x").orElseThrow().unit()).isEqualTo("degC");
        assertThat(third.variable("n").orElseThrow().isStructural()).isTrue();
        assertThat(third.variable("periodic").orElseThrow().clock()).isEqualTo(new ClockTiming("constant", 0.1, 0.1));
        assertThat(third.capabilities().eventMode()).isTrue();
    }

    @Test
    void structural_parameters_change_sizes() throws Exception {
        ModelDescription third = read(FmuFiles.thirdDescription()).orThrow().withStructure(Map.of(2L, 5L));

        assertThat(third.variable("Int8_output").orElseThrow().size()).isEqualTo(5);
    }

    @Test
    void a_list_of_start_values_makes_no_array_and_no_size() {
        assertThat(third("""
                <Float64 name="a" valueReference="1" start="1 2 3"/>
                """).orThrow().variable("a").orElseThrow().size()).isEqualTo(1);
        assertThat(cause(third("""
                <UInt64 name="n" valueReference="1" causality="parameter" variability="fixed" start="3"/>
                <Float64 name="a" valueReference="2"><Dimension valueReference="1"/></Float64>
                """))).contains("array 'a' a size that is not known");
    }

    @Test
    void an_array_may_come_before_the_parameter_that_sizes_it() {
        ModelDescription description = third("""
                <Float64 name="a" valueReference="2"><Dimension start="4"/><Dimension valueReference="1"/></Float64>
                <UInt64 name="n" valueReference="1" causality="structuralParameter" variability="fixed" start="3"/>
                """).orThrow();

        assertThat(description.variable("a").orElseThrow().size()).isEqualTo(12);
    }

    @Test
    void arrays_that_are_too_large_are_refused() {
        assertThat(cause(third("""
                <Float64 name="a" valueReference="2"><Dimension start="1000"/><Dimension start="1001"/></Float64>
                """))).contains("array 'a'").contains("larger than 1000000");
    }

    @Test
    void a_value_reference_may_be_shared_in_fmi_2_only() {
        assertThat(cause(third("""
                <Float64 name="a" valueReference="1"/>
                <Int32 name="b" valueReference="1"/>
                """)))
                .startsWith("fmu.malformed_description")
                .contains("'a' and 'b' the same value reference 1");
    }

    @Test
    void names_are_unique_aliases_included() {
        assertThat(cause(third("""
                <Float64 name="a" valueReference="1"><Alias name="c"/></Float64>
                <Int32 name="c" valueReference="2"/>
                """))).contains("two variables named 'c'");
    }

    @Test
    void annotations_and_unknown_elements_do_not_matter() {
        assertThat(cause(read("""
                <fmiModelDescription fmiVersion="2.0" modelName="M" guid="t">
                  <CoSimulation modelIdentifier="m"><SourceFiles><File name="a.c"/></SourceFiles></CoSimulation>
                  <VendorAnnotations><Tool name="x"><a><b>text</b></a></Tool></VendorAnnotations>
                  <ModelVariables>
                    <ScalarVariable name="r" valueReference="1"><Annotations><Tool name="x"/></Annotations><Real/></ScalarVariable>
                  </ModelVariables>
                </fmiModelDescription>
                """))).isEqualTo("nothing wrong with M");
    }

    @Test
    void what_is_not_well_formed_is_refused_with_the_line() {
        assertThat(cause(read("<fmiModelDescription fmiVersion=\"2.0\">\n<ModelVariables>\n</fmiModelDescription>")))
                .contains("line 3");
        assertThat(cause(third("<Float64 name=\"a\" valueReference=\"1\"/>"))).isEqualTo("nothing wrong with M");
        assertThat(cause(read("<a>".repeat(200) + "</a>".repeat(200)))).contains("begins with <a>");
        String deep = "<x>".repeat(5000) + "</x>".repeat(5000);
        assertThat(cause(third("<Float64 name=\"a\" valueReference=\"1\">" + deep + "</Float64>")))
                .contains("depth");
    }
}
