package org.voltwin.cosim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.RefusedException;

/** What was written is read by Arrow's own reader. */
final class ArrowSinkTest {
    @TempDir
    private Path temp;

    private static final List<RowObserver.Signal> SIGNALS = List.of(
            new RowObserver.Signal("battery", "Cell_Voltage_01", "V"), new RowObserver.Signal("cycler", "Step", ""));

    private static double value(int row, int column) {
        return (row + column) % 7 == 0 ? Double.NaN : row * 0.1 + column;
    }

    /** None, one, a full batch, one more, and several. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 4096, 4097, 10_000})
    void rows_come_back_with_names_units_and_gaps(int rows) throws IOException {
        Path file = temp.resolve("rows.arrow");
        try (ArrowSink sink = new ArrowSink(file)) {
            sink.begin(SIGNALS);
            write(sink, 0, rows);
        }

        check(file, rows);
    }

    private static void write(ArrowSink sink, int from, int to) throws IOException {
        double[] values = new double[2];
        for (int row = from; row < to; row++) {
            values[0] = value(row, 0);
            values[1] = value(row, 1);
            sink.row(row * 2.5, values);
        }
    }

    private static void check(Path file, int rows) throws IOException {
        try (RootAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            var fields = reader.getVectorSchemaRoot().getSchema().getFields();
            assertThat(fields)
                    .extracting(field -> field.getName())
                    .containsExactly("Time", "/battery/Cell_Voltage_01", "/cycler/Step");
            assertThat(fields)
                    .extracting(field -> field.getMetadata().get("unit"))
                    .containsExactly("s", "V", "");
            int row = 0;
            while (reader.loadNextBatch()) {
                for (int i = 0; i < reader.getVectorSchemaRoot().getRowCount(); i++, row++) {
                    assertThat(((Float8Vector) reader.getVectorSchemaRoot().getVector(0)).get(i))
                            .isEqualTo(row * 2.5);
                    for (int column = 0; column < 2; column++) {
                        Float8Vector vector =
                                (Float8Vector) reader.getVectorSchemaRoot().getVector(column + 1);
                        double expected = value(row, column);
                        assertThat(vector.isNull(i)).isEqualTo(Double.isNaN(expected));
                        if (!vector.isNull(i)) {
                            assertThat(vector.get(i)).isEqualTo(expected);
                        }
                    }
                }
            }
            assertThat(row).isEqualTo(rows);
        }
    }

    /** Interrupted behind the checkpoint, with and without a footer; then gone on with. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, 5000})
    void a_file_is_gone_on_with_behind_the_rows_of_a_checkpoint(int before) throws IOException {
        Path file = temp.resolve("interrupted.arrow");
        try (ArrowSink sink = new ArrowSink(file)) {
            sink.begin(SIGNALS);
            write(sink, 0, before);
            sink.flush();
            write(sink, 0, 6000); // they were lost, or not: dropped
        }
        if (before % 2 == 0) {
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 777));
        }

        try (ArrowSink sink = new ArrowSink(file, before)) {
            sink.begin(SIGNALS);
            write(sink, before, 9000);
        }

        check(file, 9000);
    }

    @Test
    void other_signals_and_missing_rows_are_refused() throws IOException {
        Path file = temp.resolve("other.arrow");
        try (ArrowSink sink = new ArrowSink(file)) {
            sink.begin(SIGNALS);
            write(sink, 0, 10);
        }

        try (ArrowSink other = new ArrowSink(file, 10)) {
            assertThatThrownBy(() -> other.begin(SIGNALS.subList(0, 1))).isInstanceOf(IOException.class);
        }
        try (ArrowSink more = new ArrowSink(file, 11)) {
            assertThatThrownBy(() -> more.begin(SIGNALS)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> new ArrowSink(temp.resolve("none"), 5)).isInstanceOf(RefusedException.class);
    }

    @Test
    void a_run_that_did_not_begin_leaves_an_empty_file() throws IOException {
        Path file = temp.resolve("none.arrow");
        new ArrowSink(file).close();

        assertThat(file).isEmptyFile();
    }
}
