package org.voltwin.twin.collector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.ResultMessage;
import org.voltwin.model.telemetry.SampleBatch;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.KeptAside;
import org.voltwin.twin.store.StreamKey;

/** Messages of benches to rows in the inside units, with what cannot be true taken out. Pure. */
final class InsideConversion {
    private InsideConversion() {}

    static Outcome<InsideRows> rows(SampleBatch batch) {
        for (Column column : batch.columns()) {
            Optional<Failure> objection = quantityMismatch(column);
            if (objection.isPresent()) {
                return Outcome.refused(objection.get());
            }
        }
        List<double[]> rows = new ArrayList<>(batch.rows().size());
        List<KeptAside> aside = new ArrayList<>();
        for (int i = 0; i < batch.rows().size(); i++) {
            rows.add(row(batch.columns(), batch.rows().get(i), batch.first() + i, aside));
        }
        return Outcome.ok(new InsideRows(
                new StreamKey(batch.thing(), batch.stream()),
                batch.run(),
                batch.source(),
                batch.columns(),
                batch.first(),
                rows,
                aside,
                batch.totalRows()));
    }

    private static double[] row(
            List<Column> columns, List<@Nullable Double> sent, long sequence, List<KeptAside> aside) {
        double[] row = new double[columns.size()];
        Arrays.fill(row, Double.NaN);
        for (int c = 0; c < row.length; c++) {
            Double value = sent.get(c);
            if (value == null || value == Variables.INVALID) {
                continue;
            }
            double inside = columns.get(c).unit().toInside(value);
            Optional<String> objection = Plausibility.objection(columns.get(c), inside);
            if (objection.isPresent()) {
                aside.add(new KeptAside(sequence, c, inside, objection.get()));
            } else {
                row[c] = inside;
            }
        }
        return row;
    }

    /** A voltage in degC is a mistake of the sender that no conversion mends. */
    private static Optional<Failure> quantityMismatch(Column column) {
        return Variables.wireUnit(column.name())
                .filter(expected -> expected.inside() != column.unit().inside())
                .map(expected -> Failure.permanent(
                        "samples.wrong_unit",
                        "Column " + column.name() + " is given in "
                                + column.unit().symbol() + ".",
                        "Send it in " + expected.symbol() + " or a multiple of it."));
    }

    /** Other senders leave fields out; the vocabulary's types cannot say that they must not. */
    static Outcome<ResultMessage> complete(ResultMessage message) {
        boolean complete = message.testUuid() != null
                && message.testUut() != null
                && message.testBench() != null
                && message.variables().stream()
                        .allMatch(variable -> variable.name() != null
                                && variable.unit() != null
                                && variable.type() != null
                                && variable.values() != null
                                && variable.values().stream().allMatch(Objects::nonNull));
        return complete
                ? Outcome.ok(message)
                : Outcome.refused(Failure.permanent(
                        "message.wrong_shape",
                        "The message lacks test_UUID, test_UUT, test_bench, or a variable's name, unit, type or values.",
                        "Compare it with the message's JSON Schema."));
    }

    /**
     * A result message as a batch; {@code first} is its sequence number.
     *
     * @return refused with {@code samples.unknown_unit} or {@code samples.uneven}
     */
    static Outcome<SampleBatch> batch(ResultMessage message, StreamKey key, long first) {
        List<ResultMessage.Variable> variables = message.variables().stream()
                .filter(variable -> !variable.name().equals(Variables.TIME))
                .toList();
        Outcome<List<Column>> columns = columns(variables);
        if (columns instanceof Outcome.Refused<List<Column>> refused) {
            return Outcome.refused(refused.failure());
        }
        int count = variables.isEmpty() ? 0 : variables.getFirst().values().size();
        List<List<@Nullable Double>> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double time = variables.getFirst().values().get(i).timestamp();
            List<@Nullable Double> row = new ArrayList<>(variables.size() + 1);
            row.add(time);
            for (ResultMessage.Variable variable : variables) {
                if (variable.values().size() != count
                        || variable.values().get(i).timestamp() != time) {
                    return Outcome.refused(Failure.permanent(
                            "samples.uneven",
                            "Variable " + variable.name() + " has other time stamps than "
                                    + variables.getFirst().name() + ".",
                            "Send all variables of a message with the same time stamps."));
                }
                row.add(variable.values().get(i).value());
            }
            rows.add(row);
        }
        return columns.map(known -> new SampleBatch(
                key.thing(),
                key.stream(),
                message.testUuid(),
                message.testBench(),
                first,
                known,
                rows,
                message.totalRows()));
    }

    private static Outcome<List<Column>> columns(List<ResultMessage.Variable> variables) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(Variables.TIME, Unit.SECOND, Direction.INPUT));
        for (ResultMessage.Variable variable : variables) {
            Optional<Unit> unit = Unit.parse(variable.unit());
            if (unit.isEmpty()) {
                return Outcome.refused(Failure.permanent(
                        "samples.unknown_unit",
                        "Variable " + variable.name() + " has the unit '" + variable.unit() + "'.",
                        "Use one of the units of the vocabulary, such as A, V, degC, %, mOhm or s."));
            }
            Direction direction;
            try {
                direction = Direction.of(variable.type());
            } catch (IllegalArgumentException e) {
                return Outcome.refused(Failure.permanent(
                        "samples.unknown_type",
                        "Variable " + variable.name() + " has the type '" + variable.type() + "'.",
                        "Use Input or Output."));
            }
            columns.add(new Column(variable.name(), unit.get(), direction));
        }
        return Outcome.ok(columns);
    }
}
