package org.voltwin.bench.measurement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/**
 * Battery Data Format: a name says quantity and unit, {@code voltage_volt} or {@code Voltage / V}; positive current
 * charges. Names from the ontology of the Battery Data Alliance (github.com/battery-data-alliance/battery-data-format).
 */
final class BdfLayout {
    /** Longest first: {@code ampere_hour} ends with {@code hour}. */
    private static final Map<String, Unit> UNIT_ENDINGS = orderedEndings();

    private static final Pattern LABEL = Pattern.compile("(.+?)\\s*/\\s*(\\S+)");
    private static final Pattern CELL_TEMPERATURE = Pattern.compile("temperature_t(\\d+)");

    private BdfLayout() {}

    static boolean isHeader(String line) {
        return Fields.split(line, ',').stream()
                .anyMatch(name -> machineName(name).equals("test_time_second"));
    }

    static Layout read(Path file, LineReader lines) {
        LineReader.Line header = lines.next();
        if (header == null) {
            throw Place.refusal(file, "measurement.no_rows", "the file is empty.", "Export the measurement again.");
        }
        List<String> names = Fields.split(header.text(), ',');
        List<Source> sources = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            Column column = column(machineName(name), name);
            if (column == null) {
                findings.add(new Finding(
                        "measurement.column_left_out",
                        "Column '" + name + "' has no unit that is known here and is left out."));
            } else {
                sources.add(Source.number(column, name, i));
            }
        }
        return new Layout(MeasurementFormat.BDF, ',', names.size(), 0, sources, findings);
    }

    /** {@code Test Time / s} is {@code test_time_second}. */
    private static String machineName(String name) {
        String text = name.strip();
        Matcher label = LABEL.matcher(text);
        if (!label.matches()) {
            return text.toLowerCase(Locale.ROOT);
        }
        Optional<Unit> unit = Unit.parse(label.group(2));
        String ending = UNIT_ENDINGS.entrySet().stream()
                .filter(entry -> unit.isPresent() && entry.getValue() == unit.get())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(label.group(2).equals("1") ? "count" : label.group(2));
        String quantity = label.group(1).strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "_");
        return quantity.endsWith("_" + ending) ? quantity : quantity + "_" + ending;
    }

    private static @Nullable Column column(String machineName, String ownName) {
        for (Map.Entry<String, Unit> ending : UNIT_ENDINGS.entrySet()) {
            if (machineName.endsWith("_" + ending.getKey())) {
                String quantity = machineName.substring(
                        0, machineName.length() - ending.getKey().length() - 1);
                return column(quantity, ending.getValue(), ownName);
            }
        }
        return null;
    }

    private static Column column(String quantity, Unit unit, String ownName) {
        Matcher temperature = CELL_TEMPERATURE.matcher(quantity);
        if (temperature.matches()) {
            return new Column(
                    "Cell_Temperature_%02d".formatted(Integer.parseInt(temperature.group(1))), unit, Direction.OUTPUT);
        }
        return switch (quantity) {
            case "test_time" -> new Column(Variables.TIME, unit, Direction.OUTPUT);
            case "voltage" -> new Column(Variables.VOLTAGE, unit, Direction.OUTPUT);
            case "current" -> new Column(Variables.CURRENT, unit, Direction.INPUT);
            case "ambient_temperature" -> new Column(Variables.AMBIENT_TEMPERATURE, unit, Direction.INPUT);
            case "cycle" -> new Column(Variables.CYCLE, unit, Direction.OUTPUT);
            case "step" -> new Column(Variables.STEP, unit, Direction.OUTPUT);
            default -> new Column(ownName, unit, Direction.OUTPUT);
        };
    }

    private static Map<String, Unit> orderedEndings() {
        Map<String, Unit> endings = new java.util.LinkedHashMap<>();
        endings.put("milliampere_hour", Unit.MILLIAMPERE_HOUR);
        endings.put("ampere_hour", Unit.AMPERE_HOUR);
        endings.put("watt_hour", Unit.WATT_HOUR);
        endings.put("second", Unit.SECOND);
        endings.put("minute", Unit.MINUTE);
        endings.put("hour", Unit.HOUR);
        endings.put("millivolt", Unit.MILLIVOLT);
        endings.put("volt", Unit.VOLT);
        endings.put("milliampere", Unit.MILLIAMPERE);
        endings.put("ampere", Unit.AMPERE);
        endings.put("celsius", Unit.CELSIUS);
        endings.put("kelvin", Unit.KELVIN);
        endings.put("milliohm", Unit.MILLIOHM);
        endings.put("ohm", Unit.OHM);
        endings.put("watt", Unit.WATT);
        endings.put("percent", Unit.PERCENT);
        endings.put("count", Unit.COUNT);
        endings.put("index", Unit.COUNT);
        return java.util.Collections.unmodifiableMap(endings);
    }
}
