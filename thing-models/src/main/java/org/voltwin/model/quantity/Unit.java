package org.voltwin.model.quantity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Units that may stand in a message. A value is converted, never relabelled: {@code inside = wire * factor + offset}
 * gives the value in {@link #inside()}. QUDT unit names from QUDT 2.1 (qudt.org/vocab/unit).
 */
public enum Unit {
    AMPERE("A", "A", 1, 0, "A", "ampere"),
    MILLIAMPERE("mA", "MilliA", 1e-3, 0, "A", "milliampere"),
    VOLT("V", "V", 1, 0, "V", "volt"),
    MILLIVOLT("mV", "MilliV", 1e-3, 0, "V", "millivolt"),
    CELSIUS("degC", "DEG_C", 1, 0, "degC", "°C", "C", "celsius"),
    KELVIN("K", "K", 1, -273.15, "degC", "kelvin"),
    CELSIUS_DIFFERENCE("delta_degC", "DEG_C", 1, 0, "delta_degC"),
    OHM("Ohm", "OHM", 1, 0, "Ohm", "Ω", "ohm"),
    MILLIOHM("mOhm", "MilliOHM", 1e-3, 0, "Ohm", "mΩ", "milliohm"),
    AMPERE_HOUR("Ah", "A-HR", 1, 0, "Ah", "Amp-hr", "A.h"),
    MILLIAMPERE_HOUR("mAh", "MilliA-HR", 1e-3, 0, "Ah"),
    FRACTION("1", "UNITLESS", 1, 0, "1", "fraction", "-", ""),
    PERCENT("%", "PERCENT", 1e-2, 0, "1", "percent"),
    WATT("W", "W", 1, 0, "W", "watt"),
    WATT_HOUR("Wh", "W-HR", 1, 0, "Wh", "Watt-hr"),
    SECOND("s", "SEC", 1, 0, "s", "second"),
    MINUTE("min", "MIN", 60, 0, "s", "minute"),
    HOUR("h", "HR", 3600, 0, "s", "hour"),
    PER_HOUR("1/h", "PER-HR", 1, 0, "1/h", "C-rate"),
    KELVIN_PER_MINUTE("K/min", "K-PER-MIN", 1, 0, "K/min"),
    KILOMETRE("km", "KiloM", 1, 0, "km", "kilometer"),
    CUBIC_METRE("m3", "M3", 1, 0, "m3", "m³"),
    METRE_PER_SQUARE_SECOND("m/s2", "M-PER-SEC2", 1, 0, "m/s2", "m/s²"),
    KILOPASCAL("kPa", "KiloPA", 1, 0, "kPa"),
    COUNT("count", "NUM", 1, 0, "count", "number");

    private static final String QUDT = "http://qudt.org/vocab/unit/";

    private final String symbol;
    private final String qudtName;
    private final double factor;
    private final double offset;
    private final String insideSymbol;
    private final List<String> alsoWritten;

    Unit(String symbol, String qudtName, double factor, double offset, String insideSymbol, String... alsoWritten) {
        this.symbol = symbol;
        this.qudtName = qudtName;
        this.factor = factor;
        this.offset = offset;
        this.insideSymbol = insideSymbol;
        this.alsoWritten = List.of(alsoWritten);
    }

    /** The unit by its symbol or a usual other spelling; empty when it is not known. */
    public static Optional<Unit> parse(String text) {
        String wanted = text.strip();
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(wanted) || unit.alsoWritten.contains(wanted))
                .findFirst();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Unit fromJson(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a unit that is known here"));
    }

    @JsonValue
    public String symbol() {
        return symbol;
    }

    /** The unit's IRI in QUDT. */
    public String iri() {
        return QUDT + qudtName;
    }

    /** The unit used inside for this kind of quantity: A, V, degC, Ohm, Ah, fraction, W, Wh, s. */
    public Unit inside() {
        return parse(insideSymbol).orElseThrow();
    }

    /** A value of this unit in {@link #inside()}. */
    public double toInside(double value) {
        return value * factor + offset;
    }

    /** A value given in {@link #inside()} in this unit. */
    public double fromInside(double insideValue) {
        return (insideValue - offset) / factor;
    }
}
