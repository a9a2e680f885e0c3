package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.Fixtures;

/** The solid-state cell against benchmarks/batteries/solid_reference.py, and against the figures it is made of. */
final class SolidModelTest {
    @TempDir
    private Path temp;

    private Path cell() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("cell"));
        Path exchange = Fixtures.model(temp).getParent().getParent().getParent();
        Files.copy(
                exchange.resolve("solid-state/physics-based/LlzoNmc811_1.0.1/battery.fmu"),
                folder.resolve("battery.fmu"));
        return folder;
    }

    @ParameterizedTest
    @CsvSource({"solid-c10.csv,-0.5", "solid-c3.csv,-1.6666666666666667"})
    void a_discharge_at_25_degrees_agrees_with_scipy(String name, double current) throws Exception {
        assertThat(ReferenceCurve.read(name).rootMeanSquare(cell(), temp.resolve("work"), current))
                .isLessThan(0.5e-3);
    }

    /** 4e-4 S/cm and 0.3 eV: at 0 degC the garnet conducts exp(-0.3 eV/k (1/273.15 - 1/298.15)) of that. */
    @Test
    void cold_makes_the_electrolyte_resist_as_its_activation_energy_says() throws Exception {
        Path cell = cell();
        double[] ohms = new double[2];
        for (int i = 0; i < 2; i++) {
            double celsius = i == 0 ? 25 : 0;
            Rows thick = Rows.of(cell, temp.resolve("work"), 1, 1, parameters(celsius, 1e-3));
            Rows thin = Rows.of(cell, temp.resolve("work"), 1, 1, parameters(celsius, 0.5e-3));
            ohms[i] = thick.column("Internal_Resistance")[0] - thin.column("Internal_Resistance")[0];
        }
        assertThat(ohms[0]).isCloseTo(0.5e-3 / 0.04 / (0.065 * 1.58), within(1e-9));
        double electronvolts = 0.3 / 8.617333262e-5;
        assertThat(ohms[1] / ohms[0]).isCloseTo(Math.exp(electronvolts * (1 / 273.15 - 1 / 298.15)), within(1e-3));
    }

    private static Map<String, List<Double>> parameters(double celsius, double thickness) {
        return Map.of(
                "Thickness", List.of(thickness),
                "Initial_SoC", List.of(0.5),
                "Initial_Temperature", List.of(celsius),
                "Ambient_Temperature", List.of(celsius));
    }
}
