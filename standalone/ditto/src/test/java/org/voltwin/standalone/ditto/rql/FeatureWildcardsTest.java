package org.voltwin.standalone.ditto.rql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FeatureWildcardsTest {
    private static String expand(String filter, String... ids) {
        return FeatureWildcards.expand(filter, new TreeSet<>(Set.of(ids)));
    }

    @Test
    void eachComparisonBecomesAnOrOverTheFeatures() {
        assertThat(expand("gt(features/*/properties/u,3.5)", "a", "b"))
                .isEqualTo("or(gt(features/a/properties/u,3.5),gt(features/b/properties/u,3.5))");
        assertThat(expand("and(eq(attributes/x,1),in(features/*/properties/u,\"a,)\",2))", "a"))
                .isEqualTo("and(eq(attributes/x,1),in(features/a/properties/u,\"a,)\",2))");
        assertThat(expand("not(exists(features/*/definition))", "a", "b"))
                .isEqualTo("not(or(exists(features/a/definition),exists(features/b/definition)))");
    }

    @Test
    void aThingWithoutFeaturesHasNoneThatMatches() {
        assertThat(expand("exists(features/*/properties/u)")).isEqualTo("exists(features/*/properties/u)");
    }
}
