package org.voltwin.doe.linear;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Certified values: NIST Statistical Reference Datasets, linear regression. */
class LeastSquaresTest {
    private static double[][] table(String name) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(LeastSquaresTest.class.getResourceAsStream("/analysis/" + name + ".csv"))) {
            List<String> lines = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.matches("[-0-9].*"))
                    .toList();
            return lines.stream()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        }
    }

    private static void agrees(double[][] x, double[] y, double[] certified, double[] errors, double part) {
        LeastSquares squares = LeastSquares.of(x, certified.length, 0);
        double[] found = squares.coefficients(y);
        double[] rest = squares.residuals(y);
        double variance = Symmetric.dot(rest, rest) / (y.length - certified.length);
        double[][] inverse = squares.inverseGram();
        for (int j = 0; j < certified.length; j++) {
            assertThat(found[j]).isCloseTo(certified[j], within(part * Math.abs(certified[j])));
            assertThat(Math.sqrt(variance * inverse[j][j])).isCloseTo(errors[j], within(part * errors[j]));
        }
    }

    /** Six nearly dependent columns; ten digits are what doubles keep of the table. */
    @Test
    void longley() throws Exception {
        double[][] table = table("Longley");
        double[] y = Arrays.stream(table).mapToDouble(row -> row[0]).toArray();
        double[][] x = Arrays.stream(table)
                .map(row -> {
                    double[] line = row.clone();
                    line[0] = 1;
                    return line;
                })
                .toArray(double[][]::new);
        agrees(
                x,
                y,
                new double[] {
                    -3482258.63459582,
                    15.0618722713733,
                    -0.358191792925910e-01,
                    -2.02022980381683,
                    -1.03322686717359,
                    -0.511041056535807e-01,
                    1829.15146461355
                },
                new double[] {
                    890420.383607373,
                    84.9149257747669,
                    0.334910077722432e-01,
                    0.488399681651699,
                    0.214274163161675,
                    0.226073200069370,
                    455.478499142212
                },
                1e-9);
    }

    /** Powers to the tenth of unscaled values: the hardest of the collection, which many programs refuse. */
    @Test
    void filip() throws Exception {
        double[][] table = table("Filip");
        double[] y = Arrays.stream(table).mapToDouble(row -> row[0]).toArray();
        double[][] x = Arrays.stream(table)
                .map(row -> java.util.stream.IntStream.rangeClosed(0, 10)
                        .mapToDouble(p -> Math.pow(row[1], p))
                        .toArray())
                .toArray(double[][]::new);
        agrees(
                x,
                y,
                new double[] {
                    -1467.48961422980,
                    -2772.17959193342,
                    -2316.37108160893,
                    -1127.97394098372,
                    -354.478233703349,
                    -75.1242017393757,
                    -10.8753180355343,
                    -1.06221498588947,
                    -0.670191154593408e-01,
                    -0.246781078275479e-02,
                    -0.402962525080404e-04
                },
                new double[] {
                    298.084530995537,
                    559.779865474950,
                    466.477572127796,
                    227.204274477751,
                    71.6478660875927,
                    15.2897178747400,
                    2.23691159816033,
                    0.221624321934227,
                    0.142363763154724e-01,
                    0.535617408889821e-03,
                    0.896632837373868e-05
                },
                1e-6);
    }

    @Test
    void aColumnThatFollowsFromOthersIsLeftOutAndExplained() {
        double[][] x = {{1, 2, 4, 1}, {1, 3, 5, 0}, {1, 5, 7, 1}, {1, 1, 3, 5}, {1, 0, 2, 2}};
        LeastSquares squares = LeastSquares.of(x, 4, 1e-9);

        assertThat(squares.kept()).containsExactly(0, 1, 3);
        // The third is twice the first and once the second.
        assertThat(squares.dependence(2)[0]).isCloseTo(2, within(1e-12));
        assertThat(squares.dependence(2)[1]).isCloseTo(1, within(1e-12));
    }
}
