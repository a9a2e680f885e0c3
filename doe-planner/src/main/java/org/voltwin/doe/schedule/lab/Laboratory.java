package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.model.lab.BenchKind;

/** A problem with everything numbered and counted in minutes: what the search looks things up in. */
final class Laboratory {
    private static final int DAY = 24 * 60;

    /** One channel of a bench; {@code chamber} is -1 for none. */
    record Channel(int number, LabBench bench, int benchNumber, int channel, int chamber) {
        boolean needsStaff() {
            return bench.kind() == BenchKind.PHYSICAL;
        }
    }

    final LabProblem problem;
    final Timeline time;
    final List<Channel> channels = new ArrayList<>();
    final Map<String, Integer> testNumbers = new HashMap<>();
    private final Map<String, Integer> plotSizes = new HashMap<>();
    final Map<String, Integer> technicianNumbers = new HashMap<>();
    final List<List<Channel>> suitable = new ArrayList<>();
    private final List<List<Channel>> leastStaffed = new ArrayList<>();
    final List<BitSet> closedChannels = new ArrayList<>();
    final List<BitSet> closedChambers = new ArrayList<>();
    final List<BitSet> away = new ArrayList<>();

    Laboratory(LabProblem problem) {
        this.problem = problem;
        Map<String, Integer> chambers = new HashMap<>();
        for (Chamber chamber : problem.chambers()) {
            chambers.put(chamber.id(), chambers.size());
        }
        int benches = 0;
        for (LabBench bench : problem.benches()) {
            for (int c = 1; c <= bench.channels(); c++) {
                String chamber = bench.chamber();
                channels.add(new Channel(
                        channels.size(), bench, benches, c, chamber == null ? -1 : chambers.getOrDefault(chamber, -1)));
            }
            benches++;
        }
        for (LabTest test : problem.tests()) {
            testNumbers.put(test.id(), suitable.size());
            if (test.wholePlot() != null) {
                plotSizes.merge(test.wholePlot(), 1, Integer::sum);
            }
            suitable.add(channels.stream()
                    .filter(c ->
                            Requirement.lacking(test, c.bench(), chamber(c)).isEmpty())
                    .toList());
        }
        for (List<Channel> all : suitable) {
            List<Channel> unstaffed = all.stream().filter(c -> !c.needsStaff()).toList();
            leastStaffed.add(unstaffed.isEmpty() ? all : unstaffed);
        }
        time = new Timeline(problem.now(), horizon());
        for (Channel channel : channels) {
            BitSet closed = new BitSet(time.horizon);
            channel.bench().closures().forEach(closure -> time.block(closed, closure));
            closedChannels.add(closed);
        }
        for (Chamber chamber : problem.chambers()) {
            BitSet closed = new BitSet(time.horizon);
            chamber.closures().forEach(closure -> time.block(closed, closure));
            closedChambers.add(closed);
        }
        problem.technicians().forEach(technician -> {
            technicianNumbers.put(technician.id(), away.size());
            away.add(time.away(technician, problem.holidays()));
        });
    }

    LabTest test(int number) {
        return problem.tests().get(number);
    }

    /** How many tests a whole plot has. */
    int plotSize(String plot) {
        return plotSizes.getOrDefault(plot, 0);
    }

    @Nullable Chamber chamber(Channel channel) {
        return channel.chamber() < 0 ? null : problem.chambers().get(channel.chamber());
    }

    int setUp(int test, Channel channel) {
        return channel.needsStaff() ? Timeline.minutes(test(test).setUp()) : 0;
    }

    int tearDown(int test, Channel channel) {
        return channel.needsStaff() ? Timeline.minutes(test(test).tearDown()) : 0;
    }

    int run(int test, Channel channel) {
        double millis = test(test).run().toMillis() / channel.bench().speed();
        return Math.max(1, (int) Math.ceil(millis / 60_000 - 1e-9));
    }

    /** The channels that suit and need no staff; all that suit when each of them needs staff. */
    List<Channel> leastStaffed(int test) {
        return leastStaffed.get(test);
    }

    /** Minutes from set-up to tear-down on the first of these channels. */
    int work(int test) {
        Channel any = leastStaffed(test).getFirst();
        return setUp(test, any) + run(test, any) + tearDown(test, any);
    }

    /** Minutes from one temperature of a chamber to another. */
    int ramp(int chamber, double from, double to) {
        double rate = problem.chambers().get(chamber).degreesPerHour();
        return (int) Math.ceil(Math.abs(from - to) / rate * 60 - 1e-9);
    }

    /** Long enough for one test after the other on the channels there are, three times over. */
    private int horizon() {
        long work = 0;
        long longest = 0;
        int last = 0;
        Timeline open = new Timeline(problem.now(), Integer.MAX_VALUE);
        for (int t = 0; t < suitable.size(); t++) {
            LabTest test = test(t);
            int least = Timeline.minutes(test.setUp().plus(test.tearDown()));
            int most = least;
            for (Channel channel : suitable.get(t)) {
                most = Math.max(most, least + run(t, channel));
            }
            work += most;
            longest = Math.max(longest, most);
            if (test.release() != null) {
                last = Math.max(last, open.upMinutes(test.release()));
            }
            if (test.preferred() != null) {
                last = Math.max(last, open.upMinutes(test.preferred()));
            }
        }
        long shared = work * 5 / Math.max(1, Math.min(channels.size(), 4 + channels.size() / 2));
        return (int) Math.min(3650L * DAY, 21L * DAY + last + 3 * longest + shared);
    }
}
