package org.voltwin.cosim.check.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.fmu.SharedObject;
import org.voltwin.model.port.ModelInspector.Finding;

final class BinaryCheckTest {
    @TempDir
    private Path temp;

    private Path compile(String name, String source, String... flags) throws Exception {
        Path file = Files.writeString(temp.resolve(name + ".c"), source);
        Path library = temp.resolve("lib" + name + ".so");
        List<String> command =
                new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-o", library.toString(), file.toString()));
        command.addAll(List.of(flags));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return library;
    }

    private static List<Finding> findings(Path library) throws IOException {
        Findings findings = new Findings("x.fmu");
        BinaryCheck.check(library, "binaries/x86_64-linux/x.so", 3, findings);
        return findings.list();
    }

    @Test
    void a_stripped_library_is_read_by_its_dynamic_segment() throws Exception {
        Path library = compile("plain", "double sin(double); double f(double x) { return sin(x); }", "-lm", "-s");
        byte[] bytes = Files.readAllBytes(library);
        java.util.Arrays.fill(bytes, 40, 48, (byte) 0); // no section headers
        java.util.Arrays.fill(bytes, 58, 64, (byte) 0);

        SharedObject object = SharedObject.read(Files.write(library, bytes));

        assertThat(object.defined()).contains("f");
        assertThat(object.undefined()).contains("sin");
        assertThat(object.needed()).contains("libm.so.6");
        assertThat(object.neededVersions()).containsKey("libm.so.6");
        assertThat(findings(library)).extracting(Finding::code).containsExactly("binary.incomplete");
    }

    @Test
    void a_library_that_is_not_there_is_named() throws Exception {
        Path needed = compile("helper", "int helper(void) { return 1; }");
        String user = "int helper(void); int g(void) { return helper(); }";
        Path library = compile("user", user, "-L" + temp, "-lhelper");
        Path withPath = compile("user2", user, "-L" + temp, "-lhelper", "-Wl,-rpath,$ORIGIN");

        assertThat(findings(library)).filteredOn(Finding::error).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("binary.missing_library");
            assertThat(finding.cause()).contains("libhelper.so").contains("beside");
            assertThat(finding.remedy()).contains("$ORIGIN");
        });
        assertThat(findings(withPath)).noneMatch(Finding::error);
        Files.delete(needed);
        assertThat(findings(withPath))
                .filteredOn(Finding::error)
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.cause()).contains("libhelper.so").doesNotContain("beside"));
    }

    @Test
    void symbols_that_nobody_defines_are_named() throws Exception {
        String source = "int nowhere(void); int h(void) { return nowhere(); }";

        assertThat(findings(compile("lazy", source, "-Wl,-z,lazy")))
                .filteredOn(finding -> finding.code().equals("binary.undefined_symbols"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.error()).isFalse();
                    assertThat(finding.cause()).contains("nowhere");
                });
        assertThat(findings(compile("now", source, "-Wl,-z,now")))
                .filteredOn(Finding::error)
                .extracting(Finding::code)
                .containsExactly("binary.undefined_symbols");
    }

    @Test
    void a_version_that_this_machine_lacks_is_named() throws Exception {
        Path script = Files.writeString(temp.resolve("new.map"), "V_9 { global: late; local: *; };");
        Path old = Files.writeString(temp.resolve("old.map"), "V_1 { global: late; local: *; };");
        String source = "int late(void) { return 1; }";
        compile("late", source, "-Wl,--version-script=" + script);
        Path library = compile(
                "wants", "int late(void); int w(void) { return late(); }", "-L" + temp, "-llate", "-Wl,-rpath,$ORIGIN");
        compile("late", source, "-Wl,--version-script=" + old);

        assertThat(findings(library)).filteredOn(Finding::error).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("binary.missing_version");
            assertThat(finding.cause()).contains("V_9").contains("liblate.so");
        });
    }

    @Test
    void what_is_no_library_for_this_machine_is_refused() throws Exception {
        assertThat(findings(Files.writeString(temp.resolve("text.so"), "MZ windows")))
                .extracting(Finding::code)
                .containsExactly("fmu.wrong_binary");
    }
}
