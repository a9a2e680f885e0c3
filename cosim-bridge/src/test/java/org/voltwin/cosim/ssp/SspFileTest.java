package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.check.Connection;
import org.voltwin.model.failure.Outcome;

final class SspFileTest {
    /** A nested system whose connectors pass on, with a transformation on either side. */
    private static final String NESTED = """
            <ssd:SystemStructureDescription xmlns:ssd="http://ssp-standard.org/SSP1/SystemStructureDescription"
                xmlns:ssc="http://ssp-standard.org/SSP1/SystemStructureCommon"
                xmlns:ssv="http://ssp-standard.org/SSP1/SystemStructureParameterValues" version="1.0" name="n">
              <ssd:System name="bench">
                <ssd:ParameterBindings><ssd:ParameterBinding><ssd:ParameterValues>
                  <ssv:ParameterSet version="1.0" name="p"><ssv:Parameters>
                    <ssv:Parameter name="pack.cell.Initial_SoC"><ssv:Real value="0.5"/></ssv:Parameter>
                  </ssv:Parameters></ssv:ParameterSet>
                </ssd:ParameterValues></ssd:ParameterBinding></ssd:ParameterBindings>
                <ssd:Elements>
                  <ssd:Component name="cycler" source="resources/cycler.fmu"/>
                  <ssd:System name="pack">
                    <ssd:Elements>
                      <ssd:Component name="cell" source="resources/battery.fmu">
                        <ssd:ParameterBindings><ssd:ParameterBinding prefix=""><ssd:ParameterValues>
                          <ssv:ParameterSet version="1.0" name="p"><ssv:Parameters>
                            <ssv:Parameter name="Initial_SoC"><ssv:Real value="0.9"/></ssv:Parameter>
                            <ssv:Parameter name="Capacity"><ssv:Real value="5"/></ssv:Parameter>
                          </ssv:Parameters></ssv:ParameterSet>
                        </ssd:ParameterValues></ssd:ParameterBinding></ssd:ParameterBindings>
                      </ssd:Component>
                    </ssd:Elements>
                    <ssd:Connections>
                      <ssd:Connection startConnector="I" endElement="cell" endConnector="Current">
                        <ssc:LinearTransformation factor="0.5" offset="1"/></ssd:Connection>
                    </ssd:Connections>
                  </ssd:System>
                </ssd:Elements>
                <ssd:Connections>
                  <ssd:Connection startElement="cycler" startConnector="Current_Profile" endElement="pack"
                      endConnector="I" suppressUnitConversion="true">
                    <ssc:LinearTransformation factor="4" offset="2"/></ssd:Connection>
                </ssd:Connections>
              </ssd:System>
              <ssd:DefaultExperiment stopTime="100"/>
            </ssd:SystemStructureDescription>
            """;

    @TempDir
    private Path temp;

    private Outcome<StructureDescription> read(String text) throws Exception {
        return SspFile.read(Files.writeString(temp.resolve("system.ssd"), text, StandardCharsets.UTF_8));
    }

    @Test
    void nested_systems_become_flat_and_transformations_follow_each_other() throws Exception {
        StructureDescription system = read(NESTED).orThrow();

        assertThat(system.components()).containsOnlyKeys("cycler", "pack.cell");
        // 0.5 * (4 x + 2) + 1 = 2 x + 2
        assertThat(system.connections())
                .containsExactly(new Connection("cycler", "Current_Profile", "pack.cell", "Current", 2, 2, false));
        assertThat(system.stopSeconds()).isEqualTo(100);
    }

    @Test
    void a_binding_of_the_outer_system_wins() throws Exception {
        assertThat(read(NESTED).orThrow().parameters())
                .containsEntry("/pack.cell/Initial_SoC", List.of(0.5))
                .containsEntry("/pack.cell/Capacity", List.of(5.0));
    }

    @Test
    void sources_outside_and_external_entities_are_refused() throws Exception {
        Outcome<StructureDescription> entity =
                read("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + NESTED.replace("pack", "&e;"));
        assertThat(entity).isInstanceOf(Outcome.Refused.class);

        String outside = NESTED.replace("resources/cycler.fmu", "../cycler.fmu");
        StructureDescription system = read(outside).orThrow();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> SspFile.gather(temp.resolve("system.ssd"), system, temp.resolve("out")))
                .hasMessageContaining("../cycler.fmu");
    }

    /** Whatever a file holds, it is read or refused with a code; no other exception gets out. */
    @Test
    void damaged_files_are_read_or_refused() throws Exception {
        Random random = new Random(20261121);
        byte[] good = NESTED.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 400; round++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(6); k++) {
                int at = random.nextInt(bad.length);
                switch (random.nextInt(3)) {
                    case 0 -> bad[at] = (byte) random.nextInt(256);
                    case 1 -> bad = java.util.Arrays.copyOf(bad, Math.max(1, at));
                    default ->
                        System.arraycopy(good, random.nextInt(good.length / 2), bad, 0, Math.min(20, bad.length));
                }
            }
            Path file = Files.write(temp.resolve("bad.ssd"), bad);
            if (SspFile.read(file) instanceof Outcome.Refused<StructureDescription> refused) {
                assertThat(refused.failure().code()).isEqualTo("ssp.malformed");
                assertThat(refused.failure().cause()).isNotBlank();
            }
        }
    }

    @Test
    void connectors_that_lead_round_are_refused() throws Exception {
        String circle =
                NESTED.replace("endElement=\"cell\" endConnector=\"Current\"", "endElement=\"\" endConnector=\"I\"");
        assertThat(read(circle))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.failure().cause()).contains("circle"));
    }
}
