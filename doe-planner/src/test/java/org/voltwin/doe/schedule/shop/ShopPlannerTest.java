package org.voltwin.doe.schedule.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.engine.Progress;
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.engine.SearchResult;
import org.voltwin.doe.schedule.formats.FjspText;
import org.voltwin.doe.schedule.validate.ShopRules;

class ShopPlannerTest {
    /** Fisher and Thompson 1963, 6 x 6: machine (from 0) and duration of each operation; the optimum is 55. */
    private static final int[][] FT06 = {
        {2, 1, 0, 3, 1, 6, 3, 7, 5, 3, 4, 6},
        {1, 8, 2, 5, 4, 10, 5, 10, 0, 10, 3, 4},
        {2, 5, 3, 4, 5, 8, 0, 9, 1, 1, 4, 7},
        {1, 5, 0, 5, 2, 5, 3, 3, 4, 8, 5, 9},
        {2, 9, 1, 3, 4, 5, 5, 4, 0, 3, 3, 1},
        {1, 3, 3, 3, 5, 9, 0, 10, 4, 4, 2, 1}
    };

    private static FlexibleShop ft06() {
        List<List<FlexibleShop.Operation>> jobs = new ArrayList<>();
        for (int[] row : FT06) {
            List<FlexibleShop.Operation> job = new ArrayList<>();
            for (int i = 0; i < row.length; i += 2) {
                job.add(new FlexibleShop.Operation(List.of(new FlexibleShop.Choice(row[i], row[i + 1]))));
            }
            jobs.add(job);
        }
        return new FlexibleShop(6, jobs);
    }

    private static SearchLimits seconds(int seconds, int threads) {
        return new SearchLimits(Duration.ofSeconds(seconds), threads, 1);
    }

    @Test
    void provesTheKnownOptimumOfFt06() {
        List<SearchEvent> heard = new ArrayList<>();

        SearchResult<ShopPlan> result = ShopPlanner.plan(ft06(), seconds(20, 2), heard::add);

        assertThat(result.objective()).isEqualTo(55);
        assertThat(result.isOptimal()).isTrue();
        assertThat(result.gap()).isZero();
        assertThat(ShopRules.broken(ft06(), result.plan())).isEmpty();
        assertThat(heard).isEqualTo(result.history());
    }

    @Test
    void usesTheFasterMachineUntilSharingItIsSlower() {
        // Two jobs of one operation, 3 on machine 1 or 5 on machine 2: apart they end at 5, both on machine 1 at 6.
        FlexibleShop shop = FjspText.read("2 2\n1 2 1 3 2 5\n1 2 1 3 2 5\n").orThrow();

        SearchResult<ShopPlan> result = ShopPlanner.plan(shop, seconds(5, 1), event -> {});

        assertThat(result.objective()).isEqualTo(5);
        assertThat(result.isOptimal()).isTrue();
    }

    @Test
    void givesTheSamePlanForTheSameSeedOnOneThread() {
        SearchResult<ShopPlan> first = ShopPlanner.plan(ft06(), seconds(20, 1), event -> {});
        SearchResult<ShopPlan> again = ShopPlanner.plan(ft06(), seconds(20, 1), event -> {});

        assertThat(again.plan()).isEqualTo(first.plan());
    }

    @Test
    void refusesAPlanThatBreaksARule() {
        Progress<ShopPlan> progress = new Progress<>(
                plan -> ShopRules.broken(ft06(), plan), ShopPlan::makespan, Duration.ofSeconds(1), event -> {});

        assertThatThrownBy(() -> progress.offer(new ShopPlan(List.of()), "a broken engine"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a broken engine");
    }

    @Test
    void theValidatorSeesEachKindOfFault() {
        FlexibleShop shop = FjspText.read("2 1\n2 1 1 3 1 1 2\n1 1 1 4\n").orThrow();
        ShopPlan.Place a = new ShopPlan.Place(0, 0, 3);
        ShopPlan.Place b = new ShopPlan.Place(0, 7, 9);
        ShopPlan.Place c = new ShopPlan.Place(0, 3, 7);

        assertThat(ShopRules.broken(shop, new ShopPlan(List.of(List.of(a, b), List.of(c)))))
                .isEmpty();
        assertThat(ShopRules.broken(shop, new ShopPlan(List.of(List.of(a, b), List.of(new ShopPlan.Place(0, 2, 6))))))
                .containsExactly("job 1 operation 1 and job 2 operation 1 overlap on machine 1");
        assertThat(ShopRules.broken(shop, new ShopPlan(List.of(List.of(a, new ShopPlan.Place(0, 1, 3)), List.of(c)))))
                .anyMatch(s -> s.contains("job 1 operation 2 starts before the one before it ends"));
        assertThat(ShopRules.broken(shop, new ShopPlan(List.of(List.of(a, b), List.of(new ShopPlan.Place(0, 3, 6))))))
                .anyMatch(s -> s.contains("not as long as it takes there"));
        assertThat(ShopRules.broken(shop, new ShopPlan(List.of(List.of(a), List.of(c)))))
                .anyMatch(s -> s.contains("job 1 has 1 places for 2 operations"));
    }

    @Test
    void neverClaimsAPlanBelowItsBound() {
        assertThatThrownBy(() -> new SearchResult<>("plan", 9, 10, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
