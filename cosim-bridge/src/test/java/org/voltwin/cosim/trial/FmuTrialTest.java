package org.voltwin.cosim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.port.ModelInspector.Finding;

final class FmuTrialTest {
    @TempDir
    private Path temp;

    @Test
    void sound_models_have_no_findings() throws Exception {
        assertThat(FmuTrial.check(List.of(Fixtures.model(temp)))).isEmpty();
    }

    @Test
    void a_token_that_the_library_does_not_take_is_told_in_its_words() throws Exception {
        Path fmu = FmuFiles.bad(temp);
        Map<String, byte[]> entries = FmuFiles.read(fmu);
        String xml = new String(entries.get("modelDescription.xml"), StandardCharsets.UTF_8);
        entries.put("modelDescription.xml", xml.replace("{bad}", "{other}").getBytes(StandardCharsets.UTF_8));
        FmuFiles.write(fmu, entries);

        assertThat(FmuTrial.check(List.of(fmu)))
                .filteredOn(Finding::error)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).startsWith("trial.");
                    assertThat(finding.cause()).contains("token");
                });
    }

    @Test
    void a_model_that_crashes_when_it_starts_is_named() throws Exception {
        Path fmu = FmuFiles.hostile(temp, -1);

        assertThat(FmuTrial.check(List.of(fmu)))
                .filteredOn(Finding::error)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("trial.crashed");
                    assertThat(finding.cause()).contains("SIGSEGV").contains("doing 1");
                });
    }

    @Test
    void an_fmu_with_errors_is_not_run() throws Exception {
        Path text = Files.writeString(temp.resolve("text.fmu"), "no zip");

        assertThat(FmuTrial.check(List.of(text))).extracting(Finding::code).containsExactly("fmu.not_a_zip");
    }

    /** Endless loop, memory without end, exit, all files closed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -3 | trial.hang    | gave no row for 3 s
            -4 | trial.memory  | MiB
            -8 | trial.crashed | ended with status 0
            -6 | trial.crashed | doing 6
            """)
    void a_model_that_does_not_start_is_named_with_the_cause(int mode, String code, String cause) throws Exception {
        Path fmu = FmuFiles.hostile(temp, mode);

        List<Finding> findings = FmuTrial.of(fmu, new WorkerLimits(256L << 20, Duration.ofSeconds(3), 1));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.error()).isTrue();
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.cause()).contains("It does not start").containsIgnoringCase(cause);
            assertThat(finding.remedy()).isNotBlank();
        });
    }

    @Test
    void a_model_that_only_prints_has_no_finding() throws Exception {
        Path fmu = FmuFiles.hostile(temp, -5);

        assertThat(FmuTrial.of(fmu, new WorkerLimits(256L << 20, Duration.ofSeconds(60), 1)))
                .isEmpty();
    }
}
