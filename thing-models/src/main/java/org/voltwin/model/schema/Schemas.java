package org.voltwin.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Validates messages against their JSON Schemas (2020-12), which are on the class path. Thread-safe; keep one. */
public final class Schemas {
    /** What the parts that schemas share are called. */
    private static final String COMMON = "common";

    private static final String ID = "urn:voltwin:schema:";
    private static final int FINDINGS_TOLD = 5;

    private final Map<MessageSchema, JsonSchema> schemas = new EnumMap<>(MessageSchema.class);

    /** Reads all schemas. */
    public Schemas() {
        Map<String, String> texts = new HashMap<>();
        texts.put(ID + COMMON, resource(COMMON + ".schema.json"));
        for (MessageSchema message : MessageSchema.values()) {
            texts.put(ID + message.id(), text(message));
        }
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(texts)));
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        for (MessageSchema message : MessageSchema.values()) {
            JsonSchema schema = factory.getSchema(SchemaLocation.of(ID + message.id()), config);
            schema.initializeValidators();
            schemas.put(message, schema);
        }
    }

    /** The schema itself, as JSON text. */
    public static String text(MessageSchema message) {
        return resource(message.file());
    }

    /** The content when it is valid; refused with {@code message.wrong_shape} naming JSON pointers when not. */
    public Outcome<JsonNode> check(MessageSchema message, JsonNode content) {
        JsonSchema schema = schemas.get(message);
        if (schema == null) {
            throw new IllegalStateException("no schema was read for " + message);
        }
        Collection<ValidationMessage> findings = schema.validate(content);
        return findings.isEmpty() ? Outcome.ok(content) : Outcome.refused(wrongShape(message, findings));
    }

    /**
     * Reads bytes as a message: refused with {@code message.not_json}, or {@code message.wrong_shape} when the schema or
     * the type refuses it.
     */
    public <T> Outcome<T> read(MessageSchema message, byte[] bytes, Class<T> type) {
        return Json.read(bytes, JsonNode.class)
                .flatMap(content -> check(message, content))
                .flatMap(content -> Json.convert(content, type));
    }

    private static Failure wrongShape(MessageSchema message, Collection<ValidationMessage> findings) {
        List<String> told =
                findings.stream().map(Schemas::inWords).distinct().sorted().toList();
        String more = told.size() > FINDINGS_TOLD ? "; and " + (told.size() - FINDINGS_TOLD) + " more" : "";
        return Failure.permanent(
                "message.wrong_shape",
                "The content is not a valid " + message.id() + ": "
                        + told.stream().limit(FINDINGS_TOLD).collect(Collectors.joining("; ")) + more + ".",
                "Compare it with the schema " + message.file() + ".");
    }

    /** The finding with its place: the library's own text begins with the pointer. */
    private static String inWords(ValidationMessage finding) {
        String pointer = finding.getInstanceLocation().toString();
        String text = finding.getMessage();
        String withoutPlace = text.startsWith(pointer + ": ") ? text.substring(pointer.length() + 2) : text;
        return (pointer.isEmpty() ? "/" : pointer) + " " + withoutPlace.replaceFirst("^: ", "");
    }

    private static String resource(String file) {
        try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + file)) {
            if (in == null) {
                throw new IllegalStateException("/schemas/" + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("/schemas/" + file + " cannot be read", e);
        }
    }
}
