package org.voltwin.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.LabCalendar;

/**
 * One file for the whole platform ({@code voltwin.yaml}). Defaults are in the class path; a user's file overrides
 * single keys. Unknown keys, wrong ports and doubled ports are refused with the key's path.
 *
 * @param host address everything listens on
 * @param publicUrl where browsers reach the dashboards
 * @param laboratory staff, holidays and closures, see {@link #calendar()}
 */
public record PlatformConfig(
        String host, String publicUrl, Ports ports, HeapMiB heapMiB, JsonNode laboratory, boolean demonstrationBench) {
    /** TCP ports, all different. */
    public record Ports(
            int http,
            int ditto,
            int keycloak,
            int keycloakManagement,
            int honoMqtt,
            int honoHttp,
            int registry,
            int edgeHealth,
            int limsBroker,
            int limsBrokerTls,
            int kafka,
            int kafkaController,
            int documents,
            int sftp,
            int storesHealth,
            int benchHealth) {}

    /** Largest heaps, MiB. */
    public record HeapMiB(int keycloak, int kafka, int ditto, int edge, int stores, int rooms, int bench) {}

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    public PlatformConfig {
        calendar(laboratory);
        Map<Integer, String> seen = new TreeMap<>();
        YAML.valueToTree(ports).properties().forEach(entry -> {
            int port = entry.getValue().asInt();
            if (port < 1 || port > 65535) {
                throw refused("ports." + entry.getKey() + " is " + port, "Give a port from 1 to 65535");
            }
            String other = seen.put(port, entry.getKey());
            if (other != null) {
                throw refused(
                        "ports." + entry.getKey() + " and ports." + other + " are both " + port,
                        "Give each its own port");
            }
        });
    }

    /** The defaults, overridden by the file when there is one. */
    public static PlatformConfig load(@Nullable Path file) {
        try (InputStream defaults = PlatformConfig.class.getResourceAsStream("/voltwin-defaults.yaml")) {
            JsonNode tree = YAML.readTree(defaults);
            if (file != null) {
                overlay((ObjectNode) tree, read(file), "");
            }
            return YAML.treeToValue(tree, PlatformConfig.class);
        } catch (UnrecognizedPropertyException e) {
            throw refused("The key " + e.getPropertyName() + " is not known", "Compare it with voltwin-defaults.yaml");
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw refused("The configuration cannot be read: " + e.getOriginalMessage(), "Correct the file");
        } catch (IOException e) {
            throw refused("The configuration file cannot be read: " + e.getMessage(), "Check its path and rights");
        }
    }

    private static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw refused("There is no configuration file " + file, "Check the path given with --config");
        }
        return YAML.readTree(Files.readString(file));
    }

    private static void overlay(ObjectNode base, JsonNode changes, String path) {
        if (changes.isMissingNode() || changes.isNull()) {
            return;
        }
        changes.properties().forEach(entry -> {
            JsonNode old = base.get(entry.getKey());
            if (old == null) {
                throw refused(
                        "The key " + path + entry.getKey() + " is not known", "Compare it with voltwin-defaults.yaml");
            }
            if (old instanceof ObjectNode inner && entry.getValue().isObject()) {
                overlay(inner, entry.getValue(), path + entry.getKey() + ".");
            } else {
                base.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** Who is in the laboratory when, and what is closed. */
    public LabCalendar calendar() {
        return calendar(laboratory);
    }

    private static LabCalendar calendar(JsonNode laboratory) {
        return switch (Json.convert(laboratory, LabCalendar.class)) {
            case Outcome.Ok<LabCalendar>(LabCalendar calendar) -> calendar;
            case Outcome.Refused<LabCalendar>(Failure failure) ->
                throw refused(
                        "The section laboratory cannot be read: " + failure.cause(),
                        "Compare it with voltwin-defaults.yaml");
        };
    }

    /** The realm's issuer, as it stands in tokens. */
    public String issuer() {
        return "http://localhost:" + ports.keycloak() + "/realms/voltwin";
    }

    private static RefusedException refused(String cause, String remedy) {
        return new RefusedException(Failure.permanent("config.invalid", cause + ".", remedy + "."));
    }
}
