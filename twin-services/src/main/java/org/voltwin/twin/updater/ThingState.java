package org.voltwin.twin.updater;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.ChargeMark;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.StreamInfo;

/** The features that a thing's latest rows mean (docs/contracts.md). Not thread-safe. */
final class ThingState {
    /** What Ditto refuses in a property's name; an instrument's channel may well be called "Aux/T1 °C". */
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[\\x00-\\x1F\\x7F-\\xFF/]");

    private final ObjectNode features = Json.mapper().createObjectNode();

    ObjectNode features() {
        return features;
    }

    /** Takes over a row's values; those it does not have stay. */
    void row(List<Column> columns, double[] values) {
        double volts = Double.NaN;
        double amperes = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            String name = columns.get(i).name();
            if (name.equals(Variables.VOLTAGE)) {
                volts = values[i];
            } else if (name.equals(Variables.CURRENT)) {
                amperes = values[i];
            }
            column(columns.get(i), values[i]);
        }
        if (Double.isFinite(volts * amperes)) {
            put("electrical", "powerWatts", volts * amperes);
        }
    }

    private void column(Column column, double value) {
        switch (column.name()) {
            case Variables.TIME -> put("state", "testTimeSeconds", value);
            case Variables.CURRENT -> put("electrical", "currentAmperes", value);
            case Variables.VOLTAGE -> put("electrical", "voltageVolts", value);
            case Variables.TEMPERATURE, Variables.AVERAGE_TEMPERATURE -> {
                put("thermal", "temperatureCelsius", value);
                temperature(column.name(), value);
            }
            case Variables.AMBIENT_TEMPERATURE -> put("thermal", "ambientTemperatureCelsius", value);
            case Variables.SOC -> put("state", "stateOfChargeFraction", value);
            case Variables.SOH -> put("state", "stateOfHealthFraction", value);
            case Variables.INTERNAL_RESISTANCE -> put("state", "internalResistanceOhms", value);
            case Variables.CYCLE -> put("state", "cycle", value);
            case Variables.STEP -> put("state", "step", value);
            case Variables.SCENARIO -> put("simulation", "scenario", value);
            default -> {
                if (column.unit().inside() == Unit.CELSIUS) {
                    temperature(column.name(), value);
                }
            }
        }
    }

    private void temperature(String name, double value) {
        String key = NOT_IN_A_NAME.matcher(name).replaceAll("_");
        properties("thermal").withObjectProperty("temperaturesCelsius").put(key, value);
    }

    /** What the stream as a whole says. */
    void stream(InsideRows rows, StreamInfo info, double throughputAmpereHours, Instant at) {
        put("state", "chargeThroughputAmpereHours", throughputAmpereHours);
        properties("telemetry").put("stream", info.key().stream());
        properties("telemetry").put("source", rows.source());
        properties("telemetry").put("rows", info.rows());
        properties("telemetry").put("updatedAt", at.toString());
        properties("quality").put("keptAsideValues", info.keptAsideValues());
        if (!rows.aside().isEmpty()) {
            properties("quality").put("lastReason", rows.aside().getLast().reason());
        }
        UUID run = info.run();
        if (run != null) {
            properties("simulation").put("run", "org.voltwin:run-" + run);
        }
    }

    /** What the run says. */
    void run(RunFacts facts, Instant at) {
        ObjectNode simulation = properties("simulation");
        simulation.put("bench", facts.bench().value());
        simulation.put("benchKind", facts.benchKind());
        simulation.put("model", facts.model());
        simulation.put("progressFraction", facts.progressFraction());
        simulation.put("updatedAt", at.toString());
    }

    static ChargeMark markOf(StreamInfo info) {
        ChargeMark mark = info.charge();
        return mark == null ? ChargeMark.NONE : mark;
    }

    private void put(String feature, String property, double value) {
        properties(feature).put(property, value);
    }

    private ObjectNode properties(String feature) {
        return features.withObjectProperty(feature).withObjectProperty("properties");
    }
}
