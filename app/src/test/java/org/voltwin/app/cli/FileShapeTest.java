package org.voltwin.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.doe.schedule.lab.LabProblem;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** What somebody mistyped is named with its place, and what was meant is said. */
class FileShapeTest {
    private static final String GOOD = """
            {"now": "2026-03-02T06:00:00Z", "zone": "Europe/Berlin",
             "chambers": [{"id": "c", "minCelsius": -20, "maxCelsius": 60, "startCelsius": 25, "degreesPerHour": 30}],
             "benches": [{"id": "b", "kind": "physical", "levels": ["cell"], "capabilities": [],
               "maxCurrentAmperes": 100, "channels": 4, "chamber": "c", "speed": 1, "fidelity": 1}],
             "technicians": [{"id": "Ada", "shifts": {"zone": "Europe/Berlin",
               "week": {"MONDAY": [{"from": "06:00", "to": "14:00"}]}}}],
             "holidays": ["2026-04-03"],
             "tests": [{"id": "t1", "level": "cell", "currentAmperes": 10, "powerWatts": 500, "minFidelity": 1,
               "setUp": "PT30M", "run": "PT24H", "tearDown": "PT15M", "due": "2026-03-06T18:00:00+01:00", "weight": 1}]}
            """;

    private static void check(String text) throws Exception {
        new FileShape(Set.of("reason", "why"), Set.of()).check(Json.mapper().readTree(text), LabProblem.class);
    }

    @Test
    void aCompleteFileFits() throws Exception {
        check(GOOD);

        assertThat(GOOD).contains("due");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "due"                | "duo"              | The key 'tests[0] ('t1').duo' is not known.                 | Maybe 'due' is meant.
            "tests"              | "test"             | The key 'test' is not known.                                | Maybe 'tests' is meant.
            "level": "cell",     |                    | tests[0] ('t1') has no 'level'.                             | Give it: one of cell, module, pack.
            "weight": 1          | "kind": null       | tests[0] ('t1') has no 'weight'.                            | Give it: a whole number.
            "now": "2026-03-02T06:00:00Z", |          | The file has no 'now'.                                      | Give it: a moment with its zone
            "PT24H"              | "24 hours"         | tests[0] ('t1').run is '24 hours'.                          | Give a duration such as PT30M or PT4H.
            "PT24H"              | 1440               | tests[0] ('t1').run is '1440'.                              | Give a duration such as PT30M or PT4H.
            18:00:00+01:00       | 18:00:00           | tests[0] ('t1').due is '2026-03-06T18:00:00'.               | Give a moment with its zone
            Berlin"              | Berln"             | zone is 'Europe/Berln'.                                     | Give a time zone such as Europe/Berlin.
            MONDAY               | MOONDAY            | technicians[0] ('Ada').shifts.week, key is 'MOONDAY'.       | Give one of MONDAY, TUESDAY
            06:00"               | 25:00"             | technicians[0] ('Ada').shifts.week.MONDAY[0].from is '25:00'. | Give a time of day such as 06:00
            2026-04-03           | 2026-13-03         | holidays[0] is '2026-13-03'.                                | Give a day such as 2026-04-03.
            "physical"           | "phys"             | benches[0] ('b').kind is 'phys'.                            | Give one of physical, virtual.
            "channels": 4        | "channels": 4.5    | benches[0] ('b').channels is '4.5'.                         | Give a whole number.
            "minCelsius": -20    | "minCelsius": "a"  | chambers[0] ('c').minCelsius is 'a'.                        | Give a number.
            ["cell"]             | "cell"             | benches[0] ('b').levels is 'cell'.                          | Give a list.
            """)
    void whatDoesNotFitIsNamedWithItsPlace(String instead, String given, String cause, String remedy) {
        String text = GOOD.replaceFirst(java.util.regex.Pattern.quote(instead), given == null ? "" : given);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> check(text));

        Failure failure = refused.failure();
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.remedy()).startsWith(remedy);
    }
}
