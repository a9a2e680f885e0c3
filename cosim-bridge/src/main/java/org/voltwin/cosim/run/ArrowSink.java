package org.voltwin.cosim.run;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Rows as an Arrow IPC file (Arrow columnar format 1.5, "IPC File Format"): a 64-bit float column per signal, null where
 * there is no value, the unit as metadata {@code unit}. The metadata messages are Arrow's own classes; the body of a
 * batch is numbers, which need no library (ADR 22).
 */
final class ArrowSink implements RowSink {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_PER_BATCH = 4096;
    private static final int ALIGNMENT = 8;

    private final FileChannel file;
    /** Rows that are in the file from an interrupted run. */
    private final long rowsBefore;

    private final List<ArrowBatch> batches = new ArrayList<>();
    private List<RowObserver.Signal> signals = List.of();
    private double[][] columns = new double[0][];
    private int filled;

    ArrowSink(Path path) throws IOException {
        file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        rowsBefore = 0;
    }

    /** Goes on with a file after its first rows; later ones are dropped. */
    ArrowSink(Path path, long rows) throws IOException {
        if (rows < 1 || !Files.isRegularFile(path)) {
            throw missing(path, rows);
        }
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        rowsBefore = rows;
    }

    private static RefusedException missing(Path path, long rows) {
        return new RefusedException(Failure.permanent(
                "checkpoint.results_missing",
                "The results in " + path + " do not reach to the checkpoint, which was made after " + rows + " rows.",
                "Name the results file of the run that was interrupted, or start without the checkpoint."));
    }

    @Override
    public void begin(List<RowObserver.Signal> kept) throws IOException {
        signals = List.copyOf(kept);
        columns = new double[kept.size() + 1][ROWS_PER_BATCH];
        ByteBuffer head = head();
        if (rowsBefore == 0) {
            write(head);
            return;
        }
        Optional<List<ArrowBatch>> found =
                ArrowBatch.read(file, 0, head.remaining()).equals(head)
                        ? ArrowBatch.first(file, head.remaining(), rowsBefore)
                        : Optional.empty();
        if (found.isEmpty()) {
            columns = new double[0][]; // closing leaves the file as it is
            throw new IOException("the Arrow file of the interrupted run has other signals, or not its first "
                    + rowsBefore + " rows");
        }
        batches.addAll(found.get());
        file.truncate(batches.getLast().end()).position(batches.getLast().end());
    }

    /** The file's beginning: its mark and the schema. */
    private ByteBuffer head() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        ByteBuffer schema = message(builder, MessageHeader.Schema, schema(builder), 0);
        return ByteBuffer.allocate(ALIGNMENT + schema.remaining())
                .put(MAGIC)
                .position(ALIGNMENT)
                .put(schema)
                .rewind();
    }

    @Override
    public void row(double timeSeconds, double[] values) throws IOException {
        columns[0][filled] = timeSeconds;
        for (int i = 0; i < values.length; i++) {
            columns[i + 1][filled] = values[i];
        }
        if (++filled == ROWS_PER_BATCH) {
            batch();
        }
    }

    private int schema(FlatBufferBuilder builder) {
        int[] fields = new int[columns.length];
        fields[0] = field(builder, "Time", "s");
        for (int i = 0; i < signals.size(); i++) {
            RowObserver.Signal signal = signals.get(i);
            fields[i + 1] = field(builder, "/" + signal.fmu() + "/" + signal.name(), signal.unit());
        }
        return Schema.createSchema(builder, Endianness.Little, Schema.createFieldsVector(builder, fields), 0, 0);
    }

    private static int field(FlatBufferBuilder builder, String name, String unit) {
        int label = builder.createString(name);
        int[] pair = {KeyValue.createKeyValue(builder, builder.createString("unit"), builder.createString(unit))};
        int metadata = Field.createCustomMetadataVector(builder, pair);
        int children = Field.createChildrenVector(builder, new int[0]);
        int type = FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
        return Field.createField(builder, label, true, Type.FloatingPoint, type, 0, children, metadata);
    }

    /** A message's metadata with its prefix. */
    private static ByteBuffer message(FlatBufferBuilder builder, byte kind, int header, long bodyBytes) {
        Message.finishMessageBuffer(
                builder, Message.createMessage(builder, MetadataVersion.V5, kind, header, bodyBytes, 0));
        ByteBuffer metadata = builder.dataBuffer();
        int padded = padded(metadata.remaining());
        ByteBuffer all = little(2 * Integer.BYTES + padded);
        all.putInt(ArrowBatch.CONTINUES).putInt(padded).put(metadata);
        return all.rewind();
    }

    private static int padded(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private void batch() throws IOException {
        if (filled == 0) {
            return;
        }
        int bitmap = padded((filled + 7) / 8);
        int data = filled * Double.BYTES;
        long body = (long) columns.length * (bitmap + data);
        FlatBufferBuilder builder = new FlatBufferBuilder();
        RecordBatch.startBuffersVector(builder, 2 * columns.length);
        for (int i = columns.length - 1; i >= 0; i--) { // vectors of structures are written from their end
            long begin = (long) i * (bitmap + data);
            Buffer.createBuffer(builder, begin + bitmap, data);
            Buffer.createBuffer(builder, begin, bitmap);
        }
        int buffers = builder.endVector();
        RecordBatch.startNodesVector(builder, columns.length);
        for (int i = columns.length - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, filled, nulls(columns[i]));
        }
        int nodes = builder.endVector();
        int header = RecordBatch.createRecordBatch(builder, filled, nodes, buffers, 0, 0);
        long offset = file.position();
        ByteBuffer metadata = message(builder, MessageHeader.RecordBatch, header, body);
        batches.add(new ArrowBatch(offset, metadata.remaining(), body, filled));
        write(metadata);
        for (double[] column : columns) {
            ByteBuffer bytes = little(bitmap + data);
            for (int i = 0; i < filled; i++) {
                if (!Double.isNaN(column[i])) {
                    bytes.put(i / 8, (byte) (bytes.get(i / 8) | 1 << i % 8));
                }
                bytes.putDouble(bitmap + i * Double.BYTES, column[i]);
            }
            write(bytes);
        }
        filled = 0;
    }

    private long nulls(double[] column) {
        long nulls = 0;
        for (int i = 0; i < filled; i++) {
            nulls += Double.isNaN(column[i]) ? 1 : 0;
        }
        return nulls;
    }

    /** Ends a batch, so that a run that goes on from here finds its rows. */
    @Override
    public void flush() throws IOException {
        batch();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (columns.length == 0) {
                return; // the run did not begin
            }
            batch();
            write(little(2 * Integer.BYTES)
                    .putInt(ArrowBatch.CONTINUES)
                    .putInt(0)
                    .rewind());
            FlatBufferBuilder builder = new FlatBufferBuilder();
            int schema = schema(builder);
            Footer.startDictionariesVector(builder, 0);
            int dictionaries = builder.endVector();
            Footer.startRecordBatchesVector(builder, batches.size());
            for (ArrowBatch batch : batches.reversed()) {
                Block.createBlock(builder, batch.offset(), batch.metadataBytes(), batch.bodyBytes());
            }
            int blocks = builder.endVector();
            Footer.finishFooterBuffer(
                    builder, Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, blocks, 0));
            ByteBuffer footer = builder.dataBuffer();
            int size = footer.remaining();
            write(footer);
            write(little(Integer.BYTES + MAGIC.length).putInt(size).put(MAGIC).rewind());
        }
    }
}
