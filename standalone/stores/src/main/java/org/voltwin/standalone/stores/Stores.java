package org.voltwin.standalone.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both servers and their health. */
final class Stores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final DocumentServer documents;
    private final SftpServer sftp;
    private final HealthServer health;

    private Stores(DocumentServer documents, SftpServer sftp, HealthServer health) {
        this.documents = documents;
        this.sftp = sftp;
        this.health = health;
    }

    /**
     * Starts everything or nothing.
     *
     * @param onBroken told when the disk refuses a write; the process should end
     */
    static Stores start(StoresConfig config, Consumer<RuntimeException> onBroken)
            throws IOException, GeneralSecurityException {
        Path file = config.dataDir().resolve("documents/voltwin.mv");
        DocumentServer documents =
                DocumentServer.start(file, config.host(), config.documents().port(), onBroken);
        SftpServer sftp = null;
        try {
            sftp = SftpServer.start(
                    config.sftp(), config.host(), config.dataDir().resolve("ssh"));
            HealthServer health = HealthServer.start(config.host(), config.healthPort(), documents::isUp, sftp::isUp);
            return new Stores(documents, sftp, health);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (sftp != null) {
                sftp.close();
            }
            documents.close();
            throw e;
        }
    }

    int documentsPort() {
        return documents.port();
    }

    int sftpPort() {
        return sftp.port();
    }

    int healthPort() {
        return health.port();
    }

    @Override
    public void close() {
        health.close();
        try {
            sftp.close();
        } catch (IOException e) {
            LOG.warn("the SFTP server did not stop cleanly", e);
        }
        documents.close();
        LOG.info("stopped");
    }
}
