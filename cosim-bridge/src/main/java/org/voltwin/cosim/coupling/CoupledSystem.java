package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.CallProgram;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Models stepped together. When a part could only step to an earlier time, all go back and the whole step is tried
 * again to that time. Legal order: constructor, parameters, {@link #initialise}, steps. After a {@link RefusedException}
 * or {@link org.voltwin.cosim.fmi.FmiException} the system must not be stepped again.
 */
public final class CoupledSystem implements AutoCloseable {
    private static final int MOST_ITERATIONS = 200;
    private static final int MOST_SHORTER_STEPS = 200;

    private final Wiring wiring;
    private final CouplingMethod method;
    private final List<StepGroup> groups = new ArrayList<>();
    private final PartTimes times;
    private final JacobiSteps jacobi;
    private final CallProgram saving;
    private final CallProgram restoring;
    private final CallProgram reading;
    private double timeSeconds;
    private double timeBefore;
    private long steps;
    private long evaluations;
    private long rollbacks;
    private boolean terminated;

    /** A system whose loops are iterated. */
    public CoupledSystem(List<Part> parts, List<Connection> connections) {
        this(parts, connections, CouplingMethod.ITERATED);
    }

    /** A system stepped by the caller's thread alone. */
    public CoupledSystem(List<Part> parts, List<Connection> connections, CouplingMethod method) {
        this(parts, connections, method, 1);
    }

    /** @param threads that parts may be stepped in at the same time, when that pays and the method lets them */
    public CoupledSystem(List<Part> parts, List<Connection> connections, CouplingMethod method, int threads) {
        this(parts, connections, method, threads, Sharing.MEASURED);
    }

    CoupledSystem(List<Part> parts, List<Connection> connections, CouplingMethod method, int threads, Sharing sharing) {
        this.method = method;
        wiring = new Wiring(parts, connections);
        times = new PartTimes(parts.size());
        List<List<Integer>> ordered = StepOrder.of(parts.size(), wiring.links());
        List<Integer> order = ordered.stream().flatMap(List::stream).toList();
        for (List<Integer> members : ordered) {
            StepGroup group = new StepGroup(wiring, members, order, method == CouplingMethod.ITERATED, times);
            if (method == CouplingMethod.ITERATED && group.isLoop()) {
                requireStates(members);
            }
            groups.add(group);
        }
        jacobi = new JacobiSteps(wiring, times, method == CouplingMethod.JACOBI ? threads : 1, sharing);
        saving = wiring.saving();
        restoring = wiring.restoring();
        reading = wiring.reading();
    }

    private void requireStates(List<Integer> members) {
        for (int member : members) {
            Part part = wiring.part(member);
            if (!part.description().hasState()) {
                throw new RefusedException(Failure.permanent(
                        "cosim.loop_without_state",
                        "The models form a loop, but " + part.name()
                                + " cannot go back to an earlier state (canGetAndSetFMUState).",
                        "Export the models with canGetAndSetFMUState, or couple them with jacobi or gauss-seidel."));
            }
        }
    }

    public double timeSeconds() {
        return timeSeconds;
    }

    /** Communication steps taken so far. */
    public long steps() {
        return steps;
    }

    /** How often groups of parts were stepped for them, iterations and shortened steps included. */
    public long evaluations() {
        return evaluations;
    }

    /** How often all parts, or those of a loop, went back to a step's beginning. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Whether a part asked to end the simulation. */
    public boolean terminated() {
        return terminated;
    }

    /** Wall-clock seconds spent in each part's steps, estimated from some of the evaluations. */
    public Map<String, Double> stepSeconds() {
        return times.seconds(wiring.parts());
    }

    /** Initialises all parts; values are handed along the connections until loops of direct feedthrough agree. */
    public void initialise(double startSeconds) {
        timeSeconds = startSeconds;
        for (Part part : wiring.parts()) {
            part.model().enterInitialization(startSeconds);
        }
        wiring.handovers().forEach(Handover::carry);
        for (StepGroup group : groups) {
            group.carry();
            group.loop().begin(group.answers());
            boolean agreed = false;
            for (int iteration = 0; !agreed && iteration < MOST_ITERATIONS; iteration++) {
                agreed = agreed(group, group.attempt());
            }
            if (!agreed) {
                throw notConverged(group);
            }
        }
        for (Part part : wiring.parts()) {
            part.model().exitInitialization();
        }
        groups.forEach(group -> group.loop().begin(group.answers()));
    }

    /** Between two steps: all but the models' own states. */
    public void save(Memory memory) {
        memory.put(timeSeconds).put(steps).put(evaluations).put(rollbacks).put(terminated ? 1L : 0L);
        times.save(memory);
        groups.forEach(group -> group.loop().save(memory));
    }

    /** Instead of {@link #initialise}: goes on with what {@link #save} put, once the models have their states. */
    public void load(Memory memory) {
        timeSeconds = memory.nextDouble();
        steps = memory.nextLong();
        evaluations = memory.nextLong();
        rollbacks = memory.nextLong();
        terminated = memory.nextLong() != 0;
        times.load(memory);
        wiring.handovers().forEach(Handover::resume);
        groups.forEach(group -> group.loop().load(memory));
    }

    private boolean agreed(StepGroup group, double[] answers) {
        for (int i = 0; i < answers.length; i++) {
            if (!Double.isFinite(answers[i])) {
                throw new RefusedException(Failure.permanent(
                        "cosim.not_a_number",
                        "Signal " + wiring.name(group.linkOf(i)) + " is " + answers[i] + " at " + timeSeconds + " s.",
                        "Look at the model's parameters and inputs."));
            }
        }
        return answers.length == 0 || group.loop().answer(answers);
    }

    private RefusedException notConverged(StepGroup group) {
        return new RefusedException(Failure.permanent(
                "cosim.loop_not_converged",
                "The loop over " + wiring.name(group.linkOf(0)) + " finds no solution at " + timeSeconds + " s.",
                "Give a shorter step, or make the models' regulators less steep."));
    }

    /**
     * Steps to at most {@code untilSeconds}; earlier when a part meets an event.
     *
     * @return the time reached, also {@link #timeSeconds}
     */
    public double stepTo(double untilSeconds) {
        for (Handover handover : wiring.handovers()) {
            handover.carry();
        }
        if (wiring.canGoBack() && method != CouplingMethod.JACOBI) {
            saving.run();
        }
        timeBefore = timeSeconds;
        double target = untilSeconds;
        for (int attempt = 0; attempt < MOST_SHORTER_STEPS; attempt++) {
            terminated = false;
            double reached = switch (method) {
                case JACOBI -> {
                    evaluations++;
                    jacobi.step(timeSeconds, target - timeSeconds, attempt > 0);
                    terminated = jacobi.terminate();
                    yield jacobi.reachedSeconds();
                }
                case GAUSS_SEIDEL, ITERATED -> inOrder(target - timeSeconds, attempt > 0);
            };
            if (reached >= target) {
                timeSeconds = target;
                steps++;
                return target;
            }
            if (!wiring.canGoBack()) {
                throw new RefusedException(Failure.permanent(
                        "cosim.early_without_state",
                        "A model could only step to " + reached + " s, and the others cannot go back there.",
                        "Export the models with canGetAndSetFMUState, or give a shorter step."));
            }
            if (!(reached > timeSeconds)) {
                break;
            }
            goBack();
            target = reached;
        }
        throw new RefusedException(Failure.permanent(
                "cosim.no_progress",
                "The models found no step that all of them accept at " + timeSeconds + " s.",
                "Look at the models' events and tolerances near this time."));
    }

    /** Takes the last step back; allowed once after each {@link #stepTo}, and only when all parts have states. */
    void undo() {
        goBack();
        timeSeconds = timeBefore;
        steps--;
    }

    boolean canGoBack() {
        return wiring.canGoBack();
    }

    /** The values that the connections would carry now. */
    double[] signals() {
        reading.run();
        double[] values = new double[wiring.width()];
        wiring.memory().read(0, values);
        return values;
    }

    private double inOrder(double step, boolean again) {
        for (StepGroup group : groups) {
            double reached;
            if (method == CouplingMethod.ITERATED && group.isLoop()) {
                group.loop().begin(again);
                reached = iterated(group, step);
            } else {
                reached = stepGroup(group, step, false);
            }
            if (reached < timeSeconds + step) {
                return reached; // the groups behind would have to go back anyhow
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private double iterated(StepGroup group, double step) {
        boolean asked = terminated;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double reached = stepGroup(group, step, iteration > 0);
            if (agreed(group, group.answered())) {
                return reached;
            }
            rollbacks++;
            terminated = asked;
        }
        throw notConverged(group);
    }

    private double stepGroup(StepGroup group, double step, boolean again) {
        evaluations++;
        CallProgram program = group.step(timeSeconds, step, again);
        terminated |= program.terminate();
        return program.reachedSeconds();
    }

    /** Whether parts are stepped at the same time. */
    public boolean isParallel() {
        return jacobi.isParallel();
    }

    /** Ends the system's own threads. */
    @Override
    public void close() {
        jacobi.close();
    }

    private void goBack() {
        rollbacks++;
        restoring.run();
    }
}
