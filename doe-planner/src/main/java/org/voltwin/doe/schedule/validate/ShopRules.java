package org.voltwin.doe.schedule.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voltwin.doe.schedule.shop.FlexibleShop;
import org.voltwin.doe.schedule.shop.ShopPlan;

/** What a plan of a flexible job shop must keep. */
public final class ShopRules {
    private ShopRules() {}

    private record Use(String name, long start, long end) {}

    /** What is broken, in words; empty when nothing is. */
    public static List<String> broken(FlexibleShop shop, ShopPlan plan) {
        List<String> broken = new ArrayList<>();
        if (plan.jobs().size() != shop.jobs().size()) {
            return List.of("the plan has " + plan.jobs().size() + " jobs of "
                    + shop.jobs().size());
        }
        Map<Integer, List<Use>> machines = new HashMap<>();
        for (int j = 0; j < shop.jobs().size(); j++) {
            List<FlexibleShop.Operation> operations = shop.jobs().get(j);
            List<ShopPlan.Place> places = plan.jobs().get(j);
            if (places.size() != operations.size()) {
                broken.add("job " + (j + 1) + " has " + places.size() + " places for " + operations.size()
                        + " operations");
                continue;
            }
            long free = 0;
            for (int i = 0; i < places.size(); i++) {
                ShopPlan.Place place = places.get(i);
                String name = "job " + (j + 1) + " operation " + (i + 1);
                boolean able = operations.get(i).choices().stream()
                        .anyMatch(c -> c.machine() == place.machine() && c.duration() == place.end() - place.start());
                if (!able) {
                    broken.add(name + " is on a machine that cannot do it, or not as long as it takes there");
                }
                if (place.start() < free) {
                    broken.add(name + " starts before the one before it ends, or before 0");
                }
                free = place.end();
                machines.computeIfAbsent(place.machine(), m -> new ArrayList<>())
                        .add(new Use(name, place.start(), place.end()));
            }
        }
        machines.forEach((machine, uses) -> {
            uses.sort(Comparator.comparingLong(Use::start).thenComparingLong(Use::end));
            for (int i = 1; i < uses.size(); i++) {
                if (uses.get(i).start() < uses.get(i - 1).end()) {
                    broken.add(uses.get(i - 1).name() + " and " + uses.get(i).name() + " overlap on machine "
                            + (machine + 1));
                }
            }
        });
        return broken;
    }
}
