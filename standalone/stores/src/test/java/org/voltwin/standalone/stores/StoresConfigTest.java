package org.voltwin.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoresConfigTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsLeftOutHasTheUsualAddresses() throws Exception {
        StoresConfig config = StoresConfig.read(file("{\"dataDir\":\"/data\"}"));

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.documents().port()).isEqualTo(27017);
        assertThat(config.sftp().port()).isEqualTo(2222);
        assertThat(config.sftp().knownHostsFile()).isEqualTo(Path.of("/data/ssh/known_hosts"));
        assertThat(config.healthPort()).isEqualTo(8084);
    }

    @Test
    void everyProblemIsNamedWithItsKey() {
        assertThatThrownBy(() -> StoresConfig.read(file("""
                        {"host": "0.0.0.0", "documents": {"port": 70000},
                         "sftp": {"users": [{"user": "a"}, {"user": "b c", "authorizedKeysFile": "/k", "root": "/r"}]}}
                        """)))
                .isInstanceOf(StoresConfig.Invalid.class)
                .hasMessageContaining("host: '0.0.0.0' is not a loopback address")
                .hasMessageContaining("dataDir: is missing")
                .hasMessageContaining("documents.port: 70000")
                .hasMessageContaining("sftp.users[0]: needs")
                .hasMessageContaining("sftp.users[1].user");
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> StoresConfig.read(file("{\"dataDir\":\"/data\",\"sftpPort\":1}")))
                .isInstanceOf(StoresConfig.Invalid.class)
                .hasMessageContaining("sftpPort");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("stores.json"), content);
    }
}
