package org.voltwin.cosim.fmi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.fmu.ModelVariable;

/**
 * A list of calls of models that is made again and again, in its order: by one call of native code as far as that can
 * make them, so that a small model is not stepped slower than Java can call (docs/adr/0024). Legal order: calls are put
 * in, then it is run. The models must not be closed before. Not thread-safe; programs over different models may run at
 * the same time.
 */
public final class CallProgram {
    private final SignalMemory memory;
    private final List<Call> building = new ArrayList<>();
    private final Course course = new Course();
    private Call[] calls = new Call[0];
    private Instruction[] instructions = new Instruction[0];
    private boolean[] direct = new boolean[0];
    private MemorySegment code = MemorySegment.NULL;

    /** @param memory where numbers are got to and set from */
    public CallProgram(SignalMemory memory) {
        this.memory = memory;
    }

    /** Calls so far: the place of the next one. */
    public int size() {
        return building.size();
    }

    /** Gets all numbers of an output to {@code at} and behind it, as factor * number + offset. */
    public void get(SteppedModel model, ModelVariable output, int at, double factor, double offset) {
        building.add(new Call.Get(model, output, memory, at, factor, offset, new double[output.size()]));
    }

    /** Sets an input to the numbers from {@code at} on, rounded for types without a fraction. */
    public void set(SteppedModel model, ModelVariable input, int at) {
        building.add(new Call.Set(model, input, memory, at, new double[input.size()]));
    }

    /**
     * Gives a scalar real input the slope of the scalar real output that drives it, where both models know such.
     *
     * @param factor from the output's number to the input's
     */
    public void slope(SteppedModel from, ModelVariable output, SteppedModel to, ModelVariable input, double factor) {
        if (from instanceof Sloped source
                && to instanceof Sloped target
                && source.givesSlopes()
                && target.takesSlopes()) {
            building.add(new Call.Slope(source, output.valueReference(), target, input.valueReference(), factor));
        }
    }

    /** @param ownSteps of the model within one step, &gt;= 1 */
    public void step(SteppedModel model, int ownSteps) {
        building.add(new Call.Step(model, ownSteps));
    }

    public void save(SteppedModel model) {
        building.add(new Call.State(model, false));
    }

    public void restore(SteppedModel model) {
        building.add(new Call.State(model, true));
    }

    /** Runs calls that are no steps. */
    public void run() {
        run(0, 0, 0, false);
    }

    /**
     * Runs it from one of its calls to the end. A model that stops early ends only its own steps.
     *
     * @param timed whether to look at the clock around steps
     * @throws FmiException when a model fails
     */
    public void run(int from, double nowSeconds, double stepSeconds, boolean timed) {
        if (calls.length != building.size()) {
            encode();
        }
        course.begin(nowSeconds, stepSeconds, timed);
        int at = from;
        while (at < calls.length) {
            if (direct[at]) {
                at = runDirect(at);
                if (at < calls.length && direct[at] && !calls[at].attend(instructions[at], course)) {
                    continue; // there are own steps left
                }
            }
            if (at < calls.length && !direct[at]) {
                calls[at].make(course);
            }
            at++;
        }
    }

    private int runDirect(int from) {
        try {
            return (int) (long) Downcalls.PROGRAM.invokeExact(
                    code.address(),
                    (long) from,
                    (long) calls.length,
                    course.nowSeconds,
                    course.stepSeconds,
                    course.timed ? 1 : 0);
        } catch (Throwable e) {
            throw Instance.broken("voltwin", "voltwin_program_run", e);
        }
    }

    private void encode() {
        calls = building.toArray(Call[]::new);
        code = Arena.ofAuto().allocate(Instruction.BYTES * Math.max(1, calls.length), 8);
        instructions = new Instruction[calls.length];
        direct = new boolean[calls.length];
        for (int i = 0; i < calls.length; i++) {
            instructions[i] = new Instruction(code.asSlice(i * Instruction.BYTES, Instruction.BYTES));
            direct[i] = calls[i].encode(instructions[i]);
            if (!direct[i]) {
                instructions[i].inJava();
            }
        }
    }

    /** The earliest time at which a step of the last run ended before it should; infinity for none. */
    public double reachedSeconds() {
        return course.reachedSeconds;
    }

    /** Whether a model of the last run asked to end the simulation. */
    public boolean terminate() {
        return course.terminate;
    }

    /** Wall-clock time spent in the timed runs of one call. */
    public long nanoseconds(int call) {
        return call < calls.length ? instructions[call].nanoseconds() + calls[call].nanoseconds() : 0;
    }

    /** Wall-clock time of the shortest timed run of one call, which other programs on the machine lengthen least. */
    public long shortestNanoseconds(int call) {
        return call < calls.length
                ? Math.max(instructions[call].shortestNanoseconds(), calls[call].shortestNanoseconds())
                : 0;
    }
}
