package org.voltwin.doe.laboratory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * The benches in service, each channel a bench of its own so that it can be closed alone. A physical bench that is in no
 * chamber tempers its unit itself, at once.
 */
final class Benches {
    private static final double OWN_LOWEST = -273.15;
    private static final double OWN_HIGHEST = 1500;
    private static final double OWN_DEGREES_PER_HOUR = 1e6;
    private static final double AMBIENT = 25;
    /** A simulation is believed less than a measurement: a test that asks for all of it needs a physical bench. */
    private static final double VIRTUAL_FIDELITY = 0.9;

    private final ScheduleProblem problem;
    private final List<Bench> inService;
    private final Map<String, ClimateChamber> chambers = new HashMap<>();
    private final Map<String, Bench> byChannel = new LinkedHashMap<>();

    Benches(ScheduleProblem problem) {
        this.problem = problem;
        inService = problem.benches().stream()
                .filter(Bench::inService)
                .sorted(Comparator.comparing(Bench::twin))
                .toList();
        for (ClimateChamber chamber : problem.chambers()) {
            chamber.benches().forEach(bench -> chambers.putIfAbsent(bench.value(), chamber));
        }
        for (Bench bench : inService) {
            for (int channel = 1; channel <= bench.channels(); channel++) {
                byChannel.put(id(bench.twin().value(), channel), bench);
            }
        }
    }

    private static String id(String bench, int channel) {
        return bench + "#" + channel;
    }

    /** The id of the place's channel; null when its bench is not in service. */
    @Nullable String channel(Assignment place) {
        String id = id(place.bench().value(), place.channel());
        return byChannel.containsKey(id) ? id : null;
    }

    static int channelNumber(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('#') + 1));
    }

    Bench of(String channel) {
        Bench bench = byChannel.get(channel);
        if (bench == null) {
            throw new IllegalStateException("The plan names the unknown channel " + channel);
        }
        return bench;
    }

    List<Bench> physical() {
        return inService.stream().filter(Benches::isPhysical).toList();
    }

    static boolean isPhysical(Bench bench) {
        return bench.kind() == BenchKind.PHYSICAL;
    }

    /** The benches that can do the task. */
    List<Bench> suitable(ScheduleTask task) {
        SoakProfile soaks = new SoakProfile(task.soaks());
        return inService.stream()
                .filter(bench -> task.kind() == null || task.kind() == bench.kind())
                .filter(bench -> bench.levels().contains(task.level()))
                .filter(bench -> bench.capabilities().containsAll(task.capabilities()))
                .filter(bench -> task.currentAmperes() <= bench.maxCurrentAmperes())
                .filter(bench -> !isPhysical(bench) || soaks.isEmpty() || reaches(bench, soaks))
                .toList();
    }

    private boolean reaches(Bench bench, SoakProfile soaks) {
        ClimateChamber chamber = chambers.get(bench.twin().value());
        return chamber == null
                || (soaks.lowest() >= chamber.lowestCelsius() && soaks.highest() <= chamber.highestCelsius());
    }

    String chamberId(Bench bench) {
        ClimateChamber chamber = chambers.get(bench.twin().value());
        return chamber == null ? "own:" + bench.twin().value() : chamber.twin().value();
    }

    double degreesPerHour(Bench bench) {
        ClimateChamber chamber = chambers.get(bench.twin().value());
        return chamber == null ? OWN_DEGREES_PER_HOUR : chamber.degreesPerHour();
    }

    /** Whether the way to a temperature takes time that a plan notices. */
    boolean ramps(Bench bench) {
        return isPhysical(bench) && chambers.containsKey(bench.twin().value());
    }

    List<Chamber> chambers() {
        Map<String, Chamber> all = new LinkedHashMap<>();
        for (Bench bench : physical()) {
            String id = chamberId(bench);
            ClimateChamber chamber = chambers.get(bench.twin().value());
            all.put(
                    id,
                    chamber == null
                            ? new Chamber(id, OWN_LOWEST, OWN_HIGHEST, AMBIENT, OWN_DEGREES_PER_HOUR, List.of())
                            : new Chamber(
                                    id,
                                    chamber.lowestCelsius(),
                                    chamber.highestCelsius(),
                                    chamber.presentCelsius(),
                                    chamber.degreesPerHour(),
                                    closures(id)));
        }
        return List.copyOf(all.values());
    }

    List<Closure> closures(String id) {
        return problem.calendar().closures().getOrDefault(id, List.of()).stream()
                .map(closure -> new Closure(closure.from(), closure.to(), closure.reason()))
                .toList();
    }

    /**
     * All channels.
     *
     * @param taken when a channel is taken by what is no test of the plan
     * @param wanted temperatures that tests go through: a bench that reaches them has that as a capability
     */
    List<LabBench> channels(Map<String, List<Closure>> taken, List<SoakProfile> wanted) {
        List<LabBench> all = new ArrayList<>();
        byChannel.forEach((id, bench) -> {
            List<Closure> closures = new ArrayList<>(closures(bench.twin().value()));
            closures.addAll(taken.getOrDefault(id, List.of()));
            Set<String> capabilities = new TreeSet<>(bench.capabilities());
            wanted.stream()
                    .filter(soaks -> !isPhysical(bench) || reaches(bench, soaks))
                    .forEach(soaks -> capabilities.add(soaks.reach()));
            all.add(new LabBench(
                    id,
                    bench.kind(),
                    bench.levels(),
                    capabilities,
                    bench.maxCurrentAmperes(),
                    1,
                    isPhysical(bench) ? chamberId(bench) : null,
                    bench.speed(),
                    isPhysical(bench) ? 1 : VIRTUAL_FIDELITY,
                    closures));
        });
        return all;
    }
}
