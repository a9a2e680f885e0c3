package org.voltwin.standalone.ditto.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eclipse.ditto.policies.model.PolicyId;
import org.junit.jupiter.api.Test;

/** Which policies count where: the patterns and their order are those of Ditto's documentation of its configuration. */
class NamespaceRootsTest {
    private static final NamespaceRoots ROOTS = new NamespaceRoots(Map.of(
            "*", ids("root:catch-all"),
            "org.example.*", ids("org.example:tenant-root"),
            "org.example.devices.*", ids("org.example:devices-root"),
            "org.example.devices", ids("org.example:device-root", "org.example:audit")));

    private static List<PolicyId> ids(String... ids) {
        return List.of(ids).stream().map(PolicyId::of).toList();
    }

    private static List<PolicyId> of(String policy) {
        return ROOTS.of(PolicyId.of(policy));
    }

    @Test
    void theMostSpecificComesFirst() {
        assertThat(of("org.example.devices:x"))
                .isEqualTo(ids(
                        "org.example:device-root", "org.example:audit", "org.example:tenant-root", "root:catch-all"));
        assertThat(of("org.example.devices.alpha:x"))
                .isEqualTo(ids("org.example:devices-root", "org.example:tenant-root", "root:catch-all"));
        assertThat(of("org.example.sensors:x")).isEqualTo(ids("org.example:tenant-root", "root:catch-all"));
    }

    @Test
    void whatIsBelowANamespaceIsNeitherItselfNorWhatBeginsAlike() {
        assertThat(of("org.example:x")).isEqualTo(ids("root:catch-all"));
        assertThat(of("org.examples:x")).isEqualTo(ids("root:catch-all"));
    }

    @Test
    void aRootDoesNotCountInItself() {
        assertThat(of("root:catch-all")).isEmpty();
        assertThat(new NamespaceRoots(Map.of()).of(PolicyId.of("org.example:x")))
                .isEmpty();
    }
}
