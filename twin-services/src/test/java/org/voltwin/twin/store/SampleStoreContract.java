package org.voltwin.twin.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/** What every store of samples does; run against the fake and the real one. */
abstract class SampleStoreContract {
    protected static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
    private static final List<Column> COLUMNS = List.of(
            new Column(Variables.TIME, Unit.SECOND, Direction.INPUT),
            new Column(Variables.VOLTAGE, Unit.MILLIVOLT, Direction.OUTPUT),
            new Column("Aux #1", Unit.CELSIUS, Direction.OUTPUT));

    /** An empty store. */
    protected abstract SampleStore store() throws Exception;

    /** A stream nobody has used. */
    private static StreamKey key() {
        return new StreamKey(TwinId.of("org.voltwin:cell-" + UUID.randomUUID()), "a stream.with a dot");
    }

    private static InsideRows rows(StreamKey key, long first, int count, KeptAside... aside) {
        List<double[]> rows = new ArrayList<>();
        for (long n = first; n < first + count; n++) {
            rows.add(new double[] {n * 0.5, 3.7 + n * 1e-6, Double.NaN});
        }
        return new InsideRows(key, null, "contract", COLUMNS, first, rows, List.of(aside), null);
    }

    private static List<Long> sequences(SampleStore store, StreamKey key, long from, long to) {
        List<Long> sequences = new ArrayList<>();
        store.read(key, from, to, (sequence, values) -> {
            assertThat(values[0]).isEqualTo(sequence * 0.5);
            assertThat(values[1]).isEqualTo(3.7 + sequence * 1e-6);
            assertThat(values[2]).isNaN();
            return sequences.add(sequence);
        });
        return sequences;
    }

    @Test
    void keepsEveryRowOnceWhateverTheBatches() throws Exception {
        SampleStore store = store();
        StreamKey key = key();
        Random random = new Random(7);
        StreamInfo info = store.append(rows(key, 0, 1), NOW).orThrow();
        for (int i = 0; i < 60; i++) {
            info = store.append(rows(key, random.nextInt(1300), 1 + random.nextInt(200)), NOW.plusSeconds(i))
                    .orThrow();
        }
        for (int first = 0; first < 1600; first += 200) {
            info = store.append(rows(key, first, 200), NOW.plusSeconds(99)).orThrow();
        }

        assertThat(info.rows()).isEqualTo(1600);
        assertThat(store.stream(key).orElseThrow().rows()).isEqualTo(1600);
        assertThat(sequences(store, key, 0, Long.MAX_VALUE / 2))
                .hasSize(1600)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void readsARangeAndStopsWhenToldTo() throws Exception {
        SampleStore store = store();
        StreamKey key = key();
        store.append(rows(key, 0, 700), NOW).orThrow();

        assertThat(sequences(store, key, 498, 501)).containsExactly(498L, 499L, 500L, 501L);
        List<Long> some = new ArrayList<>();
        store.read(key, 0, 699, (sequence, values) -> some.add(sequence) && some.size() < 3);
        assertThat(some).containsExactly(0L, 1L, 2L);
    }

    @Test
    void refusesOtherColumnsAndLeavesTheStreamAsItIs() throws Exception {
        SampleStore store = store();
        StreamKey key = key();
        store.append(rows(key, 0, 3), NOW).orThrow();

        Outcome<StreamInfo> other = store.append(
                new InsideRows(key, null, "x", COLUMNS.subList(0, 1), 3, List.of(new double[] {1}), List.of(), null),
                NOW);

        assertThat(other)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo("samples.columns_changed"));
        assertThat(store.stream(key).orElseThrow().rows()).isEqualTo(3);
    }

    @Test
    void countsWhatIsKeptAsideOnce() throws Exception {
        SampleStore store = store();
        StreamKey key = key();
        KeptAside cold = new KeptAside(1, 2, -2501.7, "colder than absolute zero");
        KeptAside alsoCold = new KeptAside(501, 2, -2502, "colder than absolute zero");
        KeptAside hot = new KeptAside(2, 2, 4000, "hotter than 1500 degC");

        store.append(rows(key, 0, 400, cold, hot), NOW).orThrow();
        store.append(rows(key, 0, 600, cold, hot, alsoCold), NOW).orThrow();
        StreamInfo info =
                store.append(rows(key, 0, 600, cold, hot, alsoCold), NOW).orThrow();

        assertThat(info.keptAside()).isEqualTo(Map.of("colder than absolute zero", 2L, "hotter than 1500 degC", 1L));
    }

    @Test
    void rememberstheStreamsFacts() throws Exception {
        SampleStore store = store();
        StreamKey key = key();
        UUID run = UUID.randomUUID();
        store.append(new InsideRows(key, run, "bench", COLUMNS, 0, List.of(new double[] {0, 1, 2}), List.of(), 1L), NOW)
                .orThrow();
        store.markCharge(key, new ChargeMark(1, 0.5, 2, Double.NaN));

        StreamInfo info = store.stream(key).orElseThrow();

        assertThat(info.run()).isEqualTo(run);
        assertThat(info.source()).isEqualTo("bench");
        assertThat(info.columns()).isEqualTo(COLUMNS);
        assertThat(info.firstAt()).isEqualTo(NOW);
        assertThat(info.totalRows()).isEqualTo(1);
        assertThat(info.isComplete()).isTrue();
        assertThat(info.charge()).isEqualTo(new ChargeMark(1, 0.5, 2, Double.NaN));
        assertThat(store.streams(Optional.of(key.thing())))
                .extracting(StreamInfo::key)
                .containsExactly(key);
        assertThat(store.stream(key())).isEmpty();
    }

    @Test
    void allotsTheSameNumbersToTheSameMessage() throws Exception {
        SampleStore store = store();
        StreamKey key = key();

        assertThat(store.allot(key, "a", 10)).isZero();
        assertThat(store.allot(key, "b", 5)).isEqualTo(10);
        assertThat(store.allot(key, "a", 10)).isZero();
        StreamInfo info = store.append(rows(key, 0, 10), NOW).orThrow();
        assertThat(store.allot(key, "c", 1)).isEqualTo(15);
        assertThat(info.rows()).isEqualTo(10);
        assertThat(info.firstAt()).isEqualTo(NOW);
    }

    @Test
    void keepsRejectedMessagesLatestFirst() throws Exception {
        SampleStore store = store();
        Failure failure = Failure.permanent("message.not_json", "It is not JSON.", "Send JSON.");
        RejectedMessage older = new RejectedMessage(NOW, "lims broker", "a/b", failure, "no".getBytes(UTF_8));
        store.reject(older);
        store.reject(new RejectedMessage(NOW.plusSeconds(1), "lims broker", "a/b", failure, new byte[70_000]));

        assertThat(store.rejected(1)).hasSize(1);
        RejectedMessage found = store.rejected(10).get(1);
        assertThat(found.failure()).isEqualTo(failure);
        assertThat(found.payload()).isEqualTo(older.payload());
        assertThat(found.receivedAt()).isEqualTo(NOW);
        assertThat(store.isUp()).isTrue();
    }

    @Test
    void keepsAnExchangeOnce() throws Exception {
        SampleStore store = store();
        store.keepExchange("one", NOW, "t", Json.tree(Map.of("a.b", 1)));
        store.keepExchange("one", NOW, "t", Json.tree(Map.of("a.b", 2)));
    }
}
