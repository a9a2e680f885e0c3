package org.voltwin.cosim.coupling;

import org.voltwin.cosim.fmi.Fmi3Model;
import org.voltwin.cosim.fmu.ModelDescription;

/** One model of a coupled system. */
public record Part(String name, ModelDescription description, Fmi3Model model) {}
