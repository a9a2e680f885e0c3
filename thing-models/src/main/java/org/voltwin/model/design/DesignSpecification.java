package org.voltwin.model.design;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The problem of an experiment design. It may be contradictory: the designer refuses it with the reason.
 *
 * @param kind {@code full-factorial}, {@code latin-hypercube}, {@code auto} or another kind of docs/doe.md
 * @param factors what is varied, names unique
 * @param maxRuns budget, at least 1
 * @param seed of everything random: the same seed gives the same design
 * @param study further keys of a specification as docs/doe.md has them: constraints, model, objective, response; its
 *     factors add to the ones above, or to one of them if they have its name
 */
public record DesignSpecification(
        String kind,
        List<Factor> factors,
        int maxRuns,
        long seed,
        @Nullable Map<String, Object> study) {
    public DesignSpecification {
        factors = List.copyOf(factors);
        study = study == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(study));
    }

    public DesignSpecification(String kind, List<Factor> factors, int maxRuns, long seed) {
        this(kind, factors, maxRuns, seed, Map.of());
    }

    /** As given to the constructor, empty instead of null. */
    @Override
    public Map<String, Object> study() {
        return study == null ? Map.of() : study;
    }
}
