package org.voltwin.bench.measurement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/**
 * Arbin's CSV export. Its current is positive when charging. Exports whose rows do not stand under their header are
 * known from practice: the columns are compared with what they must be ({@link ArbinShift}) before a row is believed.
 */
final class ArbinLayout {
    private static final int ROWS_TO_JUDGE = 50;
    private static final Pattern UNIT_IN_BRACKETS = Pattern.compile("(.*?)\\s*\\(([^)]*)\\)");
    private static final Pattern TEMPERATURE = Pattern.compile("(?:aux_)?temperature(?:_(\\d+))?");

    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            Map.entry("test_time", output(Variables.TIME, Unit.SECOND)),
            Map.entry("current", new Column(Variables.CURRENT, Unit.AMPERE, Direction.INPUT)),
            Map.entry("voltage", output(Variables.VOLTAGE, Unit.VOLT)),
            Map.entry("cycle_index", output(Variables.CYCLE, Unit.COUNT)),
            Map.entry("step_index", output(Variables.STEP, Unit.COUNT)),
            Map.entry("data_point", output("Data_Point", Unit.COUNT)),
            Map.entry("step_time", output("Step_Time", Unit.SECOND)),
            Map.entry("charge_capacity", output("Charge_Capacity", Unit.AMPERE_HOUR)),
            Map.entry("discharge_capacity", output("Discharge_Capacity", Unit.AMPERE_HOUR)),
            Map.entry("charge_energy", output("Charge_Energy", Unit.WATT_HOUR)),
            Map.entry("discharge_energy", output("Discharge_Energy", Unit.WATT_HOUR)),
            Map.entry("internal_resistance", output(Variables.INTERNAL_RESISTANCE, Unit.OHM)),
            Map.entry("datetime", output("DateTime", Unit.SECOND)));

    private ArbinLayout() {}

    static boolean isHeader(String line) {
        List<String> names =
                Fields.split(line, ',').stream().map(ArbinLayout::plain).toList();
        return names.contains("data_point") && names.contains("test_time") && names.contains("voltage");
    }

    static Layout read(Path file, LineReader lines) {
        LineReader.Line header = lines.next();
        if (header == null || !isHeader(header.text())) {
            throw Place.refusal(
                    file,
                    "measurement.no_header",
                    "the first line is no header of Arbin's (Data_Point, Test_Time, ..., Voltage).",
                    "Export the measurement as Arbin CSV with its header, or name its format.");
        }
        List<String> names = Fields.split(header.text(), ',');
        List<LineReader.Line> sample = new ArrayList<>();
        for (int offset = 0; offset < ROWS_TO_JUDGE; offset++) {
            LineReader.Line line = lines.peek(offset);
            if (line != null && !line.text().isBlank()) {
                sample.add(line);
            }
        }
        List<Finding> findings = new ArrayList<>();
        List<List<String>> rows =
                sample.stream().map(line -> Fields.split(line.text(), ',')).toList();
        int shift = ArbinShift.find(
                new Place(file, sample.isEmpty() ? 2 : sample.getFirst().number()),
                names.stream().map(ArbinLayout::plain).toList(),
                rows);
        if (shift != 0) {
            findings.add(new Finding(
                    "measurement.columns_shifted",
                    "The rows stand " + Math.abs(shift) + " column" + (Math.abs(shift) == 1 ? "" : "s") + " to the "
                            + (shift > 0 ? "right" : "left") + " of their header and are read so."));
        }
        List<Source> sources = new ArrayList<>();
        int fieldCount = rows.isEmpty() ? names.size() : rows.getFirst().size();
        for (int i = 0; i < names.size(); i++) {
            int index = i + shift;
            String name = names.get(i).strip();
            Column column = column(name);
            boolean there = index >= 0 && index < fieldCount;
            if (column == null || !there || !rows.stream().allMatch(row -> readable(row, index))) {
                findings.add(new Finding(
                        "measurement.column_left_out",
                        "Column '" + name + "' is no quantity with a unit that is known here, or no numbers, and is"
                                + " left out."));
            } else {
                sources.add(Source.number(column, name, index));
            }
        }
        return new Layout(MeasurementFormat.ARBIN, ',', fieldCount, 0, sources, findings);
    }

    /** Dates are not numbers; a broken number among numbers is refused when its row is read. */
    private static boolean readable(List<String> row, int index) {
        return index >= row.size() || !row.get(index).strip().matches("\\d+[/-]\\d+[/-].*|\\d+:\\d+.*");
    }

    private static @Nullable Column column(String name) {
        String plain = plain(name);
        Matcher temperature = TEMPERATURE.matcher(plain);
        if (temperature.matches()) {
            String number = temperature.group(1);
            return output(
                    "Cell_Temperature_%02d".formatted(number == null ? 1 : Integer.parseInt(number)), Unit.CELSIUS);
        }
        return COLUMNS.get(plain);
    }

    /** {@code Current(A)} is {@code current}. */
    private static String plain(String name) {
        String text = name.strip();
        Matcher bracketed = UNIT_IN_BRACKETS.matcher(text);
        return (bracketed.matches() ? bracketed.group(1) : text)
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
    }

    private static Column output(String name, Unit unit) {
        return new Column(name, unit, Direction.OUTPUT);
    }
}
