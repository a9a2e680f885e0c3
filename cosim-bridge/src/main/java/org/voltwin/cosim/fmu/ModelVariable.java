package org.voltwin.cosim.fmu;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a model description.
 *
 * @param valueReference 0 to 2^32 - 1; in FMI 2.0 unique within a type only
 * @param causality input, output, parameter, independent, local, ...
 * @param variability constant, fixed, tunable, discrete or continuous; the standard's default where it is not said
 * @param unit as written in the description or at its declared type; null when there is none
 * @param dimensions none for a scalar
 * @param size number of values: 1 for a scalar; of an array sized by parameters, with the parameters' start values
 * @param start as written: one text for numbers (a list for arrays), one for each string or binary; empty for none
 * @param clock set for clocks only
 * @param aliases other names of the same variable
 * @param items numbers of an enumeration by their names; empty where they are not declared
 */
public record ModelVariable(
        String name,
        long valueReference,
        Type type,
        String causality,
        String variability,
        @Nullable String unit,
        List<Dimension> dimensions,
        int size,
        List<String> start,
        @Nullable ClockTiming clock,
        List<String> aliases,
        Map<String, Long> items) {
    /** The types of FMI 3.0; Real, Integer and the like of FMI 2.0 are FLOAT64, INT32 and the like. */
    public enum Type {
        FLOAT32("Real", "Float32"),
        FLOAT64("Real", "Float64"),
        INT8("Integer", "Int8"),
        UINT8("Integer", "UInt8"),
        INT16("Integer", "Int16"),
        UINT16("Integer", "UInt16"),
        INT32("Integer", "Int32"),
        UINT32("Integer", "UInt32"),
        INT64("Integer", "Int64"),
        UINT64("Integer", "UInt64"),
        BOOLEAN("Boolean", "Boolean"),
        ENUMERATION("Integer", "Int64"),
        STRING("String", "String"),
        BINARY("String", "Binary"),
        CLOCK("Boolean", "Clock");

        private final String second;
        private final String third;

        Type(String second, String third) {
            this.second = second;
            this.third = third;
        }

        /** What the functions that get and set it are called: {@code Real} for fmi2GetReal. */
        public String functionSuffix(FmiVersion version) {
            return version == FmiVersion.V2 ? second : third;
        }

        /** Whether its values can be handed on as numbers, a Boolean as 0 or 1. */
        public boolean isNumeric() {
            return this != STRING && this != BINARY && this != CLOCK;
        }

        /** Whether it is a number with a fraction. */
        public boolean isReal() {
            return this == FLOAT32 || this == FLOAT64;
        }
    }

    public ModelVariable {
        dimensions = List.copyOf(dimensions);
        start = List.copyOf(start);
        aliases = List.copyOf(aliases);
        items = Map.copyOf(items);
    }

    /** A variable of which only this is known. */
    public ModelVariable(
            String name, long valueReference, Type type, String causality, @Nullable String unit, int size) {
        this(
                name,
                valueReference,
                type,
                causality,
                type.isReal() ? "continuous" : "discrete",
                unit,
                size == 1 ? List.of() : List.of(new Dimension.Fixed(size)),
                size,
                List.of(),
                null,
                List.of(),
                Map.of());
    }

    public boolean isInput() {
        return causality.equals("input");
    }

    public boolean isOutput() {
        return causality.equals("output");
    }

    public boolean isParameter() {
        return causality.equals("parameter") || isStructural();
    }

    /** Whether it has a value before the run begins that may be another one, without being a parameter or an input. */
    public boolean isStartValue() {
        return (causality.equals("local") || causality.equals("output"))
                && !start.isEmpty()
                && !variability.equals("constant");
    }

    /** Whether another model may be given its value: outputs, and what else a model calculates. */
    public boolean isCalculated() {
        return !isInput() && !isParameter() && !causality.equals("independent");
    }

    /** Whether it may change sizes of arrays, and is set in configuration mode. */
    public boolean isStructural() {
        return causality.equals("structuralParameter");
    }

    /** Whether it is one number. */
    public boolean isScalarNumber() {
        return type.isNumeric() && dimensions.isEmpty();
    }

    /** Whether no structural parameter changes its size. */
    public boolean isFixedSize() {
        return dimensions.stream().allMatch(dimension -> dimension instanceof Dimension.Fixed);
    }

    boolean isNamed(String wanted) {
        return name.equals(wanted) || aliases.contains(wanted);
    }

    ModelVariable withSize(int newSize) {
        return new ModelVariable(
                name,
                valueReference,
                type,
                causality,
                variability,
                unit,
                dimensions,
                newSize,
                start,
                clock,
                aliases,
                items);
    }
}
