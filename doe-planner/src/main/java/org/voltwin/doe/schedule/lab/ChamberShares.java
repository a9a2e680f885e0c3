package org.voltwin.doe.schedule.lab;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.engine.CpSat;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * Which bench does which staffed test, without times: CP-SAT shares the work out so that all benches end together and
 * chambers have to change their temperature seldom.
 */
final class ChamberShares {
    /** Channels of a chamber wait for each other before it changes: about so many minutes each. */
    private static final int CHANGE_MINUTES = 240;

    private final Laboratory lab;
    private final List<LabProblem.LabBench> benches;

    /** Tests that may do on the same benches at the same temperature; their work is shared out as if it could be cut. */
    private record Alike(List<Integer> benches, @Nullable Double celsius) {}

    ChamberShares(Laboratory lab) {
        this.lab = lab;
        benches = lab.problem.benches();
    }

    /** The bench of each test as its number in the problem; -1 where any will do. */
    int[] share(Decoder decoder, long seed, double seconds) {
        int[] home = new int[lab.suitable.size()];
        Arrays.fill(home, -1);
        Map<Alike, List<Integer>> groups = new LinkedHashMap<>();
        for (int t = 0; t < home.length; t++) {
            List<Channel> channels = lab.suitable.get(t);
            if (!decoder.isRunning(t)
                    && lab.test(t).wholePlot() == null
                    && channels.stream().allMatch(Channel::needsStaff)) {
                List<Integer> where = channels.stream()
                        .map(c -> benches.indexOf(c.bench()))
                        .distinct()
                        .toList();
                groups.computeIfAbsent(new Alike(where, lab.test(t).temperatureCelsius()), k -> new ArrayList<>())
                        .add(t);
            }
        }
        if (!groups.isEmpty() && CpSat.unavailable().isEmpty()) {
            solve(groups, home, seed, seconds);
        }
        return home;
    }

    /** About when all is done if nothing ever waits. */
    private int soon(Map<Alike, List<Integer>> groups) {
        long work = groups.values().stream()
                .flatMap(List::stream)
                .mapToLong(lab::work)
                .sum();
        long channels = lab.channels.stream().filter(Channel::needsStaff).count();
        return (int) Math.min(lab.time.horizon, work / Math.max(1, channels));
    }

    /** Minutes in which channels of a bench are closed. */
    private long closed(int bench, int until) {
        return lab.channels.stream()
                .filter(channel -> channel.benchNumber() == bench)
                .mapToLong(channel ->
                        lab.closedChannels.get(channel.number()).get(0, until).cardinality())
                .sum();
    }

    private void solve(Map<Alike, List<Integer>> groups, int[] home, long seed, double seconds) {
        CpModel model = new CpModel();
        IntVar end = model.newIntVar(0, lab.time.horizon, "end");
        LinearExprBuilder[] load = new LinearExprBuilder[benches.size()];
        Arrays.setAll(load, b -> LinearExpr.newBuilder());
        List<Map<Double, BoolVar>> held = new ArrayList<>();
        benches.forEach(bench -> held.add(new TreeMap<>()));
        Map<Alike, Map<Integer, IntVar>> counts = new LinkedHashMap<>();
        groups.forEach((alike, tests) -> {
            Map<Integer, IntVar> count = new LinkedHashMap<>();
            long work = tests.stream().mapToLong(lab::work).sum();
            for (int b : alike.benches()) {
                IntVar here = model.newIntVar(0, work, "minutes");
                count.put(b, here);
                load[b].addTerm(here, 1);
                Double celsius = alike.celsius();
                if (celsius != null) {
                    BoolVar at = held.get(b).computeIfAbsent(celsius, c -> model.newBoolVar("t"));
                    model.addLessOrEqual(here, LinearExpr.term(at, work));
                }
            }
            model.addEquality(LinearExpr.sum(count.values().toArray(IntVar[]::new)), work);
            counts.put(alike, count);
        });
        int soon = soon(groups);
        LinearExprBuilder changes = LinearExpr.newBuilder();
        for (int b = 0; b < load.length; b++) {
            int channels = benches.get(b).channels();
            load[b].addTerm(end, -channels);
            load[b].add(closed(b, soon));
            if (!held.get(b).isEmpty()) {
                IntVar extra = model.newIntVar(0, held.get(b).size(), "x");
                model.addGreaterOrEqual(
                        LinearExpr.affine(extra, 1, 1),
                        LinearExpr.sum(held.get(b).values().toArray(BoolVar[]::new)));
                load[b].addTerm(extra, (long) CHANGE_MINUTES * channels);
                changes.addTerm(extra, 30);
            }
            model.addLessOrEqual(load[b].build(), 0);
        }
        model.minimize(changes.addTerm(end, 1).build());
        Map<Alike, int[]> best = new LinkedHashMap<>();
        CpSat.minimise(
                model,
                new SearchLimits(Duration.ofSeconds(2), 1, seed),
                seconds,
                values -> counts.forEach((alike, count) -> best.put(
                        alike,
                        count.values().stream()
                                .mapToInt(n -> (int) values.apply(n))
                                .toArray())),
                bound -> {});
        best.forEach((alike, minutes) -> {
            List<Integer> tests = new ArrayList<>(groups.getOrDefault(alike, List.of()));
            tests.sort(Comparator.comparingInt(t -> -lab.work(t)));
            for (int test : tests) {
                int most = 0;
                for (int b = 1; b < minutes.length; b++) {
                    most = minutes[b] > minutes[most] ? b : most;
                }
                minutes[most] -= lab.work(test);
                home[test] = alike.benches().get(most);
            }
        });
    }
}
