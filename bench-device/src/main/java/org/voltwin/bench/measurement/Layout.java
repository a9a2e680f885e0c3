package org.voltwin.bench.measurement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.telemetry.Column;

/**
 * How the rows of a file are read.
 *
 * @param fieldCount number of fields a row must have
 * @param emptyTail number of empty fields more than that which a row may end with
 */
record Layout(
        MeasurementFormat format,
        char delimiter,
        int fieldCount,
        int emptyTail,
        List<Source> sources,
        List<Finding> findings) {
    Layout {
        sources = List.copyOf(sources);
        findings = List.copyOf(findings);
    }

    List<Column> columns() {
        return sources.stream().map(Source::column).toList();
    }

    /** The row's values, one per column. */
    List<@Nullable Double> row(Place place, String line) {
        List<String> fields = Fields.split(line, delimiter);
        boolean tail = fields.size() > fieldCount
                && fields.size() <= fieldCount + emptyTail
                && fields.subList(fieldCount, fields.size()).stream().allMatch(String::isBlank);
        if (fields.size() != fieldCount && !tail) {
            throw place.wrongFieldCount(fields.size(), fieldCount);
        }
        List<@Nullable Double> values = new ArrayList<>(sources.size());
        for (Source source : sources) {
            values.add(source.reading().read(place, fields));
        }
        return Collections.unmodifiableList(values);
    }

    boolean has(Predicate<Column> wanted) {
        return columns().stream().anyMatch(wanted);
    }
}
