package org.voltwin.cosim.worker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.json.Json;

/** Reads what {@link RowWriter} wrote, or what a model wrote between. */
final class WorkerLine {
    private static final TypeReference<List<RowObserver.Signal>> SIGNALS = new TypeReference<>() {};

    private WorkerLine() {}

    /** A line on the channel of the results that the worker has not written. */
    static final class ForeignException extends IOException {
        private static final long serialVersionUID = 1;
    }

    static List<RowObserver.Signal> signals(String text) throws ForeignException {
        return parsed(Json.mapper().readerFor(SIGNALS), text);
    }

    static <T> T json(String text, Class<T> type) throws ForeignException {
        return parsed(Json.mapper().readerFor(type), text);
    }

    private static <T> T parsed(ObjectReader reader, String text) throws ForeignException {
        try {
            return reader.readValue(text);
        } catch (JacksonException e) {
            throw new ForeignException();
        }
    }

    static long number(String text) throws ForeignException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ForeignException();
        }
    }

    /** A row from {@code from} on. A line that was cut off by the process's end is no row. */
    static Optional<RowObserver.Row> row(String line, long from) throws ForeignException {
        String[] words = line.split(" ");
        if (words.length < 5 || !words[words.length - 1].equals(RowWriter.END_OF_ROW)) {
            return Optional.empty();
        }
        try {
            long sequence = Long.parseLong(words[0]);
            if (sequence < from) {
                return Optional.empty();
            }
            double[] values = new double[words.length - 5];
            for (int i = 0; i < values.length; i++) {
                values[i] = Double.parseDouble(words[i + 4]);
            }
            return Optional.of(new RowObserver.Row(
                    sequence,
                    Integer.parseInt(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    values));
        } catch (NumberFormatException e) {
            throw new ForeignException();
        }
    }
}
