package org.voltwin.standalone.stores;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may sign in: the users of the configuration, and the people of the models exchange with what they may do there. */
final class SignIns {
    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final Map<String, StoresConfig.User> configured;
    private final StoresConfig.@Nullable Exchange exchange;
    private Map<String, Person> people = Map.of();
    private FileTime readAt = FileTime.fromMillis(0);

    private record Person(boolean mayRead, boolean mayWrite, List<PublicKey> keys) {}

    private SignIns(Map<String, StoresConfig.User> configured, StoresConfig.@Nullable Exchange exchange) {
        this.configured = configured;
        this.exchange = exchange;
    }

    static SignIns of(StoresConfig.Sftp config) {
        return new SignIns(
                config.users().stream().collect(Collectors.toUnmodifiableMap(StoresConfig.User::user, user -> user)),
                config.exchange());
    }

    /** Whether this is a key of somebody who may read the exchange. */
    boolean authenticate(String name, PublicKey key) {
        return person(name)
                .filter(Person::mayRead)
                .map(person -> KeyUtils.findMatchingKey(key, person.keys()) != null)
                .orElse(false);
    }

    boolean isConfigured(String name) {
        return configured.containsKey(name);
    }

    /** Whether somebody may change models; said of now, whenever she signed in. */
    boolean mayWrite(String name) {
        return person(name).map(Person::mayWrite).orElse(false);
    }

    /** People of the exchange write nothing themselves: the process that checks models does. */
    Optional<StoresConfig.User> user(String name) {
        StoresConfig.User known = configured.get(name);
        if (known != null || exchange == null) {
            return Optional.ofNullable(known);
        }
        StoresConfig.Exchange open = exchange;
        return person(name)
                .filter(Person::mayRead)
                .map(person -> new StoresConfig.User(name, open.usersFile(), open.root(), true, Set.of()));
    }

    private synchronized Optional<Person> person(String name) {
        if (exchange == null) {
            return Optional.empty();
        }
        Path file = exchange.usersFile();
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(readAt)) {
                people = read(file);
                readAt = changed;
            }
            return Optional.ofNullable(people.get(name));
        } catch (IOException e) {
            LOG.warn("{} cannot be read: nobody of it signs in", file, e);
            return Optional.empty();
        }
    }

    private static Map<String, Person> read(Path file) throws IOException {
        Map<String, Person> people = new HashMap<>();
        RawPeople raw = JsonMapper.builder().build().readValue(file.toFile(), RawPeople.class);
        for (RawPerson person : raw.users()) {
            people.put(
                    person.user(),
                    new Person(
                            person.mayRead(),
                            person.mayWrite(),
                            person.keys().stream()
                                    .flatMap(key -> key(person.user(), key.line()).stream())
                                    .toList()));
        }
        return Map.copyOf(people);
    }

    private static Optional<PublicKey> key(String user, String line) {
        try {
            return Optional.ofNullable(AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
                    .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn("a key of {} cannot be used: {}", user, e.toString());
            return Optional.empty();
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record RawPeople(@JsonProperty("users") List<RawPerson> users) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record RawPerson(
            @JsonProperty("user") String user,
            @JsonProperty("mayRead") boolean mayRead,
            @JsonProperty("mayWrite") boolean mayWrite,
            @JsonProperty("keys") List<RawKey> keys) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record RawKey(@JsonProperty("line") String line) {}
}
