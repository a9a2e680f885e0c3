package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepOrderTest {
    @Test
    void loops_are_groups_behind_what_drives_them() {
        // 4 -> 1 <-> 2 -> 0, and 3 drives itself
        List<List<Integer>> groups =
                StepOrder.groups(List.of(List.of(), List.of(2), List.of(1, 0), List.of(3), List.of(1)));

        assertThat(groups).containsExactlyInAnyOrder(List.of(4), List.of(1, 2), List.of(0), List.of(3));
        assertThat(groups.indexOf(List.of(4))).isLessThan(groups.indexOf(List.of(1, 2)));
        assertThat(groups.indexOf(List.of(1, 2))).isLessThan(groups.indexOf(List.of(0)));
    }

    @Test
    void a_long_chain_needs_no_deep_stack() {
        List<List<Integer>> chain = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            chain.add(i == 0 ? List.of() : List.of(i - 1));
        }

        List<List<Integer>> groups = StepOrder.groups(chain);

        assertThat(groups).hasSize(50_000);
        assertThat(groups.getFirst()).containsExactly(49_999);
    }
}
