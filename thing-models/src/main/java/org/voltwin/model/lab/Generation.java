package org.voltwin.model.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Battery generation of the FASTEST documents: 3b (optimised liquid electrolyte) and 4 (solid state). */
public enum Generation {
    GEN3B("gen3b", "Gen3b"),
    SOLID_STATE("solid-state", "Gen4");

    private final String id;
    private final String label;

    Generation(String id, String label) {
        this.id = id;
        this.label = label;
    }

    @JsonValue
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Generation of(String id) {
        for (Generation generation : values()) {
            if (generation.id.equals(id)) {
                return generation;
            }
        }
        throw new IllegalArgumentException("'" + id + "' is not a battery generation: gen3b or solid-state");
    }
}
