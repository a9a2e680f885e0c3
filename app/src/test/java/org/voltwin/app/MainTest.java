package org.voltwin.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** A command that is meant is found alone; whoever asks for none, or for one that is not there, sees all. */
class MainTest {
    private static String said(int status, String... arguments) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream instead = new PrintStream(both, true, UTF_8);
        System.setOut(instead);
        System.setErr(instead);
        try {
            assertThat(Main.run(arguments)).isEqualTo(status);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return both.toString(UTF_8);
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(said(0, "--help"))
                .contains("up", "down", "status", "logs", "demo", "replay", "fmu", "cosim", "doe", "schedule", "apply");
    }

    @Test
    void aCommandKnowsItsFullName() {
        assertThat(said(0, "schedule", "--help")).startsWith("Usage: voltwin schedule ");
    }

    @Test
    void aMistypedCommandIsAnsweredWithThoseThatThereAre() {
        assertThat(said(2, "shedule", "week.yaml")).contains("Unmatched argument", "Did you mean: voltwin schedule");
    }
}
