package org.voltwin.model.port;

import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.failure.Outcome;

/** Designs experiments. Pure: the same specification gives the same design. */
public interface ExperimentDesigner {
    /** Refused with {@code design.*} codes when the specification is contradictory. */
    Outcome<ExperimentDesign> design(DesignSpecification specification);
}
