package org.voltwin.model.run;

import java.util.List;

/**
 * The models chosen for a run.
 *
 * @param name of the coupled model: {@code performance-ageing/cell/gen3b/physics-based/LgM50}
 * @param version semantic version
 * @param files FMUs and the connections file
 */
public record ModelSelection(String name, String version, List<ModelFile> files) {
    public ModelSelection {
        files = List.copyOf(files);
    }
}
