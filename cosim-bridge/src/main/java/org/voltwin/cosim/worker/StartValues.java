package org.voltwin.cosim.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmu.ModelDescription;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Sets parameters, and start values of inputs, before initialisation. Start values of outputs and of local variables
 * are set where they are meant alone, by {@code /FMU/Variable}.
 */
final class StartValues {
    private final List<Part> parts;

    /** @param parts changed where structural parameters change sizes */
    StartValues(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Sets the structural parameters among these values, and gives the parts descriptions with the sizes of arrays that
     * follow. To be called before anything else is set.
     */
    void structure(Map<String, List<Double>> values) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Map<Long, Long> sizes = new HashMap<>();
            for (ModelVariable variable : part.description().variables()) {
                @Nullable List<Double> given = variable.isStructural() ? given(values, part, variable) : null;
                if (given != null) {
                    setNumbers(part, variable, given);
                    sizes.put(variable.valueReference(), given.getFirst().longValue());
                }
            }
            if (!sizes.isEmpty()) {
                parts.set(i, part.with(resized(part, sizes)));
            }
        }
    }

    private static @Nullable List<Double> given(Map<String, List<Double>> values, Part part, ModelVariable variable) {
        List<Double> own = values.get("/" + part.name() + "/" + variable.name());
        return own == null ? values.get(variable.name()) : own;
    }

    private static ModelDescription resized(Part part, Map<Long, Long> sizes) {
        try {
            return part.description().withStructure(sizes);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Failure.permanent(
                    "parameter.too_large",
                    e.getMessage() + " in " + part.name() + ".",
                    "Give smaller values to its structural parameters."));
        }
    }

    /** Refused with {@code parameter.unknown} when no model has it. */
    void require(String name, List<Double> values) {
        requireOne(name, offer(name, values));
    }

    /** The same for strings. */
    void requireTexts(String name, List<String> values) {
        requireOne(name, forEach(name, (part, variable) -> setTexts(part, variable, values)));
    }

    private static void requireOne(String name, boolean found) {
        if (!found) {
            throw new RefusedException(Failure.permanent(
                    "parameter.unknown",
                    "No model has a parameter '" + name + "'.",
                    "Use a parameter of the models, as Variable or /FMU/Variable, or models that have this one."));
        }
    }

    /** Sets it in every model that has it; true when there was one. */
    boolean offer(String name, List<Double> values) {
        return forEach(name, (part, variable) -> {
            if (!variable.isStructural()) { // those are set already
                setNumbers(part, variable, values);
            }
        });
    }

    /** True when there was one. */
    private boolean forEach(String name, BiConsumer<Part, ModelVariable> action) {
        boolean found = false;
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                boolean parameter = variable.isParameter() || variable.isInput();
                boolean meant = parameter && variable.name().equals(name)
                        || (parameter || variable.isStartValue())
                                && name.equals("/" + part.name() + "/" + variable.name());
                if (meant) {
                    action.accept(part, variable);
                    found = true;
                }
            }
        }
        return found;
    }

    private static void setTexts(Part part, ModelVariable variable, List<String> texts) {
        if (variable.type() != ModelVariable.Type.STRING || texts.size() != variable.size()) {
            throw new RefusedException(Failure.permanent(
                    "parameter.wrong_type",
                    "Parameter '" + variable.name() + "' of " + part.name() + " takes " + variable.size()
                            + " values of the type " + variable.type() + " but " + texts.size() + " texts are given.",
                    "Give numbers to numbers, and as many texts as an array of strings has elements."));
        }
        part.model().writeStrings(variable.valueReference(), texts.toArray(String[]::new));
    }

    private static void setNumbers(Part part, ModelVariable variable, List<Double> values) {
        if (!variable.type().isNumeric() || values.size() != variable.size()) {
            throw new RefusedException(Failure.permanent(
                    "parameter.wrong_size",
                    "Parameter '" + variable.name() + "' of " + part.name() + " takes " + variable.size()
                            + " values of the type " + variable.type() + " but " + values.size() + " are given.",
                    "Give as many numbers as the array has elements."));
        }
        part.model()
                .writeNumbers(
                        variable.type(),
                        variable.valueReference(),
                        values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
