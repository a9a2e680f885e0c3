package org.voltwin.standalone.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.edge.broker.BrokerUser;

/**
 * The whole configuration of the process, as read from one JSON file.
 *
 * @param bindHost address of every listener but the broker's TLS one, which may be opened by {@code broker.tlsBindHost}
 * @param dataDir folder for registry, broker data and key stores
 * @param ports 1..65535 each
 * @param kafka how to reach Kafka
 * @param management who may change the registry
 * @param tenants tenants that exist from the first start on
 * @param devices devices that exist from every start on; a changed password here replaces the stored one
 * @param broker the LIMS broker
 */
public record EdgeConfig(
        @Nullable String bindHost,
        Path dataDir,
        Ports ports,
        Kafka kafka,
        Management management,
        @Nullable List<String> tenants,
        @Nullable List<InitialDevice> devices,
        Broker broker) {

    /** Ports of the listeners; 0 or absent = the default of the interfaces document. */
    public record Ports(int mqtt, int http, int registry, int health, int broker, int brokerTls) {
        public Ports {
            mqtt = mqtt == 0 ? 1883 : mqtt;
            http = http == 0 ? 8081 : http;
            registry = registry == 0 ? 8082 : registry;
            health = health == 0 ? 8083 : health;
            broker = broker == 0 ? 1884 : broker;
            brokerTls = brokerTls == 0 ? 8883 : brokerTls;
        }
    }

    /** @param bootstrap {@code localhost:9092}: the name that the standalone node advertises, never 127.0.0.1 */
    public record Kafka(String bootstrap, String user, String password) {
        @Override
        public String toString() {
            return "Kafka[bootstrap=" + bootstrap + ", user=" + user + "]";
        }
    }

    /**
     * @param issuer exact value of the claim {@code iss}
     * @param jwks address of the issuer's key set
     * @param roles any one of them in {@code realm_access.roles} is enough
     */
    public record Management(
            String issuer, String jwks, @Nullable List<String> roles) {
        public Management {
            roles = roles == null ? List.of("lab-admin", "service", "device-registrar") : List.copyOf(roles);
        }

        /** {@return the roles that may change the registry} */
        public List<String> allowedRoles() {
            return roles == null ? List.of() : roles;
        }
    }

    /** @param authId name used at sign-in, the device id when absent; {@code via} = ids of its gateways */
    public record InitialDevice(
            String tenant,
            String id,
            @Nullable String authId,
            String password,
            @Nullable List<String> via) {
        @Override
        public String toString() {
            return "InitialDevice[" + tenant + "/" + id + "]";
        }
    }

    /**
     * @param tlsBindHost address of the TLS listener, {@code bindHost} when absent
     * @param tlsHostNames names and addresses in the server certificate
     * @param keyStorePassword made up and kept in the data folder when absent
     * @param trustStorePassword of {@code lims-truststore.p12}; protects nothing secret
     */
    public record Broker(
            List<BrokerUser> users,
            @Nullable String tlsBindHost,
            @Nullable List<String> tlsHostNames,
            @Nullable String keyStorePassword,
            @Nullable String trustStorePassword) {
        @Override
        public String toString() {
            return "Broker[users=" + users + "]";
        }
    }

    /** The outcome of reading a configuration. */
    public sealed interface Read {}

    /** The configuration can be used. */
    public record Valid(EdgeConfig config) implements Read {}

    /** The configuration cannot be used; each problem names its key path. */
    public record Invalid(List<String> problems) implements Read {}

    /** Reads and checks the file. */
    public static Read read(Path file) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            EdgeConfig config = mapper.readValue(Files.readString(file), EdgeConfig.class);
            List<String> problems = config.problems();
            return problems.isEmpty() ? new Valid(config) : new Invalid(problems);
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                    .collect(Collectors.joining("."));
            return new Invalid(List.of((path.isEmpty() ? "" : path + ": ") + e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            return new Invalid(List.of("is not JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return new Invalid(List.of("cannot be read (" + e + "). Name a readable JSON file"));
        }
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        require(dataDir, "dataDir", problems);
        if (require(ports, "ports", problems)) {
            List<Integer> all = listeners();
            all.stream()
                    .filter(port -> port < 1 || port > 65_535)
                    .forEach(port -> problems.add("ports: " + port + " is outside 1..65535"));
            if (all.stream().distinct().count() != all.size()) {
                problems.add("ports: two listeners share a port: " + all);
            }
        }
        if (require(kafka, "kafka", problems)) {
            require(kafka.bootstrap(), "kafka.bootstrap", problems);
            require(kafka.user(), "kafka.user", problems);
            require(kafka.password(), "kafka.password", problems);
        }
        if (require(management, "management", problems)) {
            require(management.issuer(), "management.issuer", problems);
            require(management.jwks(), "management.jwks", problems);
        }
        if (require(broker, "broker", problems) && require(broker.users(), "broker.users", problems)) {
            broker.users().forEach(user -> problems.addAll(user.problems()));
        }
        for (InitialDevice device : initialDevices()) {
            require(device.tenant(), "devices[].tenant", problems);
            require(device.id(), "devices[].id", problems);
            require(device.password(), "devices[].password", problems);
        }
        return problems;
    }

    private static boolean require(@Nullable Object value, String path, List<String> problems) {
        if (value == null || value instanceof String text && text.isBlank()) {
            problems.add(path + ": is missing");
            return false;
        }
        return true;
    }

    private List<Integer> listeners() {
        return List.of(ports.mqtt(), ports.http(), ports.registry(), ports.health(), ports.broker(), ports.brokerTls());
    }

    /** {@return address of the plain listeners} */
    public String host() {
        return bindHost == null ? "127.0.0.1" : bindHost;
    }

    /** {@return tenants that must exist} */
    public List<String> initialTenants() {
        return tenants == null ? List.of("lab") : tenants;
    }

    /** {@return devices that must exist} */
    public List<InitialDevice> initialDevices() {
        return devices == null ? List.of() : devices;
    }
}
