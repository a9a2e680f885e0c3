package org.voltwin.cosim.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/**
 * Who may sign in to the exchange over SFTP: people add their public keys where they are signed in on the web. The SFTP
 * server reads the file this writes: {@code {"users": [{user, subject, mayRead, mayWrite, keys: [{line, ...}]}]}}. The
 * roles are the realm's, asked for again and again, so that who loses a role on the web loses it here.
 */
public final class SftpKeys {
    private static final int MOST_KEYS = 5;
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private final Path file;
    private final Function<String, Optional<Set<Role>>> rolesOfPeople;
    private final Clock clock;
    private final Map<String, User> users = new LinkedHashMap<>();

    /**
     * A key.
     *
     * @param id what it is removed by
     * @param fingerprint {@code SHA256:...} as ssh-keygen -l shows it
     * @param line as in OpenSSH's authorized_keys
     */
    record Key(String id, String fingerprint, String line, Instant addedAt) {}

    private record User(String user, String subject, boolean mayRead, boolean mayWrite, List<Key> keys) {}

    /**
     * @param file its folder must exist
     * @param rolesOfPeople the roles of a user name; empty for who may not sign in; throws while nobody knows
     */
    public SftpKeys(Path file, Function<String, Optional<Set<Role>>> rolesOfPeople, Clock clock) throws IOException {
        this.file = file;
        this.rolesOfPeople = rolesOfPeople;
        this.clock = clock;
        if (Files.exists(file)) {
            JsonNode known = Json.read(Files.readAllBytes(file), JsonNode.class).orThrow();
            for (JsonNode user : known.path("users")) {
                User read = Json.convert(user, User.class).orThrow();
                users.put(read.user(), read);
            }
        } else {
            save();
        }
    }

    synchronized List<Key> of(Caller caller) {
        User user = users.get(caller.name());
        return user == null ? List.of() : user.keys();
    }

    synchronized Outcome<Key> add(Caller caller, String line) throws IOException {
        Outcome<PublicKeyLine> read = PublicKeyLine.read(line);
        if (read instanceof Outcome.Refused<PublicKeyLine> refused) {
            return Outcome.refused(refused.failure());
        }
        List<Key> keys = new ArrayList<>(of(caller));
        PublicKeyLine key = read.orThrow();
        keys.removeIf(known -> known.fingerprint().equals(key.fingerprint()));
        if (!USER.matcher(caller.name()).matches() || keys.size() >= MOST_KEYS) {
            return Outcome.refused(Failure.permanent(
                    "models.key_refused",
                    keys.size() >= MOST_KEYS
                            ? "There are " + keys.size() + " keys already."
                            : "The user name '" + caller.name() + "' is none for SFTP.",
                    "Remove a key that is not used any more; user names have letters, digits, '.', '_', '-' and '@'."));
        }
        Key added = new Key(key.id(), key.fingerprint(), key.line(), clock.instant());
        keys.add(added);
        users.put(
                caller.name(),
                new User(
                        caller.name(),
                        caller.subject(),
                        Exchange.mayRead(caller),
                        Exchange.mayWrite(caller),
                        List.copyOf(keys)));
        save();
        return Outcome.ok(added);
    }

    /** @return false when the caller has no such key */
    synchronized boolean remove(Caller caller, String id) throws IOException {
        User user = users.get(caller.name());
        if (user == null || user.keys().stream().noneMatch(key -> key.id().equals(id))) {
            return false;
        }
        List<Key> rest =
                user.keys().stream().filter(key -> !key.id().equals(id)).toList();
        if (rest.isEmpty()) {
            users.remove(user.user());
        } else {
            users.put(user.user(), new User(user.user(), user.subject(), user.mayRead(), user.mayWrite(), rest));
        }
        save();
        return true;
    }

    /** Who came through the SFTP door, with the roles of now; empty for who may not come any more. */
    Optional<Caller> caller(String userName) throws IOException {
        Optional<Set<Role>> roles = rolesOfPeople.apply(userName);
        synchronized (this) {
            User known = users.get(userName);
            if (known == null) {
                return Optional.empty();
            }
            Caller caller = new Caller(known.subject(), userName, roles.orElse(Set.of()));
            User now = new User(
                    userName, known.subject(), Exchange.mayRead(caller), Exchange.mayWrite(caller), known.keys());
            if (!now.equals(known)) {
                users.put(userName, now);
                save();
            }
            return now.mayRead() ? Optional.of(caller) : Optional.empty();
        }
    }

    /** Asks for everybody's roles again. */
    void refresh() throws IOException {
        List<String> names;
        synchronized (this) {
            names = List.copyOf(users.keySet());
        }
        for (String name : names) {
            caller(name);
        }
    }

    private void save() throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, Json.bytes(Map.of("users", List.copyOf(users.values()))));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
