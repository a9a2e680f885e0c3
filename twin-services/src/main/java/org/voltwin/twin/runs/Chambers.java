package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.ClimateChamber;

/** Climate chambers out of their twins. */
final class Chambers {
    private static final Logger LOG = LoggerFactory.getLogger(Chambers.class);
    private static final double MINUTES = 60;
    /** Of a chamber that does not say: a usual one changes by 1 K a minute or more. */
    private static final double USUAL_KELVIN_PER_MINUTE = 1;

    private static final double AMBIENT = 25;

    private Chambers() {}

    /** Empty for a twin that does not describe a chamber. */
    static Optional<ClimateChamber> of(JsonNode thing) {
        JsonNode attributes = thing.path("attributes");
        JsonNode climate = thing.path("features").path("climate").path("properties");
        double slower = Math.min(
                attributes.path("heatingKelvinPerMinute").asDouble(USUAL_KELVIN_PER_MINUTE),
                attributes.path("coolingKelvinPerMinute").asDouble(USUAL_KELVIN_PER_MINUTE));
        try {
            Set<TwinId> benches = new HashSet<>();
            attributes.path("benches").forEach(bench -> benches.add(TwinId.of(bench.asText())));
            TwinId id = TwinId.of(thing.path("thingId").asText());
            return Optional.of(new ClimateChamber(
                    id,
                    attributes.path("name").asText(id.name()),
                    benches,
                    attributes.path("lowestCelsius").asDouble(Double.NaN),
                    attributes.path("highestCelsius").asDouble(Double.NaN),
                    climate.path("temperatureCelsius")
                            .asDouble(climate.path("setPointCelsius").asDouble(AMBIENT)),
                    slower * MINUTES));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} is not a chamber: {}", thing.path("thingId").asText(), e.getMessage());
            return Optional.empty();
        }
    }
}
