package org.voltwin.cosim.coupling;

import java.util.List;
import org.voltwin.cosim.fmi.CallProgram;
import org.voltwin.cosim.fmi.SignalMemory;

/** Parts stepped together: one part, or the parts of a loop, with the links that close it. */
final class StepGroup {
    private final List<Link> closing;
    private final SignalMemory memory;
    private final LoopVector loop;
    private final double[] answers;
    private final PartTimes.Clock clock = new PartTimes.Clock();
    private final CallProgram carrying;
    private final CallProgram trying;
    private final CallProgram answering;
    private final CallProgram stepping;
    private final int afterRestoring;

    /**
     * @param order the parts of this group
     * @param overall the order of all parts
     * @param iterated whether steps begin and end with what is assumed of the closing links; otherwise they carry what
     *     is there before the step
     */
    StepGroup(Wiring wiring, List<Integer> order, List<Integer> overall, boolean iterated, PartTimes times) {
        memory = wiring.memory();
        closing = wiring.links().stream()
                .filter(link -> order.contains(link.target()) && StepOrder.isBackward(overall, link))
                .toList();
        loop = new LoopVector(closing.stream().mapToInt(Link::width).sum());
        answers = new double[loop.values().length];
        carrying = wiring.program();
        trying = wiring.program();
        answering = wiring.program();
        stepping = wiring.program();
        if (iterated && isLoop()) {
            order.forEach(part -> stepping.restore(wiring.part(part).model()));
        }
        afterRestoring = stepping.size();
        for (Link link : closing) {
            link.read(answering);
            link.write(trying);
            if (!iterated) {
                link.read(stepping);
            }
        }
        closing.forEach(link -> link.write(stepping));
        for (int part : order) {
            for (Link link : wiring.links()) {
                if (link.target() == part && !StepOrder.isBackward(overall, link)) {
                    link.carry(carrying);
                    link.carry(trying);
                    link.carry(stepping);
                }
            }
            times.step(stepping, clock, part, wiring.part(part));
        }
        if (iterated) {
            closing.forEach(link -> link.read(stepping));
        }
    }

    boolean isLoop() {
        return !closing.isEmpty();
    }

    LoopVector loop() {
        return loop;
    }

    /** Hands values along the links within the group that do not close it; without a step. */
    void carry() {
        carrying.run();
    }

    /** What the outputs of the closing links would give their inputs now. */
    double[] answers() {
        answering.run();
        return answered();
    }

    /** Gives the loop the values that it is tried with, and hands them along; without a step. Answers what comes out. */
    double[] attempt() {
        give();
        trying.run();
        return answers();
    }

    /** A step of all parts. Of a loop that is iterated, {@link #answered} are the values that came out. */
    CallProgram step(double now, double step, boolean again) {
        give();
        stepping.run(again ? 0 : afterRestoring, now, step, clock.next());
        return stepping;
    }

    /** The values of the closing links that were read last; not to be changed. */
    double[] answered() {
        int at = 0;
        for (Link link : closing) {
            for (int i = 0; i < link.width(); i++) {
                answers[at++] = memory.get(link.place() + i);
            }
        }
        return answers;
    }

    private void give() {
        double[] values = loop.values();
        int at = 0;
        for (Link link : closing) {
            for (int i = 0; i < link.width(); i++) {
                memory.set(link.place() + i, values[at++]);
            }
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
}
