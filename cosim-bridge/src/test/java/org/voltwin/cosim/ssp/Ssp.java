package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** Packages for tests: a description around a system, and FMUs of which there is only the description. */
final class Ssp {
    /** FMU with inputs, outputs and parameters of several types and units. */
    static final String CELL = """
            <fmiModelDescription fmiVersion="3.0" modelName="Cell" instantiationToken="{cell}">
              <CoSimulation modelIdentifier="cell"/>
              <UnitDefinitions>
                <Unit name="A"><BaseUnit A="1"/></Unit>
                <Unit name="degC"><BaseUnit K="1" offset="273.15"/></Unit>
                <Unit name="Ah"><BaseUnit A="1" s="1" factor="3600"/></Unit>
              </UnitDefinitions>
              <TypeDefinitions>
                <EnumerationType name="Chemistry"><Item name="NMC" value="7"/><Item name="LFP" value="9"/></EnumerationType>
              </TypeDefinitions>
              <ModelVariables>
                <Float64 name="time" valueReference="0" causality="independent"/>
                <Float64 name="I" valueReference="1" causality="input" unit="A" start="0"><Alias name="Current"/></Float64>
                <Float64 name="T" valueReference="2" causality="output" unit="degC"/>
                <Float64 name="Ambient" valueReference="3" causality="input" unit="degC" start="25"/>
                <Float64 name="Capacity" valueReference="4" causality="parameter" variability="fixed" unit="Ah" start="5"/>
                <Float64 name="Rise" valueReference="5" causality="parameter" variability="fixed" unit="degC" relativeQuantity="true" start="0"/>
                <UInt16 name="Cells" valueReference="6" causality="structuralParameter" variability="fixed" start="2"/>
                <Boolean name="Ageing" valueReference="7" causality="parameter" variability="fixed" start="false"/>
                <String name="Maker" valueReference="8" causality="parameter" variability="fixed"><Start value="none"/></String>
                <Enumeration name="Kind" valueReference="9" causality="parameter" variability="fixed" declaredType="Chemistry" start="7"/>
                <Float64 name="R" valueReference="10" causality="parameter" variability="fixed" start="1 2 3 4"><Dimension start="2"/><Dimension start="2"/></Float64>
                <String name="Labels" valueReference="11" causality="parameter" variability="fixed"><Dimension start="2"/><Start value="a"/><Start value="b"/></String>
                <Float64 name="SoC" valueReference="12" causality="output" initial="exact" start="1"/>
                <Float64 name="Heat" valueReference="13" causality="local"/>
                <Float64 name="Mass" valueReference="14" causality="calculatedParameter" variability="fixed"/>
                <Boolean name="Switch" valueReference="16" causality="input" start="false"/>
                <Binary name="Map" valueReference="15" causality="parameter" variability="fixed"/>
              </ModelVariables>
              <ModelStructure/>
            </fmiModelDescription>
            """;

    /** What drives a cell. */
    static final String CYCLER = """
            <fmiModelDescription fmiVersion="3.0" modelName="Cycler" instantiationToken="{cycler}">
              <CoSimulation modelIdentifier="cycler"/>
              <UnitDefinitions>
                <Unit name="mA"><BaseUnit A="1" factor="0.001"/></Unit>
                <Unit name="K"><BaseUnit K="1"/></Unit>
              </UnitDefinitions>
              <ModelVariables>
                <Float64 name="time" valueReference="0" causality="independent"/>
                <Float64 name="Set" valueReference="1" causality="output" unit="mA"/>
                <Float64 name="Chamber" valueReference="2" causality="output" unit="K"/>
                <Float64 name="Seen" valueReference="3" causality="input" unit="K" start="0"/>
                <Boolean name="On" valueReference="5" causality="output"/>
                <Float64 name="Limit" valueReference="4" causality="parameter" variability="fixed" unit="mA" start="1"/>
              </ModelVariables>
              <ModelStructure/>
            </fmiModelDescription>
            """;

    private Ssp() {}

    /** A description whose outermost system holds this. */
    static String ssd(String version, String system, String more) {
        return """
                <ssd:SystemStructureDescription xmlns:ssd="http://ssp-standard.org/SSP1/SystemStructureDescription"
                    xmlns:ssc="http://ssp-standard.org/SSP1/SystemStructureCommon"
                    xmlns:ssv="http://ssp-standard.org/SSP1/SystemStructureParameterValues"
                    xmlns:ssm="http://ssp-standard.org/SSP1/SystemStructureParameterMapping"
                    xmlns:ssb="http://ssp-standard.org/SSP1/SystemStructureSignalDictionary" version="%s" name="n">
                  <ssd:System name="bench">%s</ssd:System>%s
                </ssd:SystemStructureDescription>
                """.formatted(version, system, more);
    }

    static String ssd(String system) {
        return ssd("1.0", system, "");
    }

    /** A parameter set as a file of its own. */
    static String ssv(String parameters, String more) {
        return """
                <ssv:ParameterSet xmlns:ssv="http://ssp-standard.org/SSP1/SystemStructureParameterValues"
                    xmlns:ssc="http://ssp-standard.org/SSP1/SystemStructureCommon" version="1.0" name="p">
                  <ssv:Parameters>%s</ssv:Parameters>%s</ssv:ParameterSet>
                """.formatted(parameters, more);
    }

    /** Bindings with one parameter set in place. */
    static String bound(String parameters) {
        return bindings("<ssd:ParameterBinding><ssd:ParameterValues>" + ssv(parameters, "")
                + "</ssd:ParameterValues></ssd:ParameterBinding>");
    }

    static String bindings(String bindings) {
        return "<ssd:ParameterBindings>" + bindings + "</ssd:ParameterBindings>";
    }

    static String real(String name, String attributes) {
        return "<ssv:Parameter name=\"" + name + "\"><ssv:Real " + attributes + "/></ssv:Parameter>";
    }

    /** A component with the FMU of that name. */
    static String component(String name, String fmu, String content) {
        return "<ssd:Component name=\"" + name + "\" source=\"resources/" + fmu + ".fmu\">" + content
                + "</ssd:Component>";
    }

    /** Elements and connections of a system. */
    static String elements(String elements, String connections) {
        return "<ssd:Elements>" + elements + "</ssd:Elements><ssd:Connections>" + connections + "</ssd:Connections>";
    }

    /** A connection of {@code element.connector} to another; without a dot it is the system's own. */
    static String connection(String start, String end, String attributes, String content) {
        return "<ssd:Connection " + end("start", start) + end("end", end) + attributes + ">" + content
                + "</ssd:Connection>";
    }

    static String connection(String start, String end) {
        return connection(start, end, "", "");
    }

    private static String end(String which, String port) {
        int dot = port.lastIndexOf('.');
        return (dot < 0 ? "" : which + "Element=\"" + port.substring(0, dot) + "\" ") + which + "Connector=\""
                + port.substring(dot + 1) + "\" ";
    }

    static byte[] fmu(Path temp, String description, Map<String, String> more) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("modelDescription.xml", bytes(description));
        more.forEach((name, text) -> entries.put(name, bytes(text)));
        Path file = FmuFiles.write(temp.resolve("made.fmu"), entries);
        return java.nio.file.Files.readAllBytes(file);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A package with both FMUs among its resources. */
    static Path pack(Path temp, String ssd, Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("SystemStructure.ssd", bytes(ssd));
        entries.put(
                "resources/cell.fmu",
                fmu(temp, CELL, Map.of("resources/in.ssv", ssv(real("Capacity", "value=\"4\""), ""))));
        entries.put("resources/cycler.fmu", fmu(temp, CYCLER, Map.of()));
        entries.putAll(more);
        return FmuFiles.write(temp.resolve("system.ssp"), entries);
    }

    static Outcome<StructureDescription> read(Path temp, String ssd, Map<String, byte[]> more) throws IOException {
        return SspFile.read(pack(temp, ssd, more), temp.resolve("run"));
    }

    static StructureDescription good(Path temp, String ssd) throws IOException {
        return read(temp, ssd, Map.of()).orThrow();
    }

    /** What it is refused with. */
    static Failure refusal(Outcome<StructureDescription> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<StructureDescription>) outcome).failure();
    }

    static Failure refusal(Path temp, String ssd) throws IOException {
        return refusal(read(temp, ssd, Map.of()));
    }
}
