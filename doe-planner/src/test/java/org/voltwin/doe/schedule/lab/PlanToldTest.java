package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What a plan says of itself: the reason of every place, and the picture. */
class PlanToldTest {
    private static LabPlan plan(LabProblem problem) {
        return LabPlanner.plan(problem, new SearchLimits(Duration.ofSeconds(1), 1, 1), false, event -> {})
                .orThrow();
    }

    private static LabAssignment of(LabPlan plan, String test) {
        return plan.assignments().stream()
                .filter(a -> a.test().equals(test))
                .findFirst()
                .orElseThrow();
    }

    /** One channel, so that nothing is left to chance: 8 h, then a second test that only the next morning's shift tears down. */
    private static LabProblem oneChannel(LabTest... tests) {
        LabProblem all = LabWeek.problem(List.of(tests), List.of(), LabWeek.MONDAY);
        return oneBench(all, 1, all.technicians());
    }

    private static LabProblem oneBench(LabProblem all, int channels, List<LabProblem.Technician> technicians) {
        LabProblem.LabBench bench = all.benches().getFirst();
        return new LabProblem(
                all.now(),
                all.zone(),
                List.of(new LabProblem.LabBench(
                        bench.id(),
                        bench.kind(),
                        bench.levels(),
                        bench.capabilities(),
                        bench.maxCurrentAmperes(),
                        channels,
                        bench.chamber(),
                        1,
                        1,
                        List.of())),
                all.chambers(),
                technicians,
                List.of(),
                null,
                all.tests(),
                List.of());
    }

    @Test
    void namesTheTestThatHasTheChannel() {
        LabPlan plan = plan(oneChannel(LabWeek.test("first", 480, 25.0), LabWeek.test("second", 480, 25.0)));

        LabAssignment later = plan.assignments().getLast();
        String earlier = plan.assignments().getFirst().test();
        // Set-up 07:00, 8 h from 07:30, tear-down until 15:45.
        assertThat(later.why())
                .isEqualTo("the only channel that suits; not earlier: until Mon 2 Mar 15:45 its channel is taken ("
                        + earlier + ")");
    }

    @Test
    void namesTheShiftThatIsOver() {
        LabPlan plan = plan(oneChannel(LabWeek.test("first", 855, 25.0), LabWeek.test("second", 60, 25.0)));

        assertThat(of(plan, "first").why() + of(plan, "second").why())
                .contains("its channel is taken")
                .doesNotContain("it could be set up");
    }

    @Test
    void saysWhatARunWaitsForAfterItsSetUp() {
        LabProblem one = oneChannel(LabWeek.test("warm", 480, 25.0), LabWeek.test("cold", 480, 0.0));
        // Two channels, and nobody there after nine: both are set up early, one waits for the other's temperature.
        LabProblem early =
                oneBench(one, 2, List.of(new LabProblem.Technician("Ada", LabWeek.shift(7, 9, 5), List.of())));

        LabAssignment later = plan(early).assignments().stream()
                .max(Comparator.comparing(LabAssignment::start))
                .orElseThrow();

        assertThat(later.setUpEnd()).isBefore(later.start());
        String clock =
                later.start().atZone(early.zone()).format(DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ROOT));
        assertThat(later.why()).contains("; set up, its run waits: until " + clock + " its chamber is at");
    }

    @Test
    void drawsEveryTestInAPictureThatCanBeReadOut() throws Exception {
        LabProblem problem = LabWeek.random(40, 4);
        LabPlan plan = plan(problem);

        String svg = Gantt.svg(problem, plan);

        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getAttribute("aria-labelledby"))
                .isEqualTo("t d");
        assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                .contains("40 tests", "Europe/Berlin", "Makespan");
        // The picture's title, and one for each test's bar.
        assertThat(document.getElementsByTagName("title").getLength()).isEqualTo(41);
        for (LabTest test : problem.tests()) {
            assertThat(svg).contains("<title>" + test.id() + " on ");
        }
    }
}
