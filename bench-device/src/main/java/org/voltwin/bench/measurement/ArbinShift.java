package org.voltwin.bench.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether rows stand under their header. What a column must be: data points count up by one, time does not run
 * backwards, a cell's voltage is between 0 and 6 V, indices are whole, capacities and energies are not negative and
 * their ratio is a voltage that a cell can have.
 */
final class ArbinShift {
    private static final int FARTHEST = 3;
    private static final double HIGHEST_VOLTS = 6;
    /** Below this charge (Ah) the ratio of energy to charge is mostly rounding. */
    private static final double LEAST_AMPERE_HOURS = 1e-3;

    private final List<String> names;
    private final List<List<String>> rows;

    private ArbinShift(List<String> names, List<List<String>> rows) {
        this.names = names;
        this.rows = rows;
    }

    /**
     * How many fields the rows stand to the right of their header; 0 when they stand under it.
     *
     * @throws org.voltwin.model.failure.RefusedException when they fit nowhere, or in several places
     */
    static int find(Place place, List<String> names, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        ArbinShift judge = new ArbinShift(names, rows);
        Optional<String> underHeader = judge.contradiction(0);
        if (underHeader.isEmpty() && rows.getFirst().size() == names.size()) {
            return 0;
        }
        List<Integer> fitting = IntStream.rangeClosed(-FARTHEST, FARTHEST)
                .filter(shift -> shift != 0 || rows.getFirst().size() != names.size())
                .filter(shift -> judge.contradiction(shift).isEmpty())
                .boxed()
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw place.refusal(
                "measurement.columns_inconsistent",
                "the rows do not stand under their header: "
                        + underHeader.orElse(
                                "they have " + rows.getFirst().size() + " fields for " + names.size() + " columns")
                        + ".",
                "Export the file again, or give a mapping file that says which column is what.");
    }

    private Optional<String> contradiction(int shift) {
        List<String> found = new ArrayList<>();
        double lastPoint = Double.NaN;
        double lastTime = Double.NaN;
        for (List<String> row : rows) {
            double point = value(row, "data_point", shift, found);
            double time = value(row, "test_time", shift, found);
            double volts = value(row, "voltage", shift, found);
            double amperes = value(row, "current", shift, found);
            if (Double.isNaN(point) || Double.isNaN(time) || Double.isNaN(volts) || Double.isNaN(amperes)) {
                found.add("a data point, test time, current or voltage is missing");
            }
            if (point != Math.rint(point) || point - lastPoint != 1 && !Double.isNaN(lastPoint)) {
                found.add("'data_point' does not count up by one (" + lastPoint + ", then " + point + ")");
            }
            if (time < lastTime || time < 0) {
                found.add("'test_time' runs backwards (" + lastTime + " s, then " + time + " s)");
            }
            if (volts < 0 || volts > HIGHEST_VOLTS) {
                found.add("'voltage' is " + volts + " V");
            }
            whole(row, "cycle_index", shift, found);
            whole(row, "step_index", shift, found);
            ratio(row, "charge", shift, found);
            ratio(row, "discharge", shift, found);
            lastPoint = point;
            lastTime = time;
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }

    private void whole(List<String> row, String name, int shift, List<String> found) {
        double value = value(row, name, shift, found);
        if (!Double.isNaN(value) && (value != Math.rint(value) || value < 0)) {
            found.add("'" + name + "' is " + value + ", which is no index");
        }
    }

    private void ratio(List<String> row, String kind, int shift, List<String> found) {
        double charge = value(row, kind + "_capacity", shift, found);
        double energy = value(row, kind + "_energy", shift, found);
        if (charge < 0 || energy < 0) {
            found.add("'" + kind + "_capacity' or '" + kind + "_energy' is negative");
        } else if (charge > LEAST_AMPERE_HOURS && energy / charge > HIGHEST_VOLTS) {
            found.add("'" + kind + "_energy' divided by '" + kind + "_capacity' is " + energy / charge + " V");
        }
    }

    /** NaN when there is no such column or no value. */
    private double value(List<String> row, String name, int shift, List<String> found) {
        int column = names.indexOf(name);
        if (column < 0) {
            return Double.NaN;
        }
        int index = column + shift;
        if (index < 0 || index >= row.size()) {
            return Double.NaN;
        }
        String field = row.get(index);
        if (!Numbers.isNumberOrNothing(field)) {
            found.add("'" + name + "' has '" + field.strip() + "'");
            return Double.NaN;
        }
        return Numbers.isNothing(field.strip()) ? Double.NaN : Double.parseDouble(field.strip());
    }
}
