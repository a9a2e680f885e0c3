package org.voltwin.doe.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.doe.factors.Formula;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.model.quantity.Unit;

class CoordinateExchangeTest {
    /** Continuous D-optimal designs of the full quadratic on the square; 6 runs: Box and Draper, Biometrika 58 (1971). */
    @ParameterizedTest
    @CsvSource({"6,42.312", "7,45.029", "8,45.616", "9,46.224", "10,45.989"})
    void quadraticOnTheSquare(int runs, double efficiency) {
        List<StudyFactor> factors = factors(2);
        var problem =
                new ExchangeProblem(new Region(factors, List.of()), Model.quadratic(factors), runs, List.of(), -1);
        double loss = CoordinateExchange.search(problem, Criterion.D, 30, 1).loss();
        assertThat(100 * Math.exp(-loss) / runs).isGreaterThanOrEqualTo(efficiency - 5e-4);
    }

    @Test
    void tenFactorsQuadraticInEightyRuns() {
        List<StudyFactor> factors = factors(10);
        var problem = new ExchangeProblem(new Region(factors, List.of()), Model.quadratic(factors), 80, List.of(), -1);
        var found = CoordinateExchange.search(problem, Criterion.D, 20, 1);
        assertThat(100 * Math.exp(-found.loss()) / 80).isGreaterThan(40);
    }

    @Test
    void mainEffectsOfFourRunsAreOrthogonal() {
        List<StudyFactor> factors = factors(3);
        var problem = new ExchangeProblem(new Region(factors, List.of()), Model.main(factors), 4, List.of(), -1);
        assertThat(CoordinateExchange.search(problem, Criterion.D, 10, 1).loss())
                .isCloseTo(-Math.log(4), within(1e-9));
        assertThat(CoordinateExchange.search(problem, Criterion.A, 10, 1).loss())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void everyRunKeepsToTheConstraints() {
        List<StudyFactor> factors = factors(3);
        Region region = new Region(
                factors, List.of(Formula.parse("x0 + x1 * x2 <= 0.5", factors).orThrow()));
        var problem = new ExchangeProblem(region, Model.quadratic(factors), 14, List.of(), -1);
        for (Criterion criterion : Criterion.values()) {
            assertThat(CoordinateExchange.search(problem, criterion, 3, 4).points())
                    .hasSize(14)
                    .allMatch(region::holds);
        }
    }

    @Test
    void hardFactorsChangeOncePerWholePlot() {
        List<StudyFactor> factors = new ArrayList<>(factors(2));
        factors.add(new StudyFactor.Continuous("T", Unit.CELSIUS, 0, 40, 2, true));
        var problem =
                new ExchangeProblem(new Region(factors, List.of()), Model.interactions(factors), 16, List.of(), -1);
        var plots = SplitPlotExchange.search(problem, Criterion.D, 4, 1, 5, 1);
        assertThat(plots)
                .hasSize(4)
                .allSatisfy(plot ->
                        assertThat(plot.stream().map(p -> p[2]).distinct()).hasSize(1));
        assertThat(plots.stream().mapToInt(List::size).sum()).isEqualTo(16);
    }

    private static List<StudyFactor> factors(int number) {
        List<StudyFactor> factors = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            factors.add(new StudyFactor.Continuous("x" + i, Unit.FRACTION, -1, 1, 3, false));
        }
        return factors;
    }
}
