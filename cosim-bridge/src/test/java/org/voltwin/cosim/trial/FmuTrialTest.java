package org.voltwin.cosim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.fmu.FmuFiles;
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
}
