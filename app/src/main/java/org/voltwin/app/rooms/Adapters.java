package org.voltwin.app.rooms;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.app.config.SshKeys;
import org.voltwin.app.identity.ClientTokens;
import org.voltwin.config.people.KeycloakPeople;
import org.voltwin.cosim.bench.VirtualBenchConfig;
import org.voltwin.lims.LimsConfiguration;
import org.voltwin.lims.broker.BrokerConfiguration;
import org.voltwin.lims.database.DatabaseConfiguration;
import org.voltwin.lims.delivery.SftpConfiguration;
import org.voltwin.twin.TwinConfig;
import org.voltwin.twin.hono.HonoConfiguration;

/** The rooms' configurations out of the platform's one file. */
record Adapters(StartArguments start, Clock clock) {
    private static final int LARGEST_DESIGN = 4;

    private PlatformConfig config() {
        return start.config();
    }

    private DataFolder data() {
        return start.data();
    }

    Supplier<String> tokens() {
        return new ClientTokens(
                config().issuer(), "voltwin-rooms", start.secrets().get("client.voltwin-rooms"), clock);
    }

    KeycloakPeople people() {
        return new KeycloakPeople(
                URI.create("http://localhost:" + config().ports().keycloak()),
                "voltwin",
                "voltwin-rooms",
                start.secrets().get("client.voltwin-rooms"));
    }

    URI ditto() {
        return URI.create("http://localhost:" + config().ports().ditto());
    }

    Path models() {
        return data().of("models");
    }

    /** Who did what in the models exchange. */
    Path modelsAudit() {
        return data().logs().resolve("models-audit.log");
    }

    /** Uploads that the check refused. */
    Path modelsRefused() {
        return data().of("models-refused");
    }

    /** Who may come to the models exchange over SFTP; the SFTP server reads it. */
    Path modelsUsers() {
        return SshKeys.exchangeUsers(data());
    }

    /** What people want changed over SFTP; the SFTP server writes it. */
    Path modelsInbox() {
        return data().of("models-inbox");
    }

    TwinConfig twins(Supplier<String> tokens) {
        return new TwinConfig(
                ditto().toString(),
                "ws://localhost:" + config().ports().ditto(),
                tokens,
                new HonoConfiguration(
                        "localhost:" + config().ports().kafka(),
                        "voltwin",
                        start.secrets().get("password.kafka"),
                        "lab"),
                "mongodb://localhost:" + config().ports().documents(),
                "voltwin",
                TwinConfig.RESULT_TOPICS);
    }

    /** Over TLS, with the authority that the broker made at its first start. */
    BrokerConfiguration broker() {
        return new BrokerConfiguration(
                "localhost",
                config().ports().limsBrokerTls(),
                data().root().resolve("edge/lims-broker/tls/lims-truststore.p12"),
                Secrets.LIMS_TRUST_STORE_PASSWORD,
                "twin",
                start.secrets().get("broker.twin"),
                "voltwin-rooms");
    }

    LimsConfiguration lims() {
        return new LimsConfiguration(
                DatabaseConfiguration.h2File(
                        data().of("lims").resolve("lims-platform"),
                        "voltwin",
                        start.secrets().get("password.lims")),
                data().of("storage"),
                new SftpConfiguration(
                        "localhost",
                        config().ports().sftp(),
                        "delivery",
                        SshKeys.privateKey(data()),
                        SshKeys.knownHosts(data()),
                        "/"),
                LARGEST_DESIGN,
                Duration.ofSeconds(1),
                config().calendar());
    }

    VirtualBenchConfig virtualBenches() {
        return VirtualBenchConfig.of(data().of("storage"), data().of("virtual-benches"));
    }
}
