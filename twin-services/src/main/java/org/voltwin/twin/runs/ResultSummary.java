package org.voltwin.twin.runs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;

/**
 * Figures of a whole stream, from its stored rows. Charge and energy are integrated with the trapezoidal rule; nothing
 * is integrated across a time that does not go forward (a cycler's clock that jumps back).
 */
public final class ResultSummary {
    private static final double SECONDS_PER_HOUR = 3600;

    private final int time;
    private final int current;
    private final int voltage;
    private final List<Integer> temperatures;
    private double lastTime = Double.NaN;
    private double lastCurrent = Double.NaN;
    private double lastPower = Double.NaN;
    private double chargedAmpereHours;
    private double dischargedAmpereHours;
    private double chargedWattHours;
    private double dischargedWattHours;
    private double minVoltage = Double.POSITIVE_INFINITY;
    private double maxVoltage = Double.NEGATIVE_INFINITY;
    private double maxTemperature = Double.NEGATIVE_INFINITY;
    private double maxCurrent;
    private double duration;

    private ResultSummary(List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        time = names.indexOf(Variables.TIME);
        current = names.indexOf(Variables.CURRENT);
        voltage = names.indexOf(Variables.VOLTAGE);
        temperatures = java.util.stream.IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).unit().inside() == Unit.CELSIUS
                        && !names.get(i).equals(Variables.AMBIENT_TEMPERATURE))
                .boxed()
                .toList();
    }

    /** Figures with the unit in the name; those that cannot be told are absent. */
    public static Map<String, Double> of(SampleStore store, StreamInfo stream) {
        ResultSummary summary = new ResultSummary(stream.columns());
        store.read(stream.key(), 0, Long.MAX_VALUE / 2, (sequence, values) -> {
            summary.add(values);
            return true;
        });
        return summary.figures();
    }

    /** The same for each scenario of a run, by its number; empty for a stream that does not say which row is of which. */
    public static Map<Integer, Map<String, Double>> perScenario(SampleStore store, StreamInfo stream) {
        int scenario = stream.columns().stream().map(Column::name).toList().indexOf(Variables.SCENARIO);
        Map<Integer, ResultSummary> summaries = new TreeMap<>();
        if (scenario >= 0) {
            store.read(stream.key(), 0, Long.MAX_VALUE / 2, (sequence, values) -> {
                if (!Double.isNaN(values[scenario])) {
                    summaries
                            .computeIfAbsent(
                                    (int) Math.round(values[scenario]), n -> new ResultSummary(stream.columns()))
                            .add(values);
                }
                return true;
            });
        }
        Map<Integer, Map<String, Double>> figures = new TreeMap<>();
        summaries.forEach((number, summary) -> {
            Map<String, Double> found = summary.figures();
            double in = found.getOrDefault("chargedWattHours", 0.0);
            double out = found.getOrDefault("dischargedWattHours", 0.0);
            if (in > 0 && out > 0) {
                found.put("energyEfficiencyFraction", out / in);
            }
            figures.put(number, found);
        });
        return figures;
    }

    private static double value(double[] row, int column) {
        return column < 0 ? Double.NaN : row[column];
    }

    private void add(double[] row) {
        double now = value(row, time);
        double amperes = value(row, current);
        double volts = value(row, voltage);
        integrate(now, amperes, amperes * volts);
        minVoltage = Double.isNaN(volts) ? minVoltage : Math.min(minVoltage, volts);
        maxVoltage = Double.isNaN(volts) ? maxVoltage : Math.max(maxVoltage, volts);
        maxCurrent = Double.isNaN(amperes) ? maxCurrent : Math.max(maxCurrent, Math.abs(amperes));
        for (int column : temperatures) {
            maxTemperature = Double.isNaN(row[column]) ? maxTemperature : Math.max(maxTemperature, row[column]);
        }
    }

    private void integrate(double now, double amperes, double watts) {
        double step = now - lastTime;
        if (step > 0) {
            duration += step;
            double ampereHours = (amperes + lastCurrent) / 2 * step / SECONDS_PER_HOUR;
            double wattHours = (watts + lastPower) / 2 * step / SECONDS_PER_HOUR;
            if (ampereHours > 0) {
                chargedAmpereHours += ampereHours;
                chargedWattHours += Double.isNaN(wattHours) ? 0 : wattHours;
            } else if (ampereHours < 0) {
                dischargedAmpereHours -= ampereHours;
                dischargedWattHours -= Double.isNaN(wattHours) ? 0 : wattHours;
            }
        }
        lastTime = now;
        lastCurrent = amperes;
        lastPower = watts;
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        if (current >= 0 && time >= 0) {
            figures.put("chargedAmpereHours", chargedAmpereHours);
            figures.put("dischargedAmpereHours", dischargedAmpereHours);
            figures.put("maxCurrentAmperes", maxCurrent);
        }
        if (current >= 0 && time >= 0 && voltage >= 0) {
            figures.put("chargedWattHours", chargedWattHours);
            figures.put("dischargedWattHours", dischargedWattHours);
        }
        if (minVoltage <= maxVoltage) {
            figures.put("minVoltageVolts", minVoltage);
            figures.put("maxVoltageVolts", maxVoltage);
        }
        if (maxTemperature > Double.NEGATIVE_INFINITY) {
            figures.put("maxTemperatureCelsius", maxTemperature);
        }
        if (time >= 0) {
            figures.put("durationSeconds", duration);
        }
        return figures;
    }
}
