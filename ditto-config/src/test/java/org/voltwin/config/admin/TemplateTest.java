package org.voltwin.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voltwin.model.failure.RefusedException;

class TemplateTest {
    private static final Map<String, String> BUYER =
            Map.of("owner", "voltwin:acme", "buyer", "voltwin:storage", "until", "2027-01-31T00:00:00Z");

    @Test
    void examplesFillEveryBlank() {
        assertThat(Template.all()).hasSize(3).allSatisfy(template -> {
            Map<String, String> examples = template.parameters().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().example()));
            assertThat(template.filled(examples).toString()).doesNotContain("{{");
        });
    }

    @Test
    void blanksAreFilledInNamesAndValues() {
        ObjectNode filled = Template.named("second-life").filled(BUYER);

        assertThat(filled.at("/entries/buyer/subjects/voltwin:storage/expiry").asText())
                .isEqualTo("2027-01-31T00:00:00Z");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> Template.named("owned-unit").filled(Map.of("owner", "nobody")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().inOneLine())
                                .contains("owner", "'nobody'", "voltwin:acme-owner", "policy.bad_parameter"));
        assertThatThrownBy(() -> Template.named("owned-unit").filled(BUYER))
                .hasMessageContaining("no parameter buyer, until");
        assertThatThrownBy(() -> Template.named("none")).hasMessageContaining("owned-unit");
    }
}
