package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.RunningDitto;

/** What a {@link Scenario} can say of an answer besides its status. */
final class Expectation {
    private Expectation() {}

    /**
     * @param expectation {@code is JSON} (the same JSON), {@code body TEXT} (the same characters), {@code has JSON}
     *     (at least that), {@code keys a,b} (all names of fields, at every depth, and no other), {@code keys-at POINTER a,b} (those of one object), {@code says TEXT},
     *     {@code lacks TEXT}, {@code error CODE}, {@code header NAME REGEX}, {@code header-is NAME VALUE}, {@code
     *     differs NAME VALUE}, {@code empty body}, {@code some body}, or {@code no-header NAME}
     */
    static void check(String expectation, RunningDitto.Answer answer, String context) {
        int space = expectation.indexOf(' ');
        String verb = expectation.substring(0, space);
        String argument = expectation.substring(space + 1).strip();
        switch (verb) {
            case "is" -> assertThat(answer.json()).as(context + expectation).isEqualTo(JsonFactory.readFrom(argument));
            case "body" -> assertThat(answer.body()).as(context + expectation).isEqualTo(argument);
            case "has" ->
                assertThat(contains(answer.json(), JsonFactory.readFrom(argument)))
                        .as(context + expectation)
                        .isTrue();
            case "keys" ->
                assertThat(names(answer.json())).as(context + expectation).containsOnly(argument.split(","));
            case "keys-at" -> {
                String[] pointerAndKeys = argument.split(" ", 2);
                JsonValue there = answer.object().getValue(pointerAndKeys[0]).orElseThrow();
                assertThat(there.asObject().getKeys().stream().map(Object::toString))
                        .as(context + expectation)
                        .containsExactlyInAnyOrder(pointerAndKeys[1].split(","));
            }
            case "says" -> assertThat(answer.body()).as(context).contains(argument);
            case "lacks" -> assertThat(answer.body()).as(context).doesNotContain(argument);
            case "error" -> assertThat(answer.error()).as(context).isEqualTo(argument);
            case "header" -> {
                String[] nameAndValue = argument.split(" ", 2);
                assertThat(answer.header(nameAndValue[0]))
                        .as(context + expectation)
                        .matches(nameAndValue.length > 1 ? nameAndValue[1] : "");
            }
            case "header-is" -> {
                String[] nameAndValue = argument.split(" ", 2);
                assertThat(answer.header(nameAndValue[0])).as(context).isEqualTo(nameAndValue[1]);
            }
            case "differs" -> {
                String[] nameAndValue = argument.split(" ", 2);
                assertThat(answer.header(nameAndValue[0]))
                        .as(context)
                        .isNotEmpty()
                        .isNotEqualTo(nameAndValue[1]);
            }
            case "empty" -> assertThat(answer.body()).as(context).isEmpty();
            case "some" -> assertThat(answer.body()).as(context).isNotEmpty();
            case "no-header" ->
                assertThat(answer.header(argument)).as(context + expectation).isEmpty();
            default -> throw new IllegalArgumentException("no such expectation: " + expectation);
        }
    }

    private static boolean contains(JsonValue actual, JsonValue expected) {
        if (expected.isObject() && !expected.isNull() && actual.isObject() && !actual.isNull()) {
            return expected.asObject().stream()
                    .allMatch(field -> actual.asObject()
                            .getField(field.getKey())
                            .filter(found -> contains(found.getValue(), field.getValue()))
                            .isPresent());
        }
        if (expected.isArray() && actual.isArray()) {
            return expected.asArray().stream()
                    .allMatch(item -> actual.asArray().stream().anyMatch(found -> contains(found, item)));
        }
        return actual.equals(expected);
    }

    private static List<String> names(JsonValue value) {
        var names = new ArrayList<String>();
        if (value.isArray()) {
            value.asArray().forEach(item -> names.addAll(names(item)));
        } else if (value.isObject() && !value.isNull()) {
            value.asObject().forEach(field -> {
                names.add(field.getKeyName());
                names.addAll(names(field.getValue()));
            });
        }
        return names;
    }
}
