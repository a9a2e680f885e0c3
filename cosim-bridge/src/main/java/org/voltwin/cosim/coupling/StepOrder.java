package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;

/** The order of stepping that leaves the fewest signals to iterate. */
final class StepOrder {
    /** All orders of so many parts are tried; beyond, their given order is taken. */
    private static final int MOST_TRIED = 7;

    private StepOrder() {}

    static List<Integer> of(int parts, List<Link> links) {
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            given.add(i);
        }
        if (parts > MOST_TRIED) {
            return given;
        }
        List<List<Integer>> best = new ArrayList<>(List.of(given));
        permute(new ArrayList<>(), given, links, best);
        return best.getFirst();
    }

    private static void permute(List<Integer> head, List<Integer> rest, List<Link> links, List<List<Integer>> best) {
        if (rest.isEmpty()) {
            if (backward(head, links) < backward(best.getFirst(), links)) {
                best.set(0, List.copyOf(head));
            }
            return;
        }
        for (Integer next : rest) {
            List<Integer> longer = new ArrayList<>(head);
            longer.add(next);
            List<Integer> others = new ArrayList<>(rest);
            others.remove(next);
            permute(longer, others, links, best);
        }
    }

    /** Links whose source is stepped after their target, or which are the target's own. */
    private static long backward(List<Integer> order, List<Link> links) {
        return links.stream().filter(link -> isBackward(order, link)).count();
    }

    static boolean isBackward(List<Integer> order, Link link) {
        return order.indexOf(link.source()) >= order.indexOf(link.target());
    }
}
