package org.voltwin.cosim.fmi;

import java.nio.file.Path;
import org.voltwin.cosim.fmu.ModelDescription;

/**
 * What it takes to make an instance of an unpacked FMU.
 *
 * @param library the shared library; loaded and run
 * @param name of the instance, for messages
 * @param resources the FMU's resources folder, which need not exist
 * @param earlyReturn whether a model may answer an earlier time than asked for: only where everything that is stepped
 *     with it can go back there. Otherwise a model that stops within a step goes on by itself
 */
public record Instantiation(
        Path library, String name, ModelDescription description, Path resources, LogTarget log, boolean earlyReturn) {
    /** Loads the library and instantiates the model, by its FMI version. */
    public SteppedModel create() {
        return switch (description.version()) {
            case V2 -> new Fmi2Model(this);
            case V3 -> new Fmi3Model(this);
        };
    }
}
