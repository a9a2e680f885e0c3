package org.voltwin.twin.updater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.TwinId;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.birth.BirthHandler;
import org.voltwin.twin.ditto.FakeTwins;
import org.voltwin.twin.store.ChargeMark;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.MemorySampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

final class TwinUpdaterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TwinId CELL = TwinId.of("org.voltwin:cell-1");
    private static final StreamKey STREAM = new StreamKey(CELL, "s");
    private static final List<Column> COLUMNS = List.of(
            new Column(Variables.TIME, Unit.SECOND, Direction.INPUT),
            new Column(Variables.CURRENT, Unit.AMPERE, Direction.INPUT),
            new Column(Variables.VOLTAGE, Unit.VOLT, Direction.OUTPUT));

    private final MemorySampleStore store = new MemorySampleStore();
    private final FakeTwins twins = new FakeTwins();
    private final Clock clock = Clock.systemUTC();
    private final List<TwinUpdater> started = new ArrayList<>();

    private TwinUpdater updater() {
        TwinUpdater updater =
                new TwinUpdater(store, twins, new BirthHandler(twins, clock), run -> Optional.empty(), clock);
        started.add(updater);
        return updater;
    }

    @AfterEach
    void close() {
        twins.setDown(false);
        started.forEach(TwinUpdater::close);
    }

    private void rows(TwinUpdater updater, long first, double[]... rows) {
        rows(updater, COLUMNS, first, rows);
    }

    private void rows(TwinUpdater updater, List<Column> columns, long first, double[]... rows) {
        InsideRows batch = new InsideRows(STREAM, null, "file", columns, first, List.of(rows), List.of(), null);
        StreamInfo stream = store.append(batch, clock.instant()).orThrow();
        updater.stored(batch, stream);
    }

    private double shown(String feature, String property) {
        JsonNode value = twins.properties(CELL, feature).path(property);
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }

    @Test
    void aHundredBatchesAreAFewMergesAndTheLastValuesAreExact() {
        TwinUpdater updater = updater();
        updater.start();
        for (int i = 0; i < 100; i++) {
            rows(updater, i, new double[] {i, 1, 3.7 + i * 1e-5});
        }

        await().atMost(PATIENCE).until(() -> shown("electrical", "voltageVolts") == 3.7 + 99 * 1e-5);

        assertThat(twins.merges().size()).isLessThanOrEqualTo(4);
        assertThat(shown("state", "testTimeSeconds")).isEqualTo(99);
        assertThat(shown("electrical", "powerWatts")).isEqualTo(3.7 + 99 * 1e-5);
        assertThat(shown("telemetry", "rows")).isEqualTo(100);
    }

    @Test
    void chargeIsCountedOnceAndNotAcrossAClockThatJumpsBack() {
        TwinUpdater updater = updater();
        updater.start();
        double[][] hour = {{0, 2, 3}, {1800, 2, 3}, {3600, 2, 3}};
        rows(updater, 0, hour);
        rows(updater, 0, hour);
        rows(updater, 3, new double[] {0, -2, 3}, new double[] {3600, -2, 3});

        // 2 A for an hour up, 2 A for an hour down; the jump back moves nothing
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown("state", "chargeThroughputAmpereHours"))
                        .isCloseTo(4.0, within(1e-9)));
    }

    @Test
    void anotherProcessGoesOnWithTheCount() {
        TwinUpdater first = updater();
        rows(first, 0, new double[] {0, 1, 3}, new double[] {3600, 1, 3});
        // killed before it could show or mark anything; a second process gets the next rows
        TwinUpdater second = updater();
        second.start();
        rows(second, 2, new double[] {7200, 1, 3.5});

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown("state", "chargeThroughputAmpereHours"))
                        .isCloseTo(2.0, within(1e-9)));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(store.stream(STREAM).orElseThrow().charge())
                                .isEqualTo(new ChargeMark(3, 2.0, 7200, 1)));

        TwinUpdater third = updater();
        third.start();
        rows(third, 3, new double[] {10_800, 1, 3.5});
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown("state", "chargeThroughputAmpereHours"))
                        .isCloseTo(3.0, within(1e-9)));
    }

    @Test
    void whatWasStoredBeforeACrashIsShownAfterIt() {
        rows(updater(), 0, new double[] {0, 1, 3}, new double[] {3600, 1, 3.25});

        TwinUpdater second = updater();
        second.start();

        await().atMost(PATIENCE).until(() -> shown("electrical", "voltageVolts") == 3.25);
        assertThat(shown("state", "chargeThroughputAmpereHours")).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void channelWhoseNameDittoDoesNotTakeIsShownUnderOneThatItTakes() {
        TwinUpdater updater = updater();
        updater.start();
        List<Column> columns = List.of(
                new Column(Variables.TIME, Unit.SECOND, Direction.INPUT),
                new Column("Aux/T1 \u00b0C", Unit.CELSIUS, Direction.OUTPUT));

        rows(updater, columns, 0, new double[] {0, 21.5});

        await().atMost(PATIENCE)
                .until(() -> twins.properties(CELL, "thermal")
                                .at("/temperaturesCelsius/Aux_T1 _C")
                                .asDouble()
                        == 21.5);
    }

    @Test
    void dittoAwayOnlyDelaysTheLastValues() {
        TwinUpdater updater = updater();
        twins.setDown(true);
        updater.start();
        rows(updater, 0, new double[] {0, 1, 3});
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        twins.setDown(false);

        await().atMost(PATIENCE).until(() -> shown("electrical", "voltageVolts") == 3);
    }
}
