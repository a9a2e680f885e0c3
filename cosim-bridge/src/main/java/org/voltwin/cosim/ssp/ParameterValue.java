package org.voltwin.cosim.ssp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a parameter set: one element, or those of an array row by row. */
sealed interface ParameterValue {
    /** @param whole whether they are of a type of whole numbers */
    record Numbers(
            List<Double> values, boolean whole, @Nullable Quantity unit) implements ParameterValue {}

    record Truths(List<Boolean> values) implements ParameterValue {}

    record Texts(List<String> values) implements ParameterValue {}

    /**
     * Names of items of an enumeration.
     *
     * @param numbers of the items, as the parameter set's own enumeration has them; empty where it names none
     */
    record Items(List<String> values, Map<String, Long> numbers) implements ParameterValue {}

    record Bytes() implements ParameterValue {}

    /** In another unit, where it is numbers with fractions. */
    default ParameterValue by(Line line) {
        return this instanceof Numbers(List<Double> values, boolean whole, Quantity unit) && !line.isNone()
                ? new Numbers(values.stream().map(line::of).toList(), false, null)
                : this;
    }

    /** @param name for messages */
    default ParameterValue by(Transformation transformation, String name) {
        return switch (transformation) {
            case Transformation.Linear(Line line) -> {
                if (!line.isNone() && !(this instanceof Numbers)) {
                    throw unfit(name, "linear");
                }
                yield by(line);
            }
            case Transformation.Truths(Map<Boolean, Boolean> table) -> {
                if (!(this instanceof Truths(List<Boolean> values))) {
                    throw unfit(name, "Boolean");
                }
                yield new Truths(values.stream()
                        .map(value -> table.getOrDefault(value, value))
                        .toList());
            }
            case Transformation.Wholes(Map<Long, Long> table) -> {
                List<Double> mapped = new ArrayList<>();
                for (Long value : wholes(name)) {
                    mapped.add((double) table.getOrDefault(value, value));
                }
                yield new Numbers(mapped, true, null);
            }
            case Transformation.Items(Map<String, String> table) -> {
                if (!(this instanceof Items(List<String> values, Map<String, Long> numbers))) {
                    throw unfit(name, "enumeration");
                }
                yield new Items(
                        values.stream()
                                .map(value -> table.getOrDefault(value, value))
                                .toList(),
                        Map.of());
            }
        };
    }

    private List<Long> wholes(String name) {
        if (this instanceof Numbers(List<Double> values, boolean whole, Quantity unit) && whole) {
            return values.stream().map(Double::longValue).toList();
        }
        if (this instanceof Items(List<String> values, Map<String, Long> numbers)
                && numbers.keySet().containsAll(values)) {
            return values.stream().map(numbers::get).toList();
        }
        throw unfit(name, "integer");
    }

    private RuntimeException unfit(String name, String kind) {
        return Refusal.value(
                "Parameter '" + name + "' of the type " + getClass().getSimpleName()
                        + " has a transformation of the kind " + kind + ".",
                "Transform real numbers linearly, and other types by tables of their own values.");
    }
}
