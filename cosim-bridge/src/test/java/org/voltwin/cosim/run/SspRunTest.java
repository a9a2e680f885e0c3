package org.voltwin.cosim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ModelInspector.Finding;

/** The same system as an SSP 2.0 package and as a folder with connections.json, parameters.json and procedure.json. */
final class SspRunTest {
    /** 10 A for half of it, a rest, and 4 A. */
    private static final String PROCEDURE = "[[1,-10,0,300,2.5,0,-1,0],[3,0,0,60,0,0,-1,0],[1,4,0,120,4.2,0,-1,0]]";

    /** Half of the current goes through the system's connector in mA; connections are written from either end. */
    private static final String DESCRIPTION = """
            <ssd:SystemStructureDescription xmlns:ssd="http://ssp-standard.org/SSP1/SystemStructureDescription"
                xmlns:ssc="http://ssp-standard.org/SSP1/SystemStructureCommon" version="2.0" name="bench">
              <ssd:System name="bench">
                <ssd:ParameterBindings>
                  <ssd:ParameterBinding source="resources/values.ssv"/>
                </ssd:ParameterBindings>
                <ssd:Elements>
                  <ssd:Component name="cycler" source="resources/cycler.fmu">
                    <ssd:Connectors><ssd:Connector name="Current_Profile" kind="output"/></ssd:Connectors>
                  </ssd:Component>
                  <ssd:Component name="watch" source="resources/watch.fmu"/>
                  <ssd:System name="pack">
                    <ssd:Connectors>
                      <ssd:Connector name="I" kind="input"><ssc:Float64 unit="mA"/></ssd:Connector>
                      <ssd:Connector name="V" kind="output"><ssc:Float64/></ssd:Connector>
                      <ssd:Connector name="T" kind="output"/>
                      <ssd:Connector name="Start_Temperature" kind="parameter"><ssc:Float64/></ssd:Connector>
                    </ssd:Connectors>
                    <ssd:Elements><ssd:Component name="battery" source="resources/battery.fmu"/></ssd:Elements>
                    <ssd:Connections>
                      <ssd:Connection startElement="battery" startConnector="Current" endConnector="I"/>
                      <ssd:Connection startConnector="V" endElement="battery" endConnector="Cell_Voltage_01"/>
                      <ssd:Connection startElement="battery" startConnector="Cell_Temperature_01" endConnector="T"/>
                      <ssd:Connection startElement="battery" startConnector="Initial_Temperature"
                          endConnector="Start_Temperature"/>
                    </ssd:Connections>
                  </ssd:System>
                </ssd:Elements>
                <ssd:Connections>
                  <ssd:Connection startElement="pack" startConnector="I" endElement="cycler"
                      endConnector="Current_Profile"><ssc:LinearTransformation factor="0.5"/></ssd:Connection>
                  <ssd:Connection startElement="pack" startConnector="V" endElement="cycler" endConnector="Cell_Voltage"/>
                  <ssd:Connection startElement="cycler" startConnector="Cell_Temperature" endElement="pack"
                      endConnector="T"/>
                  <ssd:Connection startElement="watch" startConnector="u" endElement="cycler"
                      endConnector="Current_Profile"/>
                </ssd:Connections>
              </ssd:System>
              <ssd:Units><ssc:Unit name="mA"><ssc:BaseUnit A="1" factor="0.001"/></ssc:Unit></ssd:Units>
            </ssd:SystemStructureDescription>
            """;

    private static final String VALUES = """
            <ssv:ParameterSet xmlns:ssv="http://ssp-standard.org/SSP1/SystemStructureParameterValues"
                xmlns:ssc="http://ssp-standard.org/SSP1/SystemStructureCommon" version="2.0" name="values">
              <ssv:Parameters>
                <ssv:Parameter name="pack.Start_Temperature"><ssv:Float64 value="303.15" unit="K"/></ssv:Parameter>
                <ssv:Parameter name="pack.battery.New_Capacity"><ssv:Real value="4800" unit="mAh"/></ssv:Parameter>
                <ssv:Parameter name="watch.x"><ssv:Real value="283.15" unit="K"/></ssv:Parameter>
                <ssv:Parameter name="watch.choice"><ssv:Enumeration value="other"/></ssv:Parameter>
                <ssv:Parameter name="watch.text"><ssv:String value="a charge counter"/></ssv:Parameter>
                <ssv:Parameter name="cycler.Colour"><ssv:Integer value="7"/></ssv:Parameter>
                @PROCEDURE@
              </ssv:Parameters>
              <ssv:Units>
                <ssc:Unit name="K"><ssc:BaseUnit K="1"/></ssc:Unit>
                <ssc:Unit name="mAh"><ssc:BaseUnit A="1" s="1" factor="3.6"/></ssc:Unit>
              </ssv:Units>
            </ssv:ParameterSet>
            """;

    @TempDir
    private Path temp;

    private Path system(Path cell, Path watch) throws Exception {
        StringBuilder procedure = new StringBuilder();
        Protocol.read(Json.read(
                                PROCEDURE.getBytes(StandardCharsets.UTF_8),
                                com.fasterxml.jackson.databind.JsonNode.class)
                        .orThrow())
                .parameters()
                .forEach((name, values) -> procedure.append("""
                        <ssv:Parameter name="cycler.%s"><ssv:Float64 value="%s"/><ssc:Dimension size="%d"/>
                        <ssc:Dimension size="8"/></ssv:Parameter>
                        """.formatted(
                                name,
                                values.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                                values.size() / 8)));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("SystemStructure.ssd", DESCRIPTION.getBytes(StandardCharsets.UTF_8));
        entries.put(
                "resources/values.ssv", VALUES.replace("@PROCEDURE@", procedure).getBytes(StandardCharsets.UTF_8));
        entries.put("resources/battery.fmu", Files.readAllBytes(cell.resolve("battery.fmu")));
        entries.put("resources/cycler.fmu", Files.readAllBytes(cell.resolve("cycler.fmu")));
        entries.put("resources/watch.fmu", Files.readAllBytes(watch));
        return FmuFiles.write(temp.resolve("bench.ssp"), entries);
    }

    /** 4800 mAh are 4.8 Ah, 303.15 K and 283.15 K as many degC, item "other" is 2. */
    private Path folder(Path cell, Path watch) throws Exception {
        Path folder = Files.createDirectories(temp.resolve("folder"));
        Files.copy(cell.resolve("battery.fmu"), folder.resolve("pack.battery.fmu"));
        Files.copy(cell.resolve("cycler.fmu"), folder.resolve("cycler.fmu"));
        Files.copy(watch, folder.resolve("watch.fmu"));
        Files.writeString(folder.resolve("procedure.json"), PROCEDURE);
        Files.writeString(
                folder.resolve("parameters.json"),
                "{\"/pack.battery/Initial_Temperature\": " + (303.15 - 273.15) + ", \"/pack.battery/New_Capacity\": "
                        + 4800 * (3.6 / 3600) + ", \"/watch/x\": " + (283.15 - 273.15)
                        + ", \"/watch/choice\": 2, \"/watch/text\": \"a charge counter\"}");
        Files.writeString(folder.resolve("connections.json"), """
                [{"OutSignalReference": "/cycler/Current_Profile", "InSignalReference": "/pack.battery/Current", "Factor": 0.5},
                 {"OutSignalReference": "/cycler/Current_Profile", "InSignalReference": "/watch/u"},
                 {"OutSignalReference": "/pack.battery/Cell_Voltage_01", "InSignalReference": "/cycler/Cell_Voltage"},
                 {"OutSignalReference": "/pack.battery/Cell_Temperature_01", "InSignalReference": "/cycler/Cell_Temperature"}]
                """);
        return folder;
    }

    private CosimReport run(Path model, String out) throws Exception {
        CosimReport report = CosimRun.run(new CosimOptions(model, 1000, 1, Optional.of(temp.resolve(out))));
        assertThat(report.failure()).isNull();
        return report;
    }

    @Test
    void a_package_runs_like_the_folder_that_says_the_same() throws Exception {
        Path cell = Fixtures.model(temp);
        Path watch = FmuFiles.second(temp.resolve("watch"));

        CosimReport report = run(system(cell, watch), "ssp.csv");
        run(folder(cell, watch), "folder.csv");

        List<String> rows = Files.readAllLines(temp.resolve("ssp.csv"));
        assertThat(rows)
                .isEqualTo(Files.readAllLines(temp.resolve("folder.csv")))
                .hasSizeGreaterThan(400);
        assertThat(report.findings())
                .filteredOn(finding -> finding.code().startsWith("ssp."))
                .extracting(Finding::cause)
                .containsExactly("Parameter 'cycler.Colour' of the system is set, but there is no variable and no"
                        + " connector of this name.");
        // gain 2, and 10000 mA out for 300 s, 4000 mA in for 120 s, from 10 degC on
        double counted = value(rows, "/watch/x [degC]");
        assertThat(counted)
                .isCloseTo(10 + 2 * (-10_000.0 * 300 + 4000 * 120), org.assertj.core.api.Assertions.within(1e-6));
        // half of the current, from a full cell of 4.8 Ah
        assertThat(value(rows, "/pack.battery/SoC [1]"))
                .isCloseTo(1 + (-5.0 * 300 + 2 * 120) / 3600 / 4.8, org.assertj.core.api.Assertions.within(1e-9));
    }

    private static double value(List<String> rows, String signal) {
        int column = List.of(rows.getFirst().split(",")).indexOf(signal);
        return Double.parseDouble(rows.getLast().split(",")[column]);
    }

    @Test
    void a_study_of_a_package_tells_what_it_left_out() throws Exception {
        Path design = Files.writeString(temp.resolve("design.csv"), "scenario,Initial_SoC\n1,0.9\n2,0.8\n");

        BatchReport report = BatchRun.run(
                new BatchOptions(
                        system(Fixtures.model(temp), FmuFiles.second(temp.resolve("watch"))),
                        design,
                        Optional.of(temp.resolve("batch.csv")),
                        5,
                        1,
                        1,
                        org.voltwin.cosim.worker.Stepping.USUAL),
                (done, all) -> {});

        assertThat(report.failure()).isNull();
        assertThat(report.completed()).isEqualTo(2);
        assertThat(report.findings()).extracting(Finding::code).contains("ssp.parameter_ignored");
    }
}
