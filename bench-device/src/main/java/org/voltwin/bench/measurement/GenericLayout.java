package org.voltwin.bench.measurement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;

/** Any table with a header and a {@link ColumnMapping}. */
final class GenericLayout {
    private GenericLayout() {}

    static Layout read(Path file, LineReader lines, Path mappingFile) {
        ColumnMapping mapping = ColumnMapping.read(mappingFile).orThrow();
        String delimiterText = mapping.delimiter();
        char delimiter = delimiterText == null ? ',' : delimiterText.charAt(0);
        Integer skip = mapping.skipLines();
        LineReader.@Nullable Line header = lines.next();
        for (int i = 0; i < (skip == null ? 0 : skip); i++) {
            header = lines.next();
        }
        if (header == null) {
            throw Place.refusal(
                    file, "measurement.no_header", "there is no header.", "Check skipLines of the mapping file.");
        }
        List<String> names = Fields.split(header.text(), delimiter).stream()
                .map(String::strip)
                .toList();
        List<Source> sources = new ArrayList<>();
        for (ColumnMapping.Mapped mapped : mapping.columns()) {
            int index = names.indexOf(mapped.from());
            if (index < 0) {
                throw new Place(file, header.number())
                        .refusal(
                                "measurement.no_such_column",
                                "there is no column '" + mapped.from() + "'; there are " + names + ".",
                                "Correct the mapping file " + mappingFile.getFileName() + ".");
            }
            Direction direction = mapped.direction();
            Double factor = mapped.factor();
            sources.add(Source.number(
                    new Column(mapped.name(), mapped.unit(), direction == null ? Direction.OUTPUT : direction),
                    mapped.from(),
                    index,
                    factor == null ? 1 : factor));
        }
        return new Layout(MeasurementFormat.GENERIC, delimiter, names.size(), 0, sources, List.of());
    }
}
