package org.voltwin.standalone.ditto.wot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonParseException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.devops.WotValidationConfig;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.WotValidationSettings;

/**
 * What of a thing has to agree with its model: as configured, with what {@code /devops/wot/config} changed of it while
 * running, for all things or for those of some definitions. Kept in a file beside the journal. Call on the loop.
 */
public final class ValidationConfig {
    /** In the data folder. */
    public static final String FILE = "wot-validation-config.json";

    private static final String DYNAMIC = "dynamicConfig";
    private static final JsonKey SCOPE = JsonKey.of("scopeId");

    private final WotValidationSettings configured;
    private final Path file;
    private @Nullable JsonObject changed;

    /** @throws UncheckedIOException when the file is there and cannot be read */
    public ValidationConfig(WotValidationSettings configured, Path file) {
        this.configured = configured;
        this.file = file;
        try {
            this.changed = Files.exists(file) ? JsonObject.of(Files.readString(file)) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was changed, as it was given. */
    public Optional<JsonObject> get() {
        return Optional.ofNullable(changed);
    }

    /**
     * Changes it for all things.
     *
     * @return whether nothing was changed before
     * @throws org.eclipse.ditto.json.JsonRuntimeException when it is no such configuration
     */
    public boolean put(JsonObject config) {
        WotValidationConfig.fromJson(config.setValue("configId", "ditto:global"));
        boolean first = changed == null;
        store(config);
        return first;
    }

    /** @return whether anything had been changed */
    public boolean delete() {
        boolean there = changed != null;
        store(null);
        return there;
    }

    /** What was changed for some definitions. */
    public List<JsonObject> scopes() {
        return get()
                .flatMap(config -> config.getValue(DYNAMIC))
                .map(JsonValue::asArray)
                .orElseGet(JsonArray::empty)
                .stream()
                .map(JsonValue::asObject)
                .toList();
    }

    public Optional<JsonObject> scope(String id) {
        return scopes().stream().filter(scope -> isOf(id, scope)).findFirst();
    }

    /** @throws org.eclipse.ditto.json.JsonRuntimeException when it is no such configuration */
    public void putScope(String id, JsonObject config) {
        JsonObject complete = config.toBuilder().set(SCOPE, id).build();
        patterns(complete).forEach(ValidationConfig::requirePattern);
        var scopes = new ArrayList<JsonObject>(
                scopes().stream().filter(scope -> !isOf(id, scope)).toList());
        scopes.add(complete);
        storeScopes(scopes);
    }

    /** @return whether there was one */
    public boolean deleteScope(String id) {
        boolean there = scope(id).isPresent();
        if (there) {
            storeScopes(scopes().stream().filter(scope -> !isOf(id, scope)).toList());
        }
        return there;
    }

    private static boolean isOf(String id, JsonObject scope) {
        return scope.getValue(SCOPE).filter(JsonValue.of(id)::equals).isPresent();
    }

    private void storeScopes(List<JsonObject> scopes) {
        JsonObject config = changed == null ? JsonObject.empty() : changed;
        store(config.setValue(DYNAMIC, scopes.stream().collect(JsonCollectors.valuesToArray())));
    }

    private void store(@Nullable JsonObject config) {
        try {
            if (config == null) {
                Files.deleteIfExists(file);
            } else {
                Path partial = file.resolveSibling(file.getFileName() + ".partial");
                try (var channel = FileChannel.open(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(config.toString().getBytes(StandardCharsets.UTF_8)));
                    channel.force(true);
                }
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            }
            changed = config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a thing with this definition. */
    WotValidationSettings settingsFor(String definition) {
        JsonObject config = changed;
        if (config == null) {
            return configured;
        }
        WotValidationSettings settings = configured.with(config);
        for (JsonObject scope : scopes()) {
            boolean meant = patterns(scope).stream().anyMatch(pattern -> Pattern.matches(pattern, definition));
            JsonObject overrides = scope.getValue("configOverrides")
                    .filter(JsonValue::isObject)
                    .map(JsonValue::asObject)
                    .orElseGet(JsonObject::empty);
            settings = meant ? settings.with(overrides) : settings;
        }
        return settings;
    }

    private static List<String> patterns(JsonObject scope) {
        return scope
                .getValue("validationContext/thingDefinitionPatterns")
                .filter(JsonValue::isArray)
                .map(JsonValue::asArray)
                .orElseGet(JsonArray::empty)
                .stream()
                .map(JsonValue::formatAsString)
                .toList();
    }

    private static void requirePattern(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw JsonParseException.newBuilder()
                    .message("'" + pattern + "' is no regular expression: " + e.getDescription())
                    .build();
        }
    }
}
