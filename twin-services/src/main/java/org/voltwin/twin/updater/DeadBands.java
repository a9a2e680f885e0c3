package org.voltwin.twin.updater;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.voltwin.model.json.Json;

/** What of a thing's features is worth sending again. */
final class DeadBands {
    /** Changes up to here are not worth a message: about the noise of a good cycler. */
    private static final Map<String, Double> BANDS = Map.ofEntries(
            Map.entry("voltageVolts", 0.001),
            Map.entry("currentAmperes", 0.005),
            Map.entry("powerWatts", 0.02),
            Map.entry("temperatureCelsius", 0.1),
            Map.entry("ambientTemperatureCelsius", 0.1),
            Map.entry("temperaturesCelsius", 0.1),
            Map.entry("stateOfChargeFraction", 0.001),
            Map.entry("stateOfHealthFraction", 0.0001),
            Map.entry("chargeThroughputAmpereHours", 0.001),
            Map.entry("internalResistanceOhms", 1e-5),
            Map.entry("testTimeSeconds", 0.5),
            Map.entry("progressFraction", 0.001));

    private DeadBands() {}

    /**
     * The merge patch that brings {@code shown} to {@code wanted}; empty when nothing is worth it.
     *
     * @param exact whether every difference counts, as at the end of a stream
     */
    static ObjectNode patch(JsonNode shown, ObjectNode wanted, boolean exact) {
        ObjectNode patch = Json.mapper().createObjectNode();
        wanted.properties().forEach(entry -> {
            JsonNode known = shown.path(entry.getKey());
            if (entry.getValue() instanceof ObjectNode part) {
                ObjectNode inner = named(known, part, entry.getKey(), exact);
                if (!inner.isEmpty()) {
                    patch.set(entry.getKey(), inner);
                }
            } else if (differs(known, entry.getValue(), exact ? 0 : BANDS.getOrDefault(entry.getKey(), 0.0))) {
                patch.set(entry.getKey(), entry.getValue());
            }
        });
        return patch;
    }

    /** The members of {@code temperaturesCelsius} have names of their own, and its band. */
    private static ObjectNode named(JsonNode known, ObjectNode part, String name, boolean exact) {
        Double band = BANDS.get(name);
        if (band == null) {
            return patch(known, part, exact);
        }
        ObjectNode patch = Json.mapper().createObjectNode();
        part.properties().forEach(entry -> {
            if (differs(known.path(entry.getKey()), entry.getValue(), exact ? 0 : band)) {
                patch.set(entry.getKey(), entry.getValue());
            }
        });
        return patch;
    }

    private static boolean differs(JsonNode known, JsonNode wanted, double band) {
        return known.isNumber() && wanted.isNumber()
                ? Math.abs(known.asDouble() - wanted.asDouble()) > band
                : !known.equals(wanted);
    }
}
