package org.voltwin.cosim.coupling;

import java.util.List;

/** Parts stepped together: one part, or the parts of a loop, with the links that close it. */
final class StepGroup {
    private final int[] order;
    private final Link[] closing;
    private final LoopVector loop;

    StepGroup(List<Integer> order, List<Link> closing) {
        this.order = order.stream().mapToInt(Integer::intValue).toArray();
        this.closing = closing.toArray(Link[]::new);
        loop = new LoopVector(closing.size());
    }

    int[] order() {
        return order;
    }

    Link[] closing() {
        return closing;
    }

    LoopVector loop() {
        return loop;
    }
}
