package org.voltwin.cosim.ssp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** A parameter's value as the FMU's variable takes it. */
sealed interface Fitting {
    record Numbers(List<Double> values) implements Fitting {}

    record Texts(List<String> values) implements Fitting {}

    /**
     * Refused where the types do not fit.
     *
     * @param said the parameter, for messages
     */
    static Fitting of(ParameterValue value, ModelVariable variable, String said, Port target) {
        return switch (value) {
            case ParameterValue.Texts(List<String> texts) when variable.type() == Type.STRING -> new Texts(texts);
            case ParameterValue.Items(List<String> items, Map<String, Long> numbers)
            when variable.type() == Type.ENUMERATION -> new Numbers(items(items, variable, said, target));
            case ParameterValue.Truths(List<Boolean> truths)
            when variable.type().isNumeric() ->
                new Numbers(truths.stream().map(truth -> truth ? 1.0 : 0.0).toList());
            case ParameterValue.Numbers(List<Double> numbers, boolean whole, Quantity unit)
            when variable.type().isNumeric() -> new Numbers(numbers(numbers, variable, said, target));
            case ParameterValue.Bytes() ->
                throw Refusal.unsupported(
                        said + " is binary, and so cannot be set at " + target + ".",
                        "Leave it out, or give it to the FMU as a file among its resources.");
            default ->
                throw Refusal.value(
                        said + " is of the type " + value.getClass().getSimpleName() + ", but " + target + " is a "
                                + variable.type() + ".",
                        "Give the parameter the type of the FMU's variable.");
        };
    }

    private static List<Double> items(List<String> names, ModelVariable variable, String said, Port target) {
        List<Double> numbers = new ArrayList<>();
        for (String name : names) {
            Long number = variable.items().get(name);
            if (number == null) {
                throw Refusal.value(
                        said + " is '" + name + "', which the enumeration of " + target + " does not have.",
                        "Use one of its items: "
                                + String.join(
                                        ", ",
                                        variable.items().keySet().stream()
                                                .sorted()
                                                .limit(50)
                                                .toList())
                                + ".");
            }
            numbers.add((double) number);
        }
        return numbers;
    }

    private static List<Double> numbers(List<Double> values, ModelVariable variable, String said, Port target) {
        for (double value : values) {
            boolean fits = Double.isFinite(value)
                    && switch (variable.type()) {
                        case BOOLEAN -> value == 0 || value == 1;
                        case ENUMERATION ->
                            variable.items().isEmpty()
                                    || variable.items().values().stream().anyMatch(item -> item == value);
                        case FLOAT32, FLOAT64 -> true;
                        default -> value == Math.rint(value);
                    };
            if (!fits) {
                throw Refusal.value(
                        said + " is " + value + " at " + target + ", which is a " + variable.type() + ".",
                        "Give a value of that type.");
            }
        }
        return values;
    }
}
