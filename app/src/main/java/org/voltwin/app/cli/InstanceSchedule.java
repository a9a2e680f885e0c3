package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.engine.SearchResult;
import org.voltwin.doe.schedule.formats.FjspText;
import org.voltwin.doe.schedule.formats.PsplibText;
import org.voltwin.doe.schedule.project.Project;
import org.voltwin.doe.schedule.project.ProjectPlan;
import org.voltwin.doe.schedule.project.ProjectPlanner;
import org.voltwin.doe.schedule.shop.FlexibleShop;
import org.voltwin.doe.schedule.shop.ShopPlan;
import org.voltwin.doe.schedule.shop.ShopPlanner;
import org.voltwin.model.json.Json;

/** Plans an instance of the literature and prints it in the shape of every schedule. Times are the instance's units. */
final class InstanceSchedule {
    private InstanceSchedule() {}

    private record Row(String task, String resource, long start, long end) {}

    static int fjsp(Path file, SearchLimits limits, boolean json) {
        FlexibleShop shop = FjspText.read(FileInput.text(file)).orThrow();
        SearchResult<ShopPlan> result = ShopPlanner.plan(shop, limits, event -> {});
        List<Row> rows = new ArrayList<>();
        for (int j = 0; j < result.plan().jobs().size(); j++) {
            List<ShopPlan.Place> places = result.plan().jobs().get(j);
            for (int i = 0; i < places.size(); i++) {
                ShopPlan.Place place = places.get(i);
                rows.add(new Row(
                        "job " + (j + 1) + "." + (i + 1),
                        "machine " + (place.machine() + 1),
                        place.start(),
                        place.end()));
            }
        }
        return show(result, rows, json);
    }

    static int rcpsp(Path file, SearchLimits limits, boolean json) {
        Project project = PsplibText.read(FileInput.text(file)).orThrow();
        SearchResult<ProjectPlan> result = ProjectPlanner.plan(project, limits, event -> {});
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < result.plan().starts().size(); i++) {
            rows.add(new Row(
                    "job " + (i + 1),
                    uses(project.activities().get(i)),
                    result.plan().starts().get(i),
                    result.plan().ends().get(i)));
        }
        return show(result, rows, json);
    }

    private static String uses(Project.Activity activity) {
        List<String> uses = new ArrayList<>();
        for (int r = 0; r < activity.demands().size(); r++) {
            if (activity.demands().get(r) > 0) {
                uses.add("R" + (r + 1) + " x " + activity.demands().get(r));
            }
        }
        return String.join(", ", uses);
    }

    private static int show(SearchResult<?> result, List<Row> rows, boolean json) {
        rows.sort(Comparator.comparingLong(Row::start).thenComparing(Row::task));
        if (json) {
            ObjectNode document = Json.mapper().createObjectNode();
            document.put("makespan", result.objective())
                    .put("lowerBound", result.lowerBound())
                    .put("gap", result.gap())
                    .put("status", result.isOptimal() ? "optimal" : "feasible")
                    .put("planFrom", result.planFrom())
                    .put("boundFrom", result.boundFrom());
            document.set("assignments", Json.tree(rows));
            document.set("history", history(result.history()));
            System.out.println(Json.text(document));
            return 0;
        }
        System.out.println("Makespan " + result.objective() + " (" + result.planFrom() + "), no plan is below "
                + result.lowerBound() + " (" + result.boundFrom() + ")" + (result.isOptimal() ? ": optimal" : ""));
        rows.forEach(row ->
                System.out.println("  " + row.task() + "  " + row.resource() + "  " + row.start() + " - " + row.end()));
        return 0;
    }

    /** Incumbents and bounds in the order they were found, with seconds since the start and the engine. */
    static ArrayNode history(List<SearchEvent> events) {
        ArrayNode history = Json.mapper().createArrayNode();
        for (SearchEvent event : events) {
            String kind = switch (event) {
                case SearchEvent.Incumbent incumbent -> "incumbent";
                case SearchEvent.Bound bound -> "bound";
            };
            history.addObject()
                    .put("kind", kind)
                    .put("value", event.value())
                    .put("source", event.source())
                    .put("seconds", event.at().toMillis() / 1000.0);
        }
        return history;
    }
}
