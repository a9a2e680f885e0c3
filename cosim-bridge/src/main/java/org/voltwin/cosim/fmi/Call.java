package org.voltwin.cosim.fmi;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.FmiVersion;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** A call in a {@link CallProgram}: made by native code where that can, and by Java where not. */
sealed interface Call {
    /** Describes it to the native code; false where only Java can make it. */
    boolean encode(Instruction instruction);

    /** Makes it. */
    void make(Course course);

    /** Looks at what the native code has come back with; true when the call is done. */
    boolean attend(Instruction instruction, Course course);

    /** Time that Java spent in steps that were timed. */
    default long nanoseconds() {
        return 0;
    }

    /** The shortest of them; 0 before the first. */
    default long shortestNanoseconds() {
        return 0;
    }

    private static @Nullable DirectCalls direct(SteppedModel model) {
        return model instanceof DirectlyCalled called ? called.directCalls() : null;
    }

    /** Checks the status of a get or a set. */
    private static boolean checked(SteppedModel model, ModelVariable variable, String verb, int status) {
        DirectCalls direct = direct(model);
        if (direct != null) {
            direct.instance().check(verb + variable.type().functionSuffix(direct.version()), status);
        }
        return true;
    }

    /** Gets the numbers of an output, of whatever type. */
    record Get(
            SteppedModel model,
            ModelVariable output,
            SignalMemory memory,
            int at,
            double factor,
            double offset,
            double[] values)
            implements Call {
        @Override
        public boolean encode(Instruction instruction) {
            DirectCalls direct = direct(model);
            Instruction.Kind kind = direct == null ? Instruction.Kind.JAVA : kind(direct.version());
            if (direct == null || kind == Instruction.Kind.JAVA) {
                return false;
            }
            String name = "Get" + output.type().functionSuffix(direct.version());
            instruction.call(kind, direct, direct.instance().function(name));
            instruction.variable(output.valueReference(), values.length, memory.address(at));
            instruction.transformation(factor, offset);
            return true;
        }

        private Instruction.Kind kind(FmiVersion version) {
            boolean third = version == FmiVersion.V3;
            Type type = output.type();
            if (type == Type.FLOAT64) {
                return third ? Instruction.Kind.GET3_FLOAT64 : Instruction.Kind.GET2_REAL;
            }
            if (values.length != 1) {
                return Instruction.Kind.JAVA;
            }
            if (type == Type.BOOLEAN) {
                return third ? Instruction.Kind.GET3_BOOLEAN : Instruction.Kind.GET2_BOOLEAN;
            }
            boolean whole = type == Type.INT32 || !third && type == Type.ENUMERATION;
            Instruction.Kind integer = third ? Instruction.Kind.GET3_INT32 : Instruction.Kind.GET2_INTEGER;
            return whole ? integer : Instruction.Kind.JAVA;
        }

        @Override
        public void make(Course course) {
            if (output.type() == Type.FLOAT64 && output.dimensions().isEmpty()) {
                memory.set(at, factor * model.get(output.valueReference()) + offset);
                return;
            }
            model.readNumbers(output.type(), output.valueReference(), values);
            for (int i = 0; i < values.length; i++) {
                memory.set(at + i, factor * values[i] + offset);
            }
        }

        @Override
        public boolean attend(Instruction instruction, Course course) {
            return checked(model, output, "Get", instruction.status());
        }
    }

    /** Sets an input, of whatever numeric type. */
    record Set(SteppedModel model, ModelVariable input, SignalMemory memory, int at, double[] values) implements Call {
        @Override
        public boolean encode(Instruction instruction) {
            DirectCalls direct = direct(model);
            if (direct == null || input.type() != Type.FLOAT64) {
                return false;
            }
            boolean third = direct.version() == FmiVersion.V3;
            MemorySegment function = direct.instance().function(third ? "SetFloat64" : "SetReal");
            instruction.call(third ? Instruction.Kind.SET3_FLOAT64 : Instruction.Kind.SET2_REAL, direct, function);
            instruction.variable(input.valueReference(), values.length, memory.address(at));
            return true;
        }

        @Override
        public void make(Course course) {
            if (input.type() == Type.FLOAT64 && input.dimensions().isEmpty()) {
                model.set(input.valueReference(), memory.get(at));
                return;
            }
            memory.read(at, values);
            if (!input.type().isReal()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = whole(values[i]);
                }
            }
            model.writeNumbers(input.type(), input.valueReference(), values);
        }

        /** While a loop is iterated, values lie between those that a whole number can have. */
        private double whole(double value) {
            return input.type() == Type.BOOLEAN ? value >= 0.5 ? 1 : 0 : Math.rint(value);
        }

        @Override
        public boolean attend(Instruction instruction, Course course) {
            return checked(model, input, "Set", instruction.status());
        }
    }

    /** Gives an input the slope of the output that drives it: 0 where that has none. */
    record Slope(Sloped from, long output, Sloped to, long input, double factor) implements Call {
        @Override
        public boolean encode(Instruction instruction) {
            return false;
        }

        @Override
        public void make(Course course) {
            double slope = factor * from.slope(output);
            to.slope(input, Double.isFinite(slope) ? slope : 0);
        }

        @Override
        public boolean attend(Instruction instruction, Course course) {
            return true;
        }
    }

    /** Keeps a model's state, or goes back to the one kept. */
    record State(SteppedModel model, boolean back) implements Call {
        @Override
        public boolean encode(Instruction instruction) {
            DirectCalls direct = direct(model);
            if (direct == null) {
                return false;
            }
            SavedState state = direct.state();
            instruction.call(back ? Instruction.Kind.RESTORE : Instruction.Kind.SAVE, direct, state.function(back));
            instruction.state(state.slot());
            return true;
        }

        @Override
        public void make(Course course) {
            if (back) {
                model.restoreState();
            } else {
                model.saveState();
            }
        }

        @Override
        public boolean attend(Instruction instruction, Course course) {
            DirectCalls direct = direct(model);
            if (direct != null) {
                direct.state().after(back, instruction.status());
            }
            return true;
        }
    }

    /** Steps a model over the communication step, in one or several own steps. */
    final class Step implements Call {
        private final SteppedModel model;
        private final int ownSteps;
        private final DirectCalls.@Nullable AfterStep afterStep;
        private long nanoseconds;
        private long shortest;

        Step(SteppedModel model, int ownSteps) {
            this.model = model;
            this.ownSteps = ownSteps;
            DirectCalls direct = direct(model);
            afterStep = direct == null ? null : direct.afterStep();
        }

        @Override
        public boolean encode(Instruction instruction) {
            DirectCalls direct = direct(model);
            if (direct == null) {
                return false;
            }
            instruction.call(
                    direct.version() == FmiVersion.V3 ? Instruction.Kind.STEP3 : Instruction.Kind.STEP2,
                    direct,
                    direct.instance().function("DoStep"));
            instruction.steps(ownSteps, direct.stepAnswers());
            return true;
        }

        private double own(Course course) {
            return ownSteps == 1 ? course.stepSeconds : course.stepSeconds / ownSteps;
        }

        @Override
        public void make(Course course) {
            long began = course.timed ? System.nanoTime() : 0;
            double own = own(course);
            for (int i = 0; i < ownSteps; i++) {
                if (!course.take(model.step(course.nowSeconds + i * own, own))) {
                    break;
                }
            }
            if (course.timed) {
                long taken = System.nanoTime() - began;
                nanoseconds += taken;
                shortest = shortest == 0 ? taken : Math.min(shortest, taken);
            }
        }

        @Override
        public boolean attend(Instruction instruction, Course course) {
            double own = own(course);
            int at = instruction.ownStep();
            instruction.goOnWith(0); // also when what follows fails
            StepAnswer answer = java.util.Objects.requireNonNull(afterStep)
                    .answer(instruction.status(), course.nowSeconds + at * own, own);
            if (!course.take(answer) || at + 1 >= ownSteps) {
                return true;
            }
            instruction.goOnWith(at + 1);
            return false;
        }

        @Override
        public long nanoseconds() {
            return nanoseconds;
        }

        @Override
        public long shortestNanoseconds() {
            return shortest;
        }
    }
}
