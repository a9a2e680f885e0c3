package org.voltwin.bench.measurement;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which format a file has. */
final class Layouts {
    /** A header may come after some lines about the test. */
    private static final int HEADER_WITHIN = 30;

    private Layouts() {}

    static Layout detect(Path file, LineReader lines, Optional<MeasurementFormat> wanted, Optional<Path> mapping) {
        MeasurementFormat format =
                wanted.orElseGet(() -> mapping.isPresent() ? MeasurementFormat.GENERIC : guess(file, lines));
        return switch (format) {
            case BDF -> BdfLayout.read(file, lines);
            case MACCOR -> MaccorLayout.read(file, lines);
            case ARBIN -> ArbinLayout.read(file, lines);
            case GENERIC ->
                GenericLayout.read(
                        file,
                        lines,
                        mapping.orElseThrow(() -> Place.refusal(
                                file,
                                "measurement.no_mapping",
                                "a generic table says nothing about its columns' meaning.",
                                "Give a mapping file (see the README of bench-device).")));
        };
    }

    private static MeasurementFormat guess(Path file, LineReader lines) {
        List<String> head = IntStream.range(0, HEADER_WITHIN)
                .mapToObj(offset -> textAt(lines, offset))
                .flatMap(Stream::ofNullable)
                .toList();
        if (head.isEmpty()) {
            throw Place.refusal(file, "measurement.no_rows", "the file is empty.", "Export the measurement again.");
        }
        if (head.stream().anyMatch(MaccorLayout::isHeader)) {
            return MeasurementFormat.MACCOR;
        }
        if (ArbinLayout.isHeader(head.getFirst())) {
            return MeasurementFormat.ARBIN;
        }
        if (BdfLayout.isHeader(head.getFirst())) {
            return MeasurementFormat.BDF;
        }
        throw new Place(file, 1)
                .refusal(
                        "measurement.unknown_format",
                        "'" + shortened(head.getFirst()) + "' is no header of " + known() + ".",
                        "Name the format, or give a mapping file for a generic table.");
    }

    private static @Nullable String textAt(LineReader lines, int offset) {
        LineReader.Line line = lines.peek(offset);
        return line == null ? null : line.text();
    }

    private static String known() {
        return Stream.of(MeasurementFormat.BDF, MeasurementFormat.MACCOR, MeasurementFormat.ARBIN)
                .map(format -> format.name().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
