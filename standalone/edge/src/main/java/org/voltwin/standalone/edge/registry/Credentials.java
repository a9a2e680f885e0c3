package org.voltwin.standalone.edge.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.hono.service.auth.HonoPasswordEncoder;

/** Credentials as the management API takes and shows them: plain passwords go in once, hashes never come out. */
public final class Credentials {

    /** The only kind of credential that the adapters of one machine check. */
    public static final String HASHED_PASSWORD = "hashed-password";

    static final Pattern AUTH_ID = Pattern.compile("[A-Za-z0-9._:=-]{1,128}");
    private static final List<String> SECRET_FIELDS = List.of("pwd-hash", "salt", "hash-function", "pwd-plain");

    /** The outcome of preparing credentials for storage. */
    sealed interface Prepared {}

    /** Ready to be stored: no plain password is left. */
    record Storable(JsonArray credentials) implements Prepared {}

    /** Not acceptable, with the reason. */
    record Refused(String cause) implements Prepared {}

    private Credentials() {}

    /** {@return a complete set of credentials with one password} */
    public static JsonArray password(String authId, String password, HonoPasswordEncoder encoder) {
        JsonObject secret = encoder.encode(password).put("id", UUID.randomUUID().toString());
        return new JsonArray()
                .add(new JsonObject()
                        .put("type", HASHED_PASSWORD)
                        .put("auth-id", authId)
                        .put("enabled", true)
                        .put("secrets", new JsonArray().add(secret)));
    }

    static Prepared prepare(JsonArray wanted, JsonArray stored, HonoPasswordEncoder encoder) {
        JsonArray result = new JsonArray();
        Set<String> authIds = new HashSet<>();
        for (Object element : wanted) {
            if (!(element instanceof JsonObject credential)) {
                return new Refused("Each credential is an object with type, auth-id and secrets.");
            }
            if (!(credential.getValue("type") instanceof String type) || !type.equals(HASHED_PASSWORD)) {
                return new Refused("The type '" + credential.getValue("type") + "' is not offered, only '"
                        + HASHED_PASSWORD + "'.");
            }
            if (!(credential.getValue("auth-id") instanceof String authId)
                    || !AUTH_ID.matcher(authId).matches()) {
                return new Refused(
                        "The auth-id '" + credential.getValue("auth-id") + "' does not match " + AUTH_ID + ".");
            }
            if (!authIds.add(authId)) {
                return new Refused("The auth-id '" + authId + "' appears twice.");
            }
            if (!(credential.getValue("secrets") instanceof JsonArray secrets) || secrets.isEmpty()) {
                return new Refused("The credential '" + authId + "' has no secrets.");
            }
            JsonArray hashed = new JsonArray();
            for (Object secret : secrets) {
                Optional<JsonObject> prepared = secret instanceof JsonObject object
                        ? secret(object, authId, stored, encoder)
                        : Optional.empty();
                if (prepared.isEmpty()) {
                    return new Refused(
                            "A secret of '" + authId
                                    + "' has neither pwd-plain (8 to 72 bytes) nor a bcrypt pwd-hash nor the id of a stored secret.");
                }
                hashed.add(prepared.get());
            }
            result.add(credential.copy().put("secrets", hashed));
        }
        return new Storable(result);
    }

    private static Optional<JsonObject> secret(
            JsonObject secret, String authId, JsonArray stored, HonoPasswordEncoder encoder) {
        JsonObject rest = secret.copy();
        SECRET_FIELDS.forEach(rest::remove);
        String id = secret.getString("id");
        if (secret.getValue("pwd-plain") instanceof String plain) {
            // bcrypt ignores what follows the 72nd byte, so a longer password would promise what it does not keep.
            int bytes = plain.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            return bytes < 8 || bytes > 72
                    ? Optional.empty()
                    : Optional.of(rest.mergeIn(encoder.encode(plain))
                            .put("id", UUID.randomUUID().toString()));
        }
        if (secret.getValue("pwd-hash") instanceof String hash) {
            return hash.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")
                    ? Optional.of(rest.put("pwd-hash", hash)
                            .put("hash-function", "bcrypt")
                            .put("id", UUID.randomUUID().toString()))
                    : Optional.empty();
        }
        return stored.stream()
                .map(JsonObject.class::cast)
                .filter(credential -> authId.equals(credential.getString("auth-id")))
                .flatMap(credential -> credential.getJsonArray("secrets").stream())
                .map(JsonObject.class::cast)
                .filter(known -> id != null && id.equals(known.getString("id")))
                .findFirst()
                .map(known -> known.copy().mergeIn(rest));
    }

    static JsonArray withoutSecrets(JsonArray stored) {
        JsonArray shown = stored.copy();
        shown.stream()
                .map(JsonObject.class::cast)
                .flatMap(credential -> credential.getJsonArray("secrets").stream())
                .map(JsonObject.class::cast)
                .forEach(secret -> SECRET_FIELDS.forEach(secret::remove));
        return shown;
    }
}
