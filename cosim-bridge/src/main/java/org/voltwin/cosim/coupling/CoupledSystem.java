package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.StepAnswer;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Models stepped together. Within a step the parts are stepped in order, each with the end values of those before it;
 * signals that lead back are iterated until the answer is what was assumed (all parts go back to the step's beginning
 * in between), so a loop has no lag. When a part could only step to an earlier time, the whole step is tried again to
 * that time. Legal order: constructor, parameters, {@link #initialise}, steps. After a {@link RefusedException} or
 * {@link org.voltwin.cosim.fmi.FmiException} the system must not be stepped again.
 */
public final class CoupledSystem {
    /** Relative to the size of the signal. */
    private static final double LOOP_TOLERANCE = 1e-7;

    private static final int MOST_ITERATIONS = 200;
    private static final int MOST_SHORTER_STEPS = 200;

    private final List<Part> parts;
    private final List<Integer> order;
    private final List<List<Link>> forward = new ArrayList<>();
    private final List<Link> backward = new ArrayList<>();
    private final List<LoopVariable> loop = new ArrayList<>();
    private final boolean canGoBack;
    private double timeSeconds;
    private long steps;
    private long evaluations;
    private boolean terminated;

    public CoupledSystem(List<Part> parts, List<Connection> connections) {
        this.parts = List.copyOf(parts);
        List<Link> links = connections.stream().map(this::link).toList();
        order = StepOrder.of(parts.size(), links);
        parts.forEach(part -> forward.add(new ArrayList<>()));
        for (Link link : links) {
            if (StepOrder.isBackward(order, link)) {
                backward.add(link);
                loop.add(new LoopVariable());
            } else {
                forward.get(link.target()).add(link);
            }
        }
        canGoBack = parts.stream().allMatch(part -> part.description().hasState());
        if (!backward.isEmpty() && !canGoBack) {
            throw new RefusedException(Failure.permanent(
                    "cosim.loop_without_state",
                    "The models form a loop, but not all of them can go back to an earlier state"
                            + " (canGetAndSetFMUState).",
                    "Export the models with canGetAndSetFMUState, or connect them without a loop."));
        }
    }

    private Link link(Connection connection) {
        int source = index(connection.fromFmu());
        int target = index(connection.toFmu());
        return new Link(
                source,
                parts.get(source)
                        .description()
                        .variable(connection.fromVariable())
                        .orElseThrow(),
                target,
                parts.get(target)
                        .description()
                        .variable(connection.toVariable())
                        .orElseThrow());
    }

    private int index(String name) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).name().equals(name)) {
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

    /** How often all parts were stepped for them, iterations and shortened steps included. */
    public long evaluations() {
        return evaluations;
    }

    /** Whether a part asked to end the simulation. */
    public boolean terminated() {
        return terminated;
    }

    /** Initialises all parts, with start values handed along the connections. */
    public void initialise(double startSeconds) {
        timeSeconds = startSeconds;
        parts.forEach(part -> part.model().enterInitialization(startSeconds));
        for (int pass = 0; pass < parts.size(); pass++) {
            order.forEach(part -> forward.get(part).forEach(this::carry));
            backward.forEach(this::carry);
        }
        parts.forEach(part -> part.model().exitInitialization());
        for (int i = 0; i < loop.size(); i++) {
            loop.get(i).start(answerOf(backward.get(i)));
        }
    }

    private void carry(Link link) {
        parts.get(link.target()).model().set(link.input().valueReference(), answerOf(link));
    }

    private double answerOf(Link link) {
        return link.converted(parts.get(link.source()).model().get(link.output().valueReference()));
    }

    /**
     * Steps to at most {@code untilSeconds}; earlier when a part meets an event.
     *
     * @return the time reached, also {@link #timeSeconds}
     */
    public double stepTo(double untilSeconds) {
        if (canGoBack) {
            parts.forEach(part -> part.model().saveState());
        }
        double[] guess = loop.stream().mapToDouble(LoopVariable::value).toArray();
        double target = untilSeconds;
        for (int attempt = 0; attempt < MOST_SHORTER_STEPS; attempt++) {
            for (int i = 0; i < guess.length; i++) {
                loop.get(i).start(guess[i]);
            }
            double reached = solve(target - timeSeconds);
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
            goBack();
            target = reached;
        }
        throw new RefusedException(Failure.permanent(
                "cosim.no_progress",
                "The models found no step that all of them accept at " + timeSeconds + " s.",
                "Look at the models' events and tolerances near this time."));
    }

    private double solve(double step) {
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double reached = evaluate(step);
            boolean agreed = true;
            for (int i = 0; i < loop.size(); i++) {
                double answer = answerOf(backward.get(i));
                if (!Double.isFinite(answer)) {
                    throw new RefusedException(Failure.permanent(
                            "cosim.not_a_number",
                            "Signal " + name(backward.get(i)) + " is " + answer + " at " + timeSeconds + " s.",
                            "Look at the model's parameters and inputs."));
                }
                LoopVariable variable = loop.get(i);
                agreed &= variable.answer(answer, LOOP_TOLERANCE * Math.max(1, Math.abs(variable.value())));
            }
            if (agreed) {
                return reached;
            }
            goBack();
        }
        throw new RefusedException(Failure.permanent(
                "cosim.loop_not_converged",
                "The loop over " + name(backward.getFirst()) + " finds no solution at " + timeSeconds + " s.",
                "Give a shorter step, or make the models' regulators less steep."));
    }

    private String name(Link link) {
        ModelVariable output = link.output();
        return "/" + parts.get(link.source()).name() + "/" + output.name();
    }

    private double evaluate(double step) {
        evaluations++;
        for (int i = 0; i < loop.size(); i++) {
            Link link = backward.get(i);
            parts.get(link.target())
                    .model()
                    .set(link.input().valueReference(), loop.get(i).value());
        }
        double reached = Double.POSITIVE_INFINITY;
        terminated = false;
        for (int part : order) {
            forward.get(part).forEach(this::carry);
            StepAnswer answer = parts.get(part).model().step(timeSeconds, step);
            if (answer.early()) {
                reached = Math.min(reached, answer.reachedSeconds());
            }
            terminated |= answer.terminate();
        }
        return reached;
    }

    private void goBack() {
        parts.forEach(part -> part.model().restoreState());
    }
}
