package org.voltwin.model.lab;

import org.voltwin.model.TwinId;

/**
 * The cell, module or pack a test is about.
 *
 * @param code the laboratory's code, unique: {@code GEN3B-CELL-01}
 * @param twin its twin
 */
public record UnitUnderTest(String code, Generation generation, Level level, TwinId twin) {
    /** The documents' spelling: {@code Gen3b - Cell}. */
    public String label() {
        return generation.label() + " - " + level.name().charAt(0) + level.id().substring(1);
    }
}
