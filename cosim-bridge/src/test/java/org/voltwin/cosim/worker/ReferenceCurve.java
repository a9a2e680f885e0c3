package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A discharge from full under constant current, solved by a program of benchmarks/batteries with SciPy. */
record ReferenceCurve(List<double[]> points) {
    static ReferenceCurve read(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(ReferenceCurve.class.getResourceAsStream(name))) {
            return new ReferenceCurve(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .map(line -> line.split(","))
                    .map(parts -> new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])})
                    .toList());
        }
    }

    /** Volts between the curve and a model at 25 degC, at all points but the last, which lies off the sample grid. */
    double rootMeanSquare(Path models, Path work, double amperes) throws Exception {
        double interval = points.get(1)[0] - points.get(0)[0];
        int last = points.size() - 1;
        Rows rows = Rows.of(
                models,
                work,
                points.get(last - 1)[0],
                interval,
                Map.of("Current", List.of(amperes), "Cooling", List.of(1e6)));
        assertThat(rows.failure).isNull();
        double[] volts = rows.column("Cell_Voltage_01");
        int first = (int) Math.round(points.getFirst()[0] / interval);
        double squares = 0;
        for (int i = 0; i < last; i++) {
            double time = rows.rows.get(first + i).timeSeconds();
            assertThat(time).isCloseTo(points.get(i)[0], within(1e-5));
            squares += Math.pow(volts[first + i] - points.get(i)[1], 2);
        }
        assertThat(last).isGreaterThan(100);
        return Math.sqrt(squares / last);
    }
}
