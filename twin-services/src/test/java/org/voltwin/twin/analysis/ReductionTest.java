package org.voltwin.twin.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReductionTest {
    private static List<Double> values(List<Reduction.Point> points) {
        return points.stream().map(Reduction.Point::value).toList();
    }

    @Test
    void aShortSeriesStaysAsItIs() {
        Reduction reduction = new Reduction(0, 3, 4);
        for (int i = 0; i < 4; i++) {
            reduction.add(i, i, i * i);
        }
        assertThat(values(reduction.points())).containsExactly(0.0, 1.0, 4.0, 9.0);
    }

    @Test
    void extremesFirstAndLastStayAndTheNumberIsKept() {
        int rows = 100_000;
        Reduction reduction = new Reduction(10, 10 + rows - 1, 1000);
        for (int i = 0; i < rows; i++) {
            double value = i == 54_321 ? 99 : i == 77_777 ? -99 : Math.sin(i / 1000.0);
            reduction.add(10 + i, i * 0.1, value);
        }

        List<Reduction.Point> points = reduction.points();

        assertThat(points.size()).isLessThanOrEqualTo(1000).isGreaterThan(500);
        assertThat(values(points)).contains(99.0, -99.0);
        assertThat(points.getFirst().sequence()).isEqualTo(10);
        assertThat(points.getLast().sequence()).isEqualTo(10 + rows - 1);
        assertThat(points).isSortedAccordingTo(java.util.Comparator.comparing(Reduction.Point::sequence));
    }

    @Test
    void orderIsThatOfTheRowsEvenWhenTheTimeJumpsBack() {
        Reduction reduction = new Reduction(0, 3, 10);
        double[] times = {0, 5, 0, 5};
        for (int i = 0; i < times.length; i++) {
            reduction.add(i, times[i], i);
        }
        reduction.add(4, 9, Double.NaN);
        assertThat(reduction.points()).extracting(Reduction.Point::time).containsExactly(0.0, 5.0, 0.0, 5.0);
    }
}
