package org.voltwin.cosim.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/** Turns the models' signals into the laboratory's columns (CO-06), in inside units; others are left out. */
final class CellRows implements RowObserver {
    private static final Set<String> SET_BY_BENCH = Set.of(Variables.CURRENT, Variables.AMBIENT_TEMPERATURE);

    private record Source(int index, Unit unit) {}

    private final CellObserver observer;
    private final List<Source> sources = new ArrayList<>();

    CellRows(CellObserver observer) {
        this.observer = observer;
    }

    @Override
    public void signals(List<Signal> signals) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < signals.size(); i++) {
            Signal signal = signals.get(i);
            Optional<Unit> wire = Variables.wireUnit(signal.name());
            Optional<Unit> own = signal.unit().isEmpty() ? wire.map(Unit::inside) : Unit.parse(signal.unit());
            boolean known = wire.isPresent()
                    && own.isPresent()
                    && wire.get().inside() == own.get().inside()
                    && !signal.name().equals(Variables.TIME)
                    && columns.stream().noneMatch(column -> column.name().equals(signal.name()));
            if (known) {
                Direction direction = SET_BY_BENCH.contains(signal.name()) ? Direction.INPUT : Direction.OUTPUT;
                columns.add(new Column(signal.name(), own.get().inside(), direction));
                sources.add(new Source(i, own.get()));
            }
        }
        columns.add(new Column(Variables.SCENARIO, Unit.COUNT, Direction.INPUT));
        observer.columns(columns);
    }

    @Override
    public void row(Row row) throws InterruptedException {
        double[] values = new double[sources.size() + 1];
        for (int i = 0; i < sources.size(); i++) {
            double value = row.values()[sources.get(i).index()];
            boolean valid = Double.isFinite(value) && value != Variables.INVALID;
            values[i] = valid ? sources.get(i).unit().toInside(value) : Double.NaN;
        }
        values[sources.size()] = row.scenario();
        observer.row(new CellObserver.CellRow(row.sequence(), row.timeSeconds(), row.fraction(), values));
    }

    @Override
    public void done(long rows, Map<String, Double> summary) throws InterruptedException {
        observer.done(rows, summary);
    }

    @Override
    public void broken(Failure failure) {
        observer.broken(failure);
    }
}
