package org.voltwin.doe.schedule.shop;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.doe.schedule.engine.CpSat;
import org.voltwin.doe.schedule.engine.Progress;
import org.voltwin.doe.schedule.engine.SearchLimits;

/**
 * The shop for CP-SAT: optional intervals per machine, starts only where a plan as good as the known one can have them,
 * each machine's load as a linear constraint (weak without it), and the known plan as a full hint.
 */
final class ShopModel {
    private final ShopState shape;
    private final CpModel model = new CpModel();
    private final IntVar makespan;
    private final IntVar[] start;
    private final BoolVar[][] chosen;
    private final List<List<FlexibleShop.Operation>> jobs;

    ShopModel(FlexibleShop shop, ShopPlan known, long bound) {
        jobs = shop.jobs();
        shape = new ShopState(shop);
        ShopWindows windows = new ShopWindows(shape);
        long upper = known.makespan();
        makespan = model.newIntVar(bound, upper, "makespan");
        model.minimize(makespan);
        model.addHint(makespan, upper);
        start = new IntVar[shape.count];
        chosen = new BoolVar[shape.count][];
        List<List<IntervalVar>> onMachine = new ArrayList<>();
        List<LinearExprBuilder> load = new ArrayList<>();
        int[] before = new int[shop.machines()];
        int[] after = new int[shop.machines()];
        for (int m = 0; m < shop.machines(); m++) {
            onMachine.add(new ArrayList<>());
            load.add(LinearExpr.newBuilder());
            before[m] = Integer.MAX_VALUE;
            after[m] = Integer.MAX_VALUE;
        }
        List<ShopPlan.Place> places =
                known.jobs().stream().flatMap(List::stream).toList();
        LinearExpr[] end = new LinearExpr[shape.count];
        for (int v = 0; v < shape.count; v++) {
            long latest = upper - windows.tail[v] - windows.shortest[v];
            start[v] = model.newIntVar(windows.head[v], latest, "s" + v);
            model.addHint(start[v], places.get(v).start());
            int choices = shape.choiceMachine[v].length;
            chosen[v] = new BoolVar[choices];
            LinearExprBuilder ends = LinearExpr.newBuilder().add(start[v]);
            for (int c = 0; c < choices; c++) {
                int m = shape.choiceMachine[v][c];
                int takes = shape.choiceDuration[v][c];
                BoolVar here = model.newBoolVar("x" + v + "," + m);
                chosen[v][c] = here;
                model.addHint(here, places.get(v).machine() == m);
                onMachine.get(m).add(model.newOptionalFixedSizeIntervalVar(start[v], takes, here, "i" + v + "," + m));
                load.get(m).addTerm(here, takes);
                ends.addTerm(here, takes);
                before[m] = Math.min(before[m], windows.head[v]);
                after[m] = Math.min(after[m], windows.tail[v]);
                if (windows.head[v] + takes + windows.tail[v] > upper) {
                    model.addEquality(here, 0);
                }
            }
            model.addExactlyOne(chosen[v]);
            end[v] = ends.build();
            if (shape.jobBefore[v] >= 0) {
                model.addGreaterOrEqual(start[v], end[shape.jobBefore[v]]);
            }
            model.addLessOrEqual(
                    LinearExpr.newBuilder().add(end[v]).add(windows.tail[v]).build(), makespan);
        }
        for (int m = 0; m < shop.machines(); m++) {
            if (!onMachine.get(m).isEmpty()) {
                model.addNoOverlap(onMachine.get(m));
                model.addLessOrEqual(
                        load.get(m).add(before[m] + (long) after[m]).build(), makespan);
            }
        }
    }

    /** Searches, reporting plans and bounds, until a proof or the end of the effort. */
    void run(Progress<ShopPlan> progress, SearchLimits limits) {
        CpSat.minimise(
                model,
                limits,
                progress.remainingSeconds(),
                values -> {
                    if (values.apply(makespan) < progress.value()) {
                        progress.offer(plan(values), CpSat.NAME);
                    }
                },
                bound -> progress.raise(bound, CpSat.NAME));
    }

    private ShopPlan plan(CpSat.Values values) {
        List<List<ShopPlan.Place>> result = new ArrayList<>();
        int v = 0;
        for (List<FlexibleShop.Operation> job : jobs) {
            List<ShopPlan.Place> places = new ArrayList<>();
            for (int i = 0; i < job.size(); i++, v++) {
                long from = values.apply(start[v]);
                for (int c = 0; c < chosen[v].length; c++) {
                    if (values.apply(chosen[v][c]) == 1) {
                        places.add(
                                new ShopPlan.Place(shape.choiceMachine[v][c], from, from + shape.choiceDuration[v][c]));
                    }
                }
            }
            result.add(places);
        }
        return new ShopPlan(result);
    }
}
