package org.voltwin.bench.measurement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/**
 * Maccor's text export. The current has no sign: the state says charge (C), discharge (D) or rest (R). A field {@code
 * Aux #n} is followed by its unit, in every row.
 */
final class MaccorLayout {
    private static final char TAB = '\t';
    private static final Pattern TIME = Pattern.compile("(\\d+)d\\s+(\\d+):(\\d+):(\\d+(?:\\.\\d*)?)");
    private static final Pattern AUXILIARY = Pattern.compile("Aux #(\\d+)");
    private static final Pattern USER_VARIABLE = Pattern.compile("VAR\\d+");

    private MaccorLayout() {}

    static boolean isHeader(String line) {
        return line.startsWith("Rec#\t") || line.startsWith("Rec\t");
    }

    static Layout read(Path file, LineReader lines) {
        LineReader.Line header = lines.next();
        while (header != null && !isHeader(header.text())) {
            header = lines.next();
        }
        if (header == null) {
            throw Place.refusal(
                    file,
                    "measurement.no_header",
                    "no line begins with 'Rec#', as Maccor's header does.",
                    "Export the measurement as Maccor text, or name its format.");
        }
        LineReader.Line first = lines.peek(0);
        List<String> names =
                Fields.split(header.text(), TAB).stream().map(String::strip).toList();
        return new Builder(new Place(file, header.number()), names, first).build();
    }

    private static final class Builder {
        private final Place place;
        private final List<String> names;
        private final List<String> firstRow;
        private final List<Source> sources = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final List<String> userVariables = new ArrayList<>();

        Builder(Place place, List<String> names, LineReader.@Nullable Line first) {
            this.place = place;
            this.names = names;
            this.firstRow = first == null ? List.of() : Fields.split(first.text(), TAB);
        }

        Layout build() {
            int state = names.indexOf("State");
            if (state < 0) {
                throw place.refusal(
                        "measurement.no_state",
                        "there is no column 'State', so the current's sign is unknown.",
                        "Export the state with the measurement.");
            }
            for (int i = 0; i < names.size(); i++) {
                add(i, names.get(i), state);
            }
            if (!userVariables.isEmpty()) {
                findings.add(new Finding(
                        "measurement.column_left_out",
                        "Columns " + userVariables.getFirst() + " to " + userVariables.getLast()
                                + " have no unit and are left out."));
            }
            return new Layout(MeasurementFormat.MACCOR, TAB, names.size(), 1, sources, findings);
        }

        private void add(int index, String name, int state) {
            Matcher auxiliary = AUXILIARY.matcher(name);
            if (auxiliary.matches()) {
                addAuxiliary(index, name, Integer.parseInt(auxiliary.group(1)));
                return;
            }
            if (USER_VARIABLE.matcher(name).matches()) {
                userVariables.add(name);
                return;
            }
            switch (name) {
                case "Rec#", "Rec", "ES" -> number(name, Unit.COUNT, index);
                case "Cyc#", "Cyc", "Cycle" -> number(Variables.CYCLE, Unit.COUNT, index);
                case "Step" -> number(Variables.STEP, Unit.COUNT, index);
                case "TestTime", "Test Time" -> time(Variables.TIME, index, name);
                case "StepTime", "Step Time" -> time("StepTime", index, name);
                case "Amp-hr", "Amphr", "AmpHr" -> number(name, Unit.AMPERE_HOUR, index);
                case "Watt-hr", "Watthr", "WattHr" -> number(name, Unit.WATT_HOUR, index);
                case "Amps" -> current(index, state);
                case "Volts" -> number(Variables.VOLTAGE, Unit.VOLT, index);
                case "ACImp/Ohms", "DCIR/Ohms" -> number(name, Unit.OHM, index);
                case "State", "Units" -> {
                    // Read together with the columns they are about.
                }
                default ->
                    findings.add(new Finding(
                            "measurement.column_left_out",
                            "Column '" + name + "' is no quantity with a unit and is left out."));
            }
        }

        private void number(String variable, Unit unit, int index) {
            sources.add(Source.number(new Column(variable, unit, Direction.OUTPUT), names.get(index), index));
        }

        private void time(String variable, int index, String name) {
            sources.add(new Source(
                    new Column(variable, Unit.SECOND, Direction.OUTPUT),
                    (where, fields) -> seconds(where, name, fields.get(index))));
        }

        private void current(int index, int state) {
            sources.add(new Source(new Column(Variables.CURRENT, Unit.AMPERE, Direction.INPUT), (where, fields) -> {
                Double amperes = Numbers.parse(where, "Amps", fields.get(index));
                return amperes == null
                        ? null
                        : signed(amperes, fields.get(state).strip());
            }));
        }

        private void addAuxiliary(int index, String name, int number) {
            boolean hasUnit = index + 1 < names.size() && names.get(index + 1).equals("Units");
            String written = hasUnit && index + 1 < firstRow.size()
                    ? firstRow.get(index + 1).strip()
                    : "";
            Optional<Unit> unit = written.isEmpty() ? Optional.empty() : Unit.parse(written);
            if (unit.isEmpty()) {
                findings.add(new Finding(
                        "measurement.column_left_out",
                        "Column '" + name + "' has the unit '" + written + "', which is not known, and is left out."));
                return;
            }
            String variable = unit.get() == Unit.CELSIUS || unit.get() == Unit.KELVIN
                    ? "Cell_Temperature_%02d".formatted(number)
                    : "Aux_%02d".formatted(number);
            sources.add(new Source(new Column(variable, unit.get(), Direction.OUTPUT), (where, fields) -> {
                String here = fields.get(index + 1).strip();
                if (!here.equals(written)) {
                    throw where.refusal(
                            "measurement.unit_changed",
                            "column '" + name + "' is in '" + here + "', but was in '" + written + "' before.",
                            "Export the measurement with one unit per column.");
                }
                return Numbers.parse(where, name, fields.get(index));
            }));
        }
    }

    /** Positive charges. In a state that is neither charge nor discharge a current other than 0 has an unknown sign. */
    private static @Nullable Double signed(double amperes, String state) {
        return switch (state) {
            case "C" -> amperes;
            case "D" -> amperes == 0 ? 0.0 : -amperes;
            default -> amperes == 0 ? 0.0 : null;
        };
    }

    /** {@code 1d 02:03:4.5} in seconds. */
    private static @Nullable Double seconds(Place place, String column, String field) {
        String text = field.strip();
        if (text.isEmpty()) {
            return null;
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw place.badValue(column, text);
        }
        return Long.parseLong(time.group(1)) * 86_400.0
                + Long.parseLong(time.group(2)) * 3_600.0
                + Long.parseLong(time.group(3)) * 60.0
                + Double.parseDouble(time.group(4));
    }
}
