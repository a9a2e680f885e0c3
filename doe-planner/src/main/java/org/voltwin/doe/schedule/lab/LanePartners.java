package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * With whom tests may change places: those of the same temperature, mostly of about the same length, because a plan that
 * is tight seldom bears more. In the cold half of an annealing one of 600 exchanges at random was accepted, of those that
 * differ by half an hour one of 40.
 */
final class LanePartners {
    /** Per test: those of its temperature, the shortest first. */
    private final int[][] alike;

    /** Its place among them. */
    private final int[] rank;

    LanePartners(Laboratory lab) {
        int tests = lab.suitable.size();
        alike = new int[tests][];
        rank = new int[tests];
        Map<@Nullable Double, List<Integer>> groups = new LinkedHashMap<>();
        for (int t = 0; t < tests; t++) {
            groups.computeIfAbsent(lab.test(t).temperatureCelsius(), celsius -> new ArrayList<>())
                    .add(t);
        }
        for (List<Integer> group : groups.values()) {
            group.sort(Comparator.comparing((Integer t) -> lab.test(t).run()));
            int[] sorted = group.stream().mapToInt(Integer::intValue).toArray();
            for (int i = 0; i < sorted.length; i++) {
                alike[sorted[i]] = sorted;
                rank[sorted[i]] = i;
            }
        }
    }

    /** Somebody to change places with; the test itself where there is nobody. The number of others between is log-uniform. */
    int of(int test, Random random) {
        int[] group = alike[test];
        if (group.length < 2) {
            return test;
        }
        int away = (int) Math.exp(random.nextDouble() * Math.log(group.length));
        int at = rank[test] + (random.nextBoolean() ? away : -away);
        return group[Math.floorMod(at, group.length)];
    }
}
