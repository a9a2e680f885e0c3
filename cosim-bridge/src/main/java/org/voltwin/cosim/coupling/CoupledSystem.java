package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.StepAnswer;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Models stepped together. When a part could only step to an earlier time, all go back and the whole step is tried
 * again to that time. Legal order: constructor, parameters, {@link #initialise}, steps. After a {@link RefusedException}
 * or {@link org.voltwin.cosim.fmi.FmiException} the system must not be stepped again.
 */
public final class CoupledSystem {
    private static final int MOST_ITERATIONS = 200;
    private static final int MOST_SHORTER_STEPS = 200;
    /** Times are taken of one evaluation in so many, because looking at the clock costs as much as a small model. */
    private static final int TIMED_EVERY = 16;

    private final Part[] parts;
    private final CouplingMethod method;
    private final int[] all;
    private final Link[] links;
    private final Handover[] handovers;
    private final Link[][] inputs;
    private final List<StepGroup> groups = new ArrayList<>();
    private final double[] carried;
    private final long[] nanoseconds;
    private final boolean canGoBack;
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

    public CoupledSystem(List<Part> parts, List<Connection> connections, CouplingMethod method) {
        this.parts = parts.toArray(Part[]::new);
        this.method = method;
        all = IntStream.range(0, parts.size()).toArray();
        links = connections.stream().filter(this::isNumeric).map(this::link).toArray(Link[]::new);
        handovers = connections.stream()
                .filter(connection -> !isNumeric(connection))
                .map(connection -> new Handover(
                        parts.get(index(connection.fromFmu())), parts.get(index(connection.toFmu())), connection))
                .toArray(Handover[]::new);
        carried = new double[Arrays.stream(links).mapToInt(Link::width).sum()];
        nanoseconds = new long[parts.size()];
        List<List<Integer>> ordered = StepOrder.of(parts.size(), List.of(links));
        List<Integer> order = ordered.stream().flatMap(List::stream).toList();
        inputs = new Link[parts.size()][];
        for (int part = 0; part < inputs.length; part++) {
            int target = part;
            inputs[part] = Arrays.stream(links)
                    .filter(link -> link.target() == target && !StepOrder.isBackward(order, link))
                    .toArray(Link[]::new);
        }
        for (List<Integer> group : ordered) {
            groups.add(new StepGroup(
                    group,
                    Arrays.stream(links)
                            .filter(link -> group.contains(link.target()) && StepOrder.isBackward(order, link))
                            .toList()));
        }
        canGoBack = parts.stream().allMatch(part -> part.description().hasState());
        if (method == CouplingMethod.ITERATED) {
            groups.forEach(this::requireStates);
        }
    }

    private void requireStates(StepGroup group) {
        for (int part : group.order()) {
            if (group.closing().length > 0 && !parts[part].description().hasState()) {
                throw new RefusedException(Failure.permanent(
                        "cosim.loop_without_state",
                        "The models form a loop, but " + parts[part].name()
                                + " cannot go back to an earlier state (canGetAndSetFMUState).",
                        "Export the models with canGetAndSetFMUState, or couple them with jacobi or gauss-seidel."));
            }
        }
    }

    private Link link(Connection connection) {
        int source = index(connection.fromFmu());
        int target = index(connection.toFmu());
        return new Link(source, parts[source], target, parts[target], connection);
    }

    private boolean isNumeric(Connection connection) {
        return parts[index(connection.fromFmu())]
                .description()
                .variable(connection.fromVariable())
                .orElseThrow()
                .type()
                .isNumeric();
    }

    private int index(String name) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no model " + name);
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

    /** Wall-clock seconds spent in each part's steps, estimated from one evaluation in sixteen. */
    public Map<String, Double> stepSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            seconds.put(parts[i].name(), nanoseconds[i] * (TIMED_EVERY / 1e9));
        }
        return seconds;
    }

    /** Initialises all parts; values are handed along the connections until loops of direct feedthrough agree. */
    public void initialise(double startSeconds) {
        timeSeconds = startSeconds;
        for (Part part : parts) {
            part.model().enterInitialization(startSeconds);
        }
        for (Handover handover : handovers) {
            handover.carry();
        }
        for (StepGroup group : groups) {
            for (int part : group.order()) {
                carryTo(part);
            }
            group.loop().begin(group.answers());
            boolean agreed = false;
            for (int iteration = 0; !agreed && iteration < MOST_ITERATIONS; iteration++) {
                group.give();
                for (int part : group.order()) {
                    carryTo(part);
                }
                agreed = agreed(group);
            }
            if (!agreed) {
                throw notConverged(group);
            }
        }
        for (Part part : parts) {
            part.model().exitInitialization();
        }
        groups.forEach(group -> group.loop().begin(group.answers()));
    }

    /** Between two steps: all but the models' own states. */
    public void save(Memory memory) {
        memory.put(timeSeconds).put(steps).put(evaluations).put(rollbacks).put(terminated ? 1L : 0L);
        for (long each : nanoseconds) {
            memory.put(each);
        }
        groups.forEach(group -> group.loop().save(memory));
    }

    /** Instead of {@link #initialise}: goes on with what {@link #save} put, once the models have their states. */
    public void load(Memory memory) {
        timeSeconds = memory.nextDouble();
        steps = memory.nextLong();
        evaluations = memory.nextLong();
        rollbacks = memory.nextLong();
        terminated = memory.nextLong() != 0;
        for (int i = 0; i < nanoseconds.length; i++) {
            nanoseconds[i] = memory.nextLong();
        }
        for (Handover handover : handovers) {
            handover.resume();
        }
        groups.forEach(group -> group.loop().load(memory));
    }

    private void carryTo(int part) {
        for (Link link : inputs[part]) {
            link.carry();
        }
    }

    private boolean agreed(StepGroup group) {
        double[] answers = group.answers();
        for (int i = 0; i < answers.length; i++) {
            if (!Double.isFinite(answers[i])) {
                throw new RefusedException(Failure.permanent(
                        "cosim.not_a_number",
                        "Signal " + name(group.linkOf(i)) + " is " + answers[i] + " at " + timeSeconds + " s.",
                        "Look at the model's parameters and inputs."));
            }
        }
        return answers.length == 0 || group.loop().answer(answers);
    }

    private RefusedException notConverged(StepGroup group) {
        return new RefusedException(Failure.permanent(
                "cosim.loop_not_converged",
                "The loop over " + name(group.closing()[0]) + " finds no solution at " + timeSeconds + " s.",
                "Give a shorter step, or make the models' regulators less steep."));
    }

    private String name(Link link) {
        return "/" + parts[link.source()].name() + "/" + link.output().name();
    }

    /**
     * Steps to at most {@code untilSeconds}; earlier when a part meets an event.
     *
     * @return the time reached, also {@link #timeSeconds}
     */
    public double stepTo(double untilSeconds) {
        for (Handover handover : handovers) {
            handover.carry();
        }
        if (canGoBack) {
            for (Part part : parts) {
                part.model().saveState();
            }
        }
        timeBefore = timeSeconds;
        double target = untilSeconds;
        for (int attempt = 0; attempt < MOST_SHORTER_STEPS; attempt++) {
            terminated = false;
            double reached = switch (method) {
                case JACOBI -> jacobi(target - timeSeconds);
                case GAUSS_SEIDEL, ITERATED -> inOrder(target - timeSeconds, attempt > 0);
            };
            if (reached >= target) {
                timeSeconds = target;
                steps++;
                return target;
            }
            if (!canGoBack) {
                throw new RefusedException(Failure.permanent(
                        "cosim.early_without_state",
                        "A model could only step to " + reached + " s, and the others cannot go back there.",
                        "Export the models with canGetAndSetFMUState, or give a shorter step."));
            }
            if (!(reached > timeSeconds)) {
                break;
            }
            goBack(all);
            target = reached;
        }
        throw new RefusedException(Failure.permanent(
                "cosim.no_progress",
                "The models found no step that all of them accept at " + timeSeconds + " s.",
                "Look at the models' events and tolerances near this time."));
    }

    /** Takes the last step back; allowed once after each {@link #stepTo}, and only when all parts have states. */
    void undo() {
        goBack(all);
        timeSeconds = timeBefore;
        steps--;
    }

    boolean canGoBack() {
        return canGoBack;
    }

    /** The values that the connections would carry now. */
    double[] signals() {
        double[] values = new double[carried.length];
        readLinks(values);
        return values;
    }

    private void readLinks(double[] values) {
        int at = 0;
        for (Link link : links) {
            link.read(values, at);
            at += link.width();
        }
    }

    private double jacobi(double step) {
        readLinks(carried);
        int at = 0;
        for (Link link : links) {
            link.write(carried, at);
            at += link.width();
        }
        evaluations++;
        double reached = Double.POSITIVE_INFINITY;
        for (int part : all) {
            reached = Math.min(reached, stepPart(part, step));
        }
        return reached;
    }

    private double inOrder(double step, boolean again) {
        for (StepGroup group : groups) {
            double reached;
            if (group.closing().length > 0 && method == CouplingMethod.ITERATED) {
                group.loop().begin(again);
                reached = iterated(group, step);
            } else {
                group.loop().begin(group.answers());
                group.give();
                reached = stepGroup(group, step);
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
            group.give();
            double reached = stepGroup(group, step);
            if (agreed(group)) {
                return reached;
            }
            goBack(group.order());
            terminated = asked;
        }
        throw notConverged(group);
    }

    private double stepGroup(StepGroup group, double step) {
        evaluations++;
        double reached = Double.POSITIVE_INFINITY;
        for (int part : group.order()) {
            carryTo(part);
            reached = Math.min(reached, stepPart(part, step));
        }
        return reached;
    }

    /** Infinity, or the earlier time that the part reached. */
    private double stepPart(int index, double step) {
        Part part = parts[index];
        boolean timed = evaluations % TIMED_EVERY == 0;
        long began = timed ? System.nanoTime() : 0;
        double reached = Double.POSITIVE_INFINITY;
        int ownSteps = part.stepsPerStep();
        double own = ownSteps == 1 ? step : step / ownSteps;
        for (int i = 0; i < ownSteps && reached == Double.POSITIVE_INFINITY; i++) {
            StepAnswer answer = part.model().step(timeSeconds + i * own, own);
            if (answer.early()) {
                reached = answer.reachedSeconds();
            }
            terminated |= answer.terminate();
        }
        if (timed) {
            nanoseconds[index] += System.nanoTime() - began;
        }
        return reached;
    }

    private void goBack(int[] who) {
        rollbacks++;
        for (int part : who) {
            parts[part].model().restoreState();
        }
    }
}
