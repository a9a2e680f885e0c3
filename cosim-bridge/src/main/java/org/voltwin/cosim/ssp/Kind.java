package org.voltwin.cosim.ssp;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kinds of connectors, and which may drive which: SSP 2.0, chapter 5, Allowed Connections. Those of SSP 1.0 are among
 * them.
 */
enum Kind {
    INPUT("input"),
    OUTPUT("output"),
    INOUT("inout"),
    PARAMETER("parameter"),
    STRUCTURAL_PARAMETER("structuralParameter"),
    CALCULATED_PARAMETER("calculatedParameter"),
    CONSTANT("constant"),
    LOCAL("local"),
    /** Whatever is needed to make a connection allowed. */
    UNSPECIFIED("unspecified");

    private static final Map<Kind, Set<Kind>> SYSTEM_TO_SYSTEM = Map.of(
            STRUCTURAL_PARAMETER, EnumSet.of(CALCULATED_PARAMETER, OUTPUT, LOCAL),
            PARAMETER, EnumSet.of(CALCULATED_PARAMETER, OUTPUT, LOCAL),
            INPUT, EnumSet.of(OUTPUT, LOCAL));
    private static final Map<Kind, Set<Kind>> SYSTEM_TO_ELEMENT = Map.of(
            STRUCTURAL_PARAMETER, EnumSet.of(STRUCTURAL_PARAMETER, PARAMETER, INPUT, INOUT),
            PARAMETER, EnumSet.of(PARAMETER, INPUT, INOUT),
            INPUT, EnumSet.of(INPUT, INOUT));
    private static final Map<Kind, Set<Kind>> ELEMENT_TO_ELEMENT = Map.of(
            CONSTANT, EnumSet.of(STRUCTURAL_PARAMETER, PARAMETER, INPUT, INOUT),
            CALCULATED_PARAMETER, EnumSet.of(PARAMETER, INPUT, INOUT),
            OUTPUT, EnumSet.of(INPUT, INOUT),
            LOCAL, EnumSet.of(INPUT, INOUT),
            INOUT, EnumSet.of(INPUT));
    private static final Map<Kind, Set<Kind>> ELEMENT_TO_SYSTEM = new EnumMap<>(Map.of(
            CONSTANT, EnumSet.of(CONSTANT, CALCULATED_PARAMETER, OUTPUT, LOCAL),
            CALCULATED_PARAMETER, EnumSet.of(CALCULATED_PARAMETER, OUTPUT, LOCAL),
            OUTPUT, EnumSet.of(OUTPUT, LOCAL),
            LOCAL, EnumSet.of(OUTPUT, LOCAL),
            INOUT, EnumSet.of(OUTPUT, LOCAL)));

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** As the standard writes it. */
    String text() {
        return text;
    }

    static Optional<Kind> parse(String text) {
        return java.util.Arrays.stream(values())
                .filter(kind -> kind.text.equals(text))
                .findFirst();
    }

    /** Whether a connector of an element of this kind has a value by itself. */
    private boolean gives() {
        return ELEMENT_TO_SYSTEM.containsKey(this);
    }

    /** Whether the kind that is declared may stand for what the component really has. */
    boolean fits(Kind real) {
        return this == UNSPECIFIED || this == INOUT || real == UNSPECIFIED || gives() == real.gives();
    }

    /**
     * Whether data may flow.
     *
     * @param fromSystem whether the source is the system's own connector, not that of one of its elements
     * @param toSystem the same of the destination
     */
    static boolean mayDrive(Kind from, boolean fromSystem, Kind to, boolean toSystem) {
        Map<Kind, Set<Kind>> table = fromSystem
                ? toSystem ? SYSTEM_TO_SYSTEM : SYSTEM_TO_ELEMENT
                : toSystem ? ELEMENT_TO_SYSTEM : ELEMENT_TO_ELEMENT;
        return table.entrySet().stream()
                .filter(entry -> from == UNSPECIFIED || from == entry.getKey())
                .anyMatch(entry -> to == UNSPECIFIED || entry.getValue().contains(to));
    }
}
