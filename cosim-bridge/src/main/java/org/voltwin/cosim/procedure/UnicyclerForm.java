package org.voltwin.cosim.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * The Unicycler protocol (github.com/EmpaEconversion/aurora-unicycler): steps open_circuit_voltage, constant_current,
 * constant_voltage, loop and tag, in mA and V, positive current charges; numbers may be text, and C-rates may be
 * fractions such as C/3 or D/2. As there, a rate comes before a current, and a loop names a tag or the number, from 1,
 * of an earlier step (older documents call it start_step). Rates are resolved by the cycler, not here.
 *
 * <p>Impedance spectroscopy is refused. The safety's delay is not simulated: limits act at once. Its current limits are
 * cut to the smaller magnitude; its capacity holds for each step.
 */
final class UnicyclerForm {
    /** Steps that end by voltage alone: far beyond any real one. */
    private static final double LONGEST_SECONDS = 3e7;

    private final JsonNode root;
    private final List<MatrixRow> rows = new ArrayList<>();
    private final Map<String, Integer> rowOfTag = new LinkedHashMap<>();
    private final List<Integer> rowOfStep = new ArrayList<>();
    private boolean rated;

    private UnicyclerForm(JsonNode root) {
        this.root = root;
    }

    static Protocol read(JsonNode root) {
        return new UnicyclerForm(root).protocol();
    }

    private Protocol protocol() {
        for (JsonNode step : root.path("method")) {
            rowOfStep.add(rows.size() + 1);
            step(step);
        }
        Map<String, List<Double>> limits = limits();
        if (rated && !limits.containsKey("Nominal_Capacity")) {
            throw refused("A step has a C-rate, but the sample has no capacity_mAh.", "Set sample.capacity_mAh.");
        }
        Double sample = Rates.number(root.path("record").path("time_s"));
        return new Protocol(new StepMatrix(rows, List.of()), limits, sample == null ? 0 : sample);
    }

    private void step(JsonNode step) {
        String kind = step.path("step").asText();
        switch (kind) {
            case "open_circuit_voltage" ->
                rows.add(new MatrixRow(MatrixRow.Mode.REST, 0, needed(step, "until_time_s")));
            case "constant_current" -> constantCurrent(step);
            case "constant_voltage" -> constantVoltage(step);
            case "loop" -> loop(step);
            case "tag" -> rowOfTag.put(step.path("tag").asText(), rows.size() + 1);
            default ->
                throw refused(
                        here() + " is '" + kind + "', which the virtual cycler does not do.",
                        "Use open_circuit_voltage, constant_current, constant_voltage, loop or tag.");
        }
    }

    private void constantCurrent(JsonNode step) {
        Double rate = zeroIsNone(Rates.rate(step.path("rate_C")));
        Double milliamperes = zeroIsNone(Rates.number(step.path("current_mA")));
        Double seconds = zeroIsNone(Rates.number(step.path("until_time_s")));
        Double volts = zeroIsNone(Rates.number(step.path("until_voltage_V")));
        if (rate == null && milliamperes == null || seconds == null && volts == null) {
            throw refused(
                    here() + " lacks a current or an end.",
                    "Set rate_C or current_mA, and until_time_s or until_voltage_V, not zero.");
        }
        rated |= rate != null;
        double amperes = milliamperes == null ? 0 : milliamperes / 1000;
        rows.add(new MatrixRow(MatrixRow.Mode.CURRENT, amperes, seconds == null ? LONGEST_SECONDS : seconds)
                .untilVoltage(volts)
                .rate(rate));
    }

    private void constantVoltage(JsonNode step) {
        Double seconds = zeroIsNone(Rates.number(step.path("until_time_s")));
        Double rate = zeroIsNone(Rates.rate(step.path("until_rate_C")));
        Double milliamperes = zeroIsNone(Rates.number(step.path("until_current_mA")));
        if (seconds == null && rate == null && milliamperes == null) {
            throw refused(here() + " has no end.", "Set until_time_s, until_rate_C or until_current_mA, not zero.");
        }
        rated |= rate != null;
        rows.add(new MatrixRow(MatrixRow.Mode.VOLTAGE, 0, seconds == null ? LONGEST_SECONDS : seconds)
                .voltage(needed(step, "voltage_V"))
                .untilCurrent(milliamperes == null ? null : Math.abs(milliamperes) / 1000)
                .untilRate(rate));
    }

    private void loop(JsonNode step) {
        JsonNode to = step.has("loop_to") ? step.path("loop_to") : step.path("start_step");
        Integer first = to.isTextual() ? rowOfTag.get(to.asText()) : null;
        Double number = to.isTextual() && !to.asText().matches("\\d+") ? null : Rates.number(to);
        if (first == null && number != null && number >= 1 && number < rowOfStep.size()) {
            first = rowOfStep.get(number.intValue() - 1);
        }
        double passes = needed(step, "cycle_count");
        if (first == null || first > rows.size() || passes < 1) {
            throw refused(
                    here() + " loops to " + to + ", which is no earlier step or tag, or less than once.",
                    "Name a tag or the number of a step before it, and a cycle_count of at least 1.");
        }
        rows.add(MatrixRow.loop(first, (int) passes));
    }

    private Map<String, List<Double>> limits() {
        Map<String, List<Double>> limits = new LinkedHashMap<>();
        JsonNode safety = root.path("safety");
        put(limits, "Nominal_Capacity", Rates.number(root.path("sample").path("capacity_mAh")), 1e-3);
        put(limits, "Max_Voltage", Rates.number(safety.path("max_voltage_V")), 1);
        put(limits, "Min_Voltage", Rates.number(safety.path("min_voltage_V")), 1);
        put(limits, "Max_Charge", Rates.number(safety.path("max_capacity_mAh")), 1e-3);
        Double most = Rates.number(safety.path("max_current_mA"));
        Double least = Rates.number(safety.path("min_current_mA"));
        double charging = most == null ? Double.POSITIVE_INFINITY : Math.abs(most);
        double discharging = least == null ? Double.POSITIVE_INFINITY : Math.abs(least);
        double current = Math.min(charging, discharging);
        put(limits, "Max_Current", Double.isInfinite(current) ? null : (Double) current, 1e-3);
        return limits;
    }

    private static void put(Map<String, List<Double>> limits, String name, @Nullable Double value, double factor) {
        if (value != null) {
            limits.put(name, List.of(value * factor));
        }
    }

    private static @Nullable Double zeroIsNone(@Nullable Double value) {
        return value == null || value == 0 ? null : value;
    }

    private double needed(JsonNode step, String field) {
        Double value = Rates.number(step.path(field));
        if (value == null || !(value > 0)) {
            throw refused(here() + " has no " + field + " above 0.", "Set " + field + ".");
        }
        return value;
    }

    private String here() {
        return "Step " + rowOfStep.size() + " of the method";
    }

    private static RefusedException refused(String cause, String remedy) {
        return new RefusedException(Failure.permanent("procedure.bad_step", cause, remedy));
    }
}
