package org.voltwin.cosim.coupling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The order of stepping: groups of parts that form loops (strongly connected components, R. Tarjan, SIAM J. Comput. 1
 * (1972) 146), each after those that drive it, and within a group the order that leaves the fewest signals to iterate.
 */
public final class StepOrder {
    /** All orders of so many parts of a loop are tried; beyond, their given order is taken. */
    private static final int MOST_TRIED = 7;

    private final List<List<Integer>> edges;
    private final int[] index;
    private final int[] low;
    private final boolean[] open;
    private final Deque<Integer> stack = new ArrayDeque<>();
    private final List<List<Integer>> found = new ArrayList<>();
    private int next;

    private StepOrder(List<List<Integer>> edges) {
        this.edges = edges;
        index = new int[edges.size()];
        low = new int[edges.size()];
        open = new boolean[edges.size()];
        Arrays.fill(index, -1);
    }

    /**
     * The groups of a graph in the order of their dependencies.
     *
     * @param edges for every node the nodes that it drives
     */
    public static List<List<Integer>> groups(List<List<Integer>> edges) {
        StepOrder order = new StepOrder(edges);
        for (int node = edges.size() - 1; node >= 0; node--) {
            if (order.index[node] < 0) {
                order.visit(node);
            }
        }
        Collections.reverse(order.found);
        return order.found;
    }

    static List<List<Integer>> of(int parts, List<Link> links) {
        List<List<Integer>> edges = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            edges.add(new ArrayList<>());
        }
        links.forEach(link -> edges.get(link.source()).add(link.target()));
        return groups(edges).stream().map(group -> within(group, links)).toList();
    }

    private record Frame(int node, int[] at) {}

    /** Without recursion: a chain may be longer than the stack is deep. */
    private void visit(int root) {
        Deque<Frame> path = new ArrayDeque<>();
        path.push(enter(root));
        while (!path.isEmpty()) {
            Frame frame = path.element();
            int node = frame.node();
            if (frame.at()[0] < edges.get(node).size()) {
                int driven = edges.get(node).get(frame.at()[0]++);
                if (index[driven] < 0) {
                    path.push(enter(driven));
                } else if (open[driven]) {
                    low[node] = Math.min(low[node], index[driven]);
                }
                continue;
            }
            path.pop();
            if (!path.isEmpty()) {
                int driver = path.element().node();
                low[driver] = Math.min(low[driver], low[node]);
            }
            if (low[node] == index[node]) {
                found.add(close(node));
            }
        }
    }

    private Frame enter(int node) {
        index[node] = low[node] = next++;
        open[node] = true;
        stack.push(node);
        return new Frame(node, new int[1]);
    }

    private List<Integer> close(int root) {
        List<Integer> group = new ArrayList<>();
        int node;
        do {
            node = stack.pop();
            open[node] = false;
            group.add(node);
        } while (node != root);
        Collections.sort(group);
        return group;
    }

    private static List<Integer> within(List<Integer> group, List<Link> links) {
        if (group.size() > MOST_TRIED || group.size() == 1) {
            return group;
        }
        List<Link> own = links.stream()
                .filter(link -> group.contains(link.source()) && group.contains(link.target()))
                .toList();
        List<List<Integer>> best = new ArrayList<>(List.of(group));
        permute(new ArrayList<>(), group, own, best);
        return best.getFirst();
    }

    private static void permute(List<Integer> head, List<Integer> rest, List<Link> links, List<List<Integer>> best) {
        if (rest.isEmpty()) {
            if (backward(head, links) < backward(best.getFirst(), links)) {
                best.set(0, List.copyOf(head));
            }
            return;
        }
        for (Integer part : rest) {
            List<Integer> longer = new ArrayList<>(head);
            longer.add(part);
            List<Integer> others = new ArrayList<>(rest);
            others.remove(part);
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
