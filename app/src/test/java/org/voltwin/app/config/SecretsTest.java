package org.voltwin.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path folder;

    @Test
    void secretsStayOverStartsDifferByFolderAndAreNobodyElsesToRead() throws Exception {
        DataFolder here = DataFolder.at(folder.resolve("a"));
        String first = Secrets.in(here).get("password.erin");

        assertThat(Secrets.in(here).get("password.erin")).isEqualTo(first).hasSizeGreaterThanOrEqualTo(16);
        assertThat(Secrets.in(DataFolder.at(folder.resolve("b"))).get("password.erin"))
                .isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(here.root().resolve("secrets.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(here.root())))
                .isEqualTo("rwx------");
    }
}
