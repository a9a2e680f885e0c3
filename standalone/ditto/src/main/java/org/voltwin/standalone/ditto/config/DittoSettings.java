package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Everything this process is told; see {@code reference.conf} for the keys and their defaults. */
public record DittoSettings(
        String hostname,
        int port,
        Path dataDir,
        int changesPerSnapshot,
        long maxBodyBytes,
        List<IssuerSettings> issuers,
        Duration allowedClockSkew,
        boolean preAuthentication,
        Duration sseHeartbeat,
        ThrottlingSettings webSocketThrottling,
        Duration messageTimeout,
        Duration maxMessageTimeout,
        long maxThingBytes,
        long maxPolicyBytes,
        long maxMessageBytes,
        long maxHeaderBytes,
        SearchSettings search,
        String defaultNamespace,
        PolicySettings policies,
        HistorySettings history,
        DevopsSettings devops,
        WotSettings wot,
        ConnectivitySettings connectivity) {

    /**
     * Reads a HOCON file over the defaults; environment variables can be named in it. As with Ditto, system properties
     * {@code ditto...} win over the file, and so do the environment variables {@code CONFIG_FORCE_ditto_...} if the
     * system property {@code config.override_with_env_vars} is true.
     *
     * @throws ConfigException with the key path in its message when something is missing or wrong
     */
    public static DittoSettings read(Path file) {
        return of(ConfigFactory.defaultOverrides()
                .withOnlyPath("ditto")
                .withFallback(ConfigFactory.parseFile(
                        file.toFile(),
                        com.typesafe.config.ConfigParseOptions.defaults().setAllowMissing(false)))
                .withFallback(ConfigFactory.parseResources(DittoSettings.class.getClassLoader(), "reference.conf"))
                .resolve());
    }

    static DittoSettings of(Config root) {
        Config ditto = root.getConfig("ditto");
        Config authentication = ditto.getConfig("gateway.authentication");
        Config oauth = authentication.getConfig("oauth");
        String protocol = oauth.getString("protocol");
        Config named = oauth.getConfig("openid-connect-issuers");
        List<IssuerSettings> issuers = named.root().keySet().stream()
                .sorted()
                .map(name -> IssuerSettings.of(name, named.getConfig(ConfigUtil.quoteString(name)), protocol))
                .toList();
        return new DittoSettings(
                ditto.getString("gateway.http.hostname"),
                ditto.getInt("gateway.http.port"),
                Path.of(ditto.getString("standalone.data-dir")),
                ditto.getInt("standalone.changes-per-snapshot"),
                ditto.getBytes("standalone.max-body-size"),
                issuers,
                oauth.getDuration("allowed-clock-skew"),
                authentication.getBoolean("pre-authentication.enabled"),
                ditto.getDuration("gateway.streaming.sse.heartbeat"),
                ThrottlingSettings.of(ditto.getConfig("gateway.streaming.websocket.throttling")),
                ditto.getDuration("gateway.message.default-timeout"),
                ditto.getDuration("gateway.message.max-timeout"),
                ditto.getBytes("limits.things.max-size"),
                ditto.getBytes("limits.policies.max-size"),
                ditto.getBytes("limits.messages.max-size"),
                ditto.getBytes("limits.headers.max-size"),
                SearchSettings.of(ditto),
                ditto.getString("entity-creation.default-namespace"),
                PolicySettings.of(ditto),
                HistorySettings.of(ditto),
                DevopsSettings.of(authentication),
                WotSettings.of(ditto),
                ConnectivitySettings.of(ditto));
    }
}
