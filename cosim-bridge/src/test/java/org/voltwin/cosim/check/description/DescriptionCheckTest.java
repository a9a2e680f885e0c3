package org.voltwin.cosim.check.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.model.port.ModelInspector.Finding;

final class DescriptionCheckTest {
    private static final String TIME =
            "<Float64 name='time' valueReference='0' causality='independent' variability='continuous'/>";

    private static List<Finding> findings(String xml) {
        Findings findings = new Findings("x.fmu");
        DescriptionCheck.check(xml.getBytes(StandardCharsets.UTF_8), findings);
        return findings.list();
    }

    private static List<String> codes(String xml) {
        return findings(xml).stream().map(Finding::code).distinct().toList();
    }

    private static String third(String flags, String before, String variables, String structure) {
        return "<fmiModelDescription fmiVersion='3.0' modelName='M' instantiationToken='{t}'>"
                + "<CoSimulation modelIdentifier='m' " + flags + "/>" + before + "<ModelVariables>" + TIME + variables
                + "</ModelVariables><ModelStructure>" + structure + "</ModelStructure></fmiModelDescription>";
    }

    private static String third(String variables) {
        return third("", "", variables, "");
    }

    private static String second(String variables, String structure) {
        return "<fmiModelDescription fmiVersion='2.0' modelName='M' guid='{t}'><CoSimulation modelIdentifier='m'/>"
                + "<ModelVariables>" + variables + "</ModelVariables><ModelStructure>" + structure
                + "</ModelStructure></fmiModelDescription>";
    }

    @Test
    void sound_descriptions_of_both_versions_have_no_findings() {
        assertThat(findings(third(
                        "canGetAndSetFMUState='true' canSerializeFMUState='true'",
                        "<UnitDefinitions><Unit name='A'><BaseUnit A='1'/></Unit></UnitDefinitions>",
                        "<Float64 name='u' valueReference='1' causality='input' start='1' unit='A' min='0' max='2'/>"
                                + "<UInt64 name='n' valueReference='2' causality='structuralParameter' start='3'/>"
                                + "<Float64 name='y' valueReference='3' causality='output'><Dimension valueReference='2'/>"
                                + "</Float64><Int32 name='k' valueReference='4' causality='parameter' start='1'/>",
                        "<Output valueReference='3' dependencies='1' dependenciesKind='dependent'/>"
                                + "<InitialUnknown valueReference='3'/>")))
                .isEmpty();
        assertThat(
                        findings(
                                second(
                                        "<ScalarVariable name='p' valueReference='1' causality='parameter' variability='fixed'>"
                                                + "<Real start='1'/></ScalarVariable>"
                                                + "<ScalarVariable name='y' valueReference='1' causality='output' variability='discrete'>"
                                                + "<Integer/></ScalarVariable>",
                                        "<Outputs><Unknown index='2'/></Outputs><InitialUnknowns><Unknown index='2'/></InitialUnknowns>")))
                .isEmpty();
    }

    /** As in the Reference FMUs' history: 3.0-beta.4 called functions by other signatures. */
    @Test
    void a_draft_of_the_standard_is_said_to_be_one() {
        assertThat(codes(third("").replace("fmiVersion='3.0'", "fmiVersion='3.0-beta.4'")))
                .contains("description.draft");
    }

    @Test
    void breaches_of_the_schema_are_warnings_with_their_place() {
        List<Finding> findings = findings(third("\n<Float64 name='a' valueReference='1' unit2='x'/>"));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("description.schema");
            assertThat(finding.error()).isFalse();
            assertThat(finding.place()).startsWith("x.fmu: modelDescription.xml:2:");
            assertThat(finding.cause()).contains("unit2");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            description.duplicate_name      | <Float64 name='a' valueReference='1'/><Float64 name='a' valueReference='2'/>
            description.duplicate_reference | <Float64 name='a' valueReference='1'/><Float64 name='b' valueReference='1'/>
            description.combination         | <Float64 name='a' valueReference='1' causality='input' variability='fixed' start='1'/>
            description.combination         | <Int32 name='a' valueReference='1' variability='continuous'/>
            description.combination         | <Float64 name='a' valueReference='1' causality='parameter' initial='approx' start='1'/>
            description.start_missing       | <Float64 name='a' valueReference='1' causality='parameter'/>
            description.start_missing       | <Float64 name='a' valueReference='1' causality='input'/>
            description.start_forbidden     | <Float64 name='a' valueReference='1' initial='calculated' start='1'/>
            description.start_outside       | <Float64 name='a' valueReference='1' causality='parameter' start='3' max='2'/>
            description.limits              | <Float64 name='a' valueReference='1' min='3' max='2'/>
            description.nominal             | <Float64 name='a' valueReference='1' nominal='0'/>
            description.shape               | <Float64 name='a' valueReference='1' causality='parameter' start='1 2'><Dimension start='3'/></Float64>
            description.shape               | <Float64 name='a' valueReference='1'><Dimension start='99999'/><Dimension start='99999'/></Float64>
            description.dimension           | <Float64 name='a' valueReference='1'><Dimension valueReference='0'/></Float64>
            description.unit                | <Float64 name='a' valueReference='1' unit='furlong'/>
            description.declared_type       | <Float64 name='a' valueReference='1' declaredType='T'/>
            description.structure           | <Float64 name='a' valueReference='1' derivative='77'/>
            description.structure           | <Float64 name='a' valueReference='1' clocks='0'/>
            """)
    void rules_of_variables(String code, String variables) {
        assertThat(codes(third(variables))).containsExactly(code);
    }

    @Test
    void aliases_are_allowed_in_fmi_2_unless_both_can_be_set() {
        String variable = "<ScalarVariable name='%s' valueReference='1' causality='parameter' variability='fixed'>"
                + "<Real start='1'/></ScalarVariable>";

        assertThat(codes(second(variable.formatted("a") + variable.formatted("b"), "")))
                .containsExactly("description.duplicate_reference");
        assertThat(codes(second(
                        variable.formatted("a")
                                + "<ScalarVariable name='b' valueReference='1' variability='fixed'><Real/></ScalarVariable>",
                        "")))
                .isEmpty();
    }

    @Test
    void the_structure_lists_what_exists_and_all_outputs() {
        String variables = "<Float64 name='y' valueReference='3' causality='output'/>"
                + "<Float64 name='z' valueReference='4' causality='output'/><Float64 name='l' valueReference='5'/>";

        assertThat(findings(third("", "", variables, "<Output valueReference='5'/><Output valueReference='9'/>")))
                .extracting(Finding::cause)
                .anyMatch(cause -> cause.contains("'l', which is not an output"))
                .anyMatch(cause -> cause.contains("variable 9, which does not exist"))
                .anyMatch(cause -> cause.contains("outputs leaves out y, z"))
                .anyMatch(cause -> cause.contains("initial unknowns leaves out y, z"));
    }

    @Test
    void contradicting_flags_are_found() {
        assertThat(findings(third(
                        "canSerializeFMUState='true' canReturnEarlyAfterIntermediateUpdate='true'"
                                + " needsExecutionTool='true' fixedInternalStepSize='0'",
                        "<DefaultExperiment startTime='2' stopTime='1'/>",
                        "<Clock name='c' valueReference='1' intervalVariability='triggered'/>",
                        "")))
                .allSatisfy(finding -> assertThat(finding.category()).isEqualTo("contradictory-parameters"))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder(
                        "description.experiment",
                        "description.flags",
                        "description.flags",
                        "description.flags",
                        "description.flags",
                        "description.needs_tool");
    }

    @Test
    void what_cannot_be_used_is_an_error() {
        assertThat(codes("<fmiModelDescription")).containsExactly("fmu.malformed_description");
        assertThat(codes("<other/>")).containsExactly("fmu.malformed_description");
        assertThat(codes("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><fmiModelDescription>&e;"
                        + "</fmiModelDescription>"))
                .containsExactly("fmu.malformed_description");
        assertThat(codes("<fmiModelDescription fmiVersion='1.0'/>")).containsExactly("fmu.wrong_version");
        assertThat(codes(third("").replace("'m'", "'../m'"))).containsExactly("fmu.malformed_description");
        assertThat(codes(third("").replace("CoSimulation", "ModelExchange"))).containsExactly("fmu.not_cosimulation");
        assertThat(codes("<a>".repeat(5000))).containsExactly("fmu.malformed_description");
    }

    @Test
    void of_one_code_only_the_first_are_kept_and_texts_are_harmless() {
        StringBuilder variables = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            variables
                    .append("<Float64 name='v")
                    .append(i)
                    .append("&#x202E;' valueReference='")
                    .append(i)
                    .append("' unit='?'/>");
        }

        List<Finding> findings = findings(third(variables.toString()));

        assertThat(findings).hasSize(21);
        assertThat(findings.getLast().cause()).contains("80 more");
        assertThat(findings.getFirst().place()).doesNotContain("\u202E");
    }
}
