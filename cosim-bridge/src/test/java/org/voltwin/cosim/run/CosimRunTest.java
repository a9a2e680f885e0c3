package org.voltwin.cosim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.model.failure.Failure;

final class CosimRunTest {
    @TempDir
    private Path temp;

    @Test
    void a_current_profile_drives_a_battery() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("battery"));
        Files.copy(Fixtures.model(temp).resolve("battery.fmu"), folder.resolve("battery.fmu"));
        Files.writeString(folder.resolve("input.csv"), "Time [s],Current [A]\n0,-5\n60,0\n90,2.5\n");
        Files.writeString(folder.resolve("parameters.json"), "{\"/battery/Initial_SoC\": 0.5, \"New_Capacity\": 5}");

        CosimReport report = CosimRun.run(new CosimOptions(folder, 120, 1, Optional.empty()));

        assertThat(report.failure()).isNull();
        assertThat(report.rows()).isEqualTo(121);
        assertThat(report.realTimeFactor()).isPositive();
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        assertThat(lines.getFirst()).startsWith("Time [s],/battery/Cell_Voltage_01 [V],/battery/SoC [1]");
        double soc = Double.parseDouble(lines.getLast().split(",")[2]);
        assertThat(soc).isCloseTo(0.5 + (-5 * 60 + 2.5 * 30) / 3600 / 5, within(1e-12));
    }

    @Test
    void an_unknown_column_and_a_broken_folder_are_told() throws Exception {
        Path folder = Fixtures.model(temp);
        Files.writeString(folder.resolve("input.csv"), "Time,Curent\n0,1\n");

        assertThat(CosimRun.run(CosimOptions.of(folder)).failure())
                .extracting(Failure::code)
                .isEqualTo("stimulus.unknown_signal");
        Files.writeString(folder.resolve("connections.json"), "[]");
        CosimReport report = CosimRun.run(CosimOptions.of(folder));
        assertThat(report.failure()).extracting(Failure::code).isEqualTo("connections.malformed");
        assertThat(report.findings()).isNotEmpty();
    }
}
