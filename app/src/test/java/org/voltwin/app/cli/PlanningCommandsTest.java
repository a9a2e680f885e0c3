package org.voltwin.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.failure.RefusedException;
import picocli.CommandLine;

/** Wrong files given to the planning commands: what is said, and the exit status. */
class PlanningCommandsTest {
    @TempDir
    private Path folder;

    /** The cause, which a command that is refused says. */
    private static String refusal(Object command, String... arguments) {
        StringWriter said = new StringWriter();
        new CommandLine(command)
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    line.getErr()
                            .print(
                                    error instanceof RefusedException refused
                                            ? refused.failure().cause() + " "
                                                    + refused.failure().remedy()
                                            : error.toString());
                    return 2;
                })
                .execute(arguments);
        return said.toString();
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aFileOfAnotherKindIsToldFromALaboratory() throws Exception {
        assertThat(refusal(new ScheduleCommand(), file("study.yaml", "factors: []")))
                .contains("neither 'tests' nor 'tasks'", "./voltwin doe");
        assertThat(refusal(new ScheduleCommand(), file("j30.sm", "*****")))
                .contains("looks like an instance", "--format rcpsp");
    }

    @Test
    void threadsAndSecondsAreNamedOnlyWhenGiven() throws Exception {
        assertThat(refusal(new ScheduleCommand(), file("a.yaml", "tests: []"), "--threads", "0"))
                .startsWith("A search cannot have 0 threads. ");
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsNoFault() throws Exception {
        String study = file("study.yaml", "factors: [{name: A, low: 0, high: 1}, {name: B, low: 0, high: 1}]");
        String inTheWay = file("in-the-way", "a file, not a folder");

        assertThat(refusal(new DoeCommand(), study, "--out", inTheWay))
                .startsWith("Nothing can be written to " + inTheWay);
    }

    @Test
    void aProblemWithoutAPlanHasTheStatusOfWrongInputAsJsonToo() throws Exception {
        String empty = file("empty.yaml", """
                now: "2026-03-02T06:00:00Z"
                zone: Europe/Berlin
                tests: []
                """);

        assertThat(new CommandLine(new ScheduleCommand()).execute(empty, "--json"))
                .isEqualTo(2);
    }
}
