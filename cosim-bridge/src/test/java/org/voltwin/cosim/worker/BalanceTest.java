package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.model.json.Json;

/** What goes into a cell is stored in it or becomes heat; computed from the rows alone and the published potentials. */
final class BalanceTest {
    private static final double CLOSE = 1e-6;
    private static final double AMPERES = -5;

    @TempDir
    private Path temp;

    private Rows discharge() throws Exception {
        Map<String, List<Double>> parameters = new HashMap<>(Protocol.read(
                        Json.read("[[1,-5,-1,9000,2.5,-1,-1,0]]".getBytes(StandardCharsets.UTF_8), JsonNode.class)
                                .orThrow())
                .parameters());
        parameters.put("Initial_SoC", List.of(0.9));
        Rows rows = Rows.of(Fixtures.model(temp), temp.resolve("work"), 9000, 1, parameters);
        assertThat(rows.failure).isNull();
        return rows;
    }

    /** Joules that came out of the open-circuit voltage between two states of charge, by Simpson's rule. */
    private static double stored(double from, double to, double capacity) {
        int parts = 20_000;
        double h = (to - from) / parts;
        double sum = Cell.openCircuit(from) + Cell.openCircuit(to);
        for (int i = 1; i < parts; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * Cell.openCircuit(from + i * h);
        }
        return sum * h / 3 * capacity * 3600;
    }

    @Test
    void energy_is_conserved_and_the_cut_off_is_met() throws Exception {
        Rows rows = discharge();
        double[] volts = rows.column("Cell_Voltage_01");
        double[] soc = rows.column("SoC");
        double[] heat = rows.column("Heat");
        int first = 1; // at 0 s the current has not begun
        int last = volts.length - 1;
        double terminal = 0;
        for (int i = first + 1; i <= last; i++) {
            double seconds =
                    rows.rows.get(i).timeSeconds() - rows.rows.get(i - 1).timeSeconds();
            terminal += AMPERES * seconds * (volts[i] + volts[i - 1]) / 2;
        }
        double fromStore = stored(soc[first], soc[last], 5.1532);

        assertThat(volts[last]).isCloseTo(2.5, within(1e-4));
        assertThat(terminal).isLessThan(-5e4);
        assertThat(terminal).isCloseTo(fromStore + heat[last] - heat[first], within(CLOSE * -terminal));
    }

    @Test
    void the_summary_counts_charge_and_energy_as_the_rows_do() throws Exception {
        Rows rows = discharge();
        double[] volts = rows.column("Cell_Voltage_01");
        double[] soc = rows.column("SoC");
        double seconds = rows.rows.getLast().timeSeconds();

        double charge = rows.summary.get("dischargedAmpereHours");
        assertThat(charge).isCloseTo(-AMPERES * seconds / 3600, within(CLOSE * charge));
        assertThat(charge).isCloseTo((0.9 - soc[soc.length - 1]) * 5.1532, within(CLOSE * charge));
        double joules = -AMPERES * volts[1]; // the first second, at its end voltage
        for (int i = 2; i < volts.length; i++) {
            double step = rows.rows.get(i).timeSeconds() - rows.rows.get(i - 1).timeSeconds();
            joules -= AMPERES * step * (volts[i] + volts[i - 1]) / 2;
        }
        assertThat(rows.summary.get("dischargedWattHours") * 3600).isCloseTo(joules, within(CLOSE * joules));
    }
}
