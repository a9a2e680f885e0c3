package org.voltwin.standalone.ditto.connect.placeholder;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.ditto.placeholders.Placeholder;

/** A prefix with the names it knows and how each is got from a source. */
record NamedPlaceholder<T>(String prefix, Map<String, Function<T, List<String>>> values) implements Placeholder<T> {
    @Override
    public String getPrefix() {
        return prefix;
    }

    @Override
    public List<String> getSupportedNames() {
        return List.copyOf(values.keySet());
    }

    @Override
    public boolean supports(String name) {
        return values.containsKey(name);
    }

    @Override
    public List<String> resolveValues(T source, String name) {
        Function<T, List<String>> value = values.get(name);
        return value == null ? List.of() : value.apply(source);
    }
}
