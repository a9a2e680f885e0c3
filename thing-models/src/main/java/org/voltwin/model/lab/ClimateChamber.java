package org.voltwin.model.lab;

import java.util.Set;
import org.voltwin.model.TwinId;

/**
 * A climate chamber whose temperature the benches in it share.
 *
 * @param benches whose units under test stand in it
 * @param presentCelsius what it is at now
 * @param degreesPerHour how fast it changes, the slower of heating and cooling, &gt; 0
 */
public record ClimateChamber(
        TwinId twin,
        String name,
        Set<TwinId> benches,
        double lowestCelsius,
        double highestCelsius,
        double presentCelsius,
        double degreesPerHour) {
    public ClimateChamber {
        benches = Set.copyOf(benches);
        if (!(degreesPerHour > 0) || !(lowestCelsius <= highestCelsius)) {
            throw new IllegalArgumentException("Chamber " + twin + " needs degreesPerHour > 0 and a range, but has "
                    + degreesPerHour + " and " + lowestCelsius + " to " + highestCelsius);
        }
    }
}
