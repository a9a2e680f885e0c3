package org.voltwin.twin.updater;

import org.voltwin.model.TwinId;

/**
 * What a twin shows of the run it is under test in.
 *
 * @param benchKind physical or virtual
 * @param model name and version of the model
 * @param progressFraction 0 to 1
 */
public record RunFacts(TwinId bench, String benchKind, String model, double progressFraction) {}
