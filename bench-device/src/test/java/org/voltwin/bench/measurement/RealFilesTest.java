package org.voltwin.bench.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.telemetry.Column;

/** Whole published files. The expected figures were computed from the files by a Python script, not by this code. */
final class RealFilesTest {
    private static final Path DATA = Path.of(System.getProperty("voltwin.shared", "/work/shared"), "data");

    @TempDir
    private Path folder;

    @Test
    void sintefRateTest() {
        Figures figures = read("SINTEF_SLPBA_rate.bdf.csv", Optional.empty(), "Current_Profile");

        assertThat(figures.rows).isEqualTo(13_086);
        assertThat(figures.jumpsBack).isEqualTo(19);
        assertThat(figures.sum).isCloseTo(-4534.311, within(1e-6));
        assertThat(figures.lastTime).isEqualTo(125_628.17);
    }

    @Test
    void dlrPseudoOcv() {
        Figures figures = read("DLR_POCV_Basytec.bdf.csv", Optional.empty(), "Cell_Voltage_01");

        assertThat(figures.rows).isEqualTo(39_193);
        assertThat(figures.jumpsBack).isZero();
        assertThat(figures.sum).isCloseTo(8468.275800016876, within(1e-6));
        assertThat(figures.lastTime).isEqualTo(1_334_177_673.9095995);
    }

    @Test
    void maccorText() {
        Figures figures = read("cellpy_maccor_M50_0degC.txt", Optional.empty(), "Current_Profile");

        assertThat(figures.rows).isEqualTo(6_704);
        assertThat(figures.sum).isCloseTo(-1762.23072, within(1e-6));
        assertThat(figures.lastTime).isEqualTo(2 * 86_400 + 2 * 3_600 + 52 * 60 + 51.5699996948242);
    }

    @Test
    void arbinExcerpt() {
        Figures figures = read("beep_TCcontact_CH33.csv", Optional.empty(), "Cell_Voltage_01");

        assertThat(figures.rows).isEqualTo(287);
        assertThat(figures.sum).isCloseTo(978.6578431129456, within(1e-6));
        assertThat(figures.findings)
                .extracting(Finding::text)
                .contains("Column Cycle has no value in 287 of 287 rows.");
    }

    @Test
    void genericTable() throws Exception {
        Path mapping = Files.writeString(folder.resolve("uw.json"), """
                {"columns": [
                  {"from": "Time [s]", "name": "Time", "unit": "s"},
                  {"from": "Current [A]", "name": "Current_Profile", "unit": "A", "factor": -1, "direction": "input"}]}
                """);

        Figures figures = read("uwmaddash_LiPo5450_CRate1_Cycle17.csv", Optional.of(mapping), "Current_Profile");

        assertThat(figures.rows).isEqualTo(7_148);
        assertThat(figures.sum).isCloseTo(-41.948730000123085, within(1e-6));
    }

    private static Figures read(String name, Optional<Path> mapping, String summed) {
        Path path = DATA.resolve(name);
        assumeTrue(Files.isReadable(path), () -> path + " is not there: set -Dvoltwin.shared");
        try (MeasurementFile file =
                MeasurementFile.open(path, Optional.empty(), mapping).orThrow()) {
            List<String> names = file.columns().stream().map(Column::name).toList();
            Figures figures = new Figures();
            for (List<Double> row = file.next(); row != null; row = file.next()) {
                double time = row.get(names.indexOf("Time"));
                figures.jumpsBack += time < figures.lastTime ? 1 : 0;
                figures.lastTime = time;
                figures.sum += row.get(names.indexOf(summed));
            }
            figures.rows = file.rows();
            figures.findings = file.findings();
            return figures;
        }
    }

    private static final class Figures {
        private long rows;
        private int jumpsBack;
        private double sum;
        private double lastTime;
        private List<Finding> findings = List.of();
    }
}
