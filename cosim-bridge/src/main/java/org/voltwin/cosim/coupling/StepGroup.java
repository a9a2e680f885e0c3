package org.voltwin.cosim.coupling;

import java.util.List;

/** Parts stepped together: one part, or the parts of a loop, with the links that close it. */
final class StepGroup {
    private final int[] order;
    private final Link[] closing;
    private final int width;
    private final LoopVector loop;

    StepGroup(List<Integer> order, List<Link> closing) {
        this.order = order.stream().mapToInt(Integer::intValue).toArray();
        this.closing = closing.toArray(Link[]::new);
        width = closing.stream().mapToInt(Link::width).sum();
        loop = new LoopVector(width);
    }

    int[] order() {
        return order;
    }

    Link[] closing() {
        return closing;
    }

    /** What the outputs of the closing links would give their inputs now. */
    double[] answers() {
        double[] answers = new double[width];
        int at = 0;
        for (Link link : closing) {
            link.read(answers, at);
            at += link.width();
        }
        return answers;
    }

    /** Gives the closing links' inputs the values that the loop is tried with. */
    void give() {
        double[] values = loop.values();
        int at = 0;
        for (Link link : closing) {
            link.write(values, at);
            at += link.width();
        }
    }

    /** The link that a value of the loop belongs to. */
    Link linkOf(int value) {
        int end = 0;
        for (Link link : closing) {
            end += link.width();
            if (value < end) {
                return link;
            }
        }
        throw new IndexOutOfBoundsException(value);
    }

    LoopVector loop() {
        return loop;
    }
}
