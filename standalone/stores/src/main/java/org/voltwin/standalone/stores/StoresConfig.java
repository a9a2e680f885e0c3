package org.voltwin.standalone.stores;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file's content.
 *
 * @param host a loopback address: neither server may be reached from elsewhere
 * @param dataDir folder of the documents' file and of the host key; created when absent
 * @param healthPort port of {@code GET /health}
 */
record StoresConfig(String host, Path dataDir, Documents documents, Sftp sftp, int healthPort) {
    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * The document store.
     *
     * @param port of MongoDB's protocol; 0 takes a free one
     */
    record Documents(int port) {}

    /**
     * The SFTP server.
     *
     * @param port 0 takes a free one
     * @param knownHostsFile where the line that clients need to know the server is written
     * @param exchange the models exchange, for people who added a key on the web; none: only {@code users} sign in
     */
    record Sftp(
            int port,
            Path knownHostsFile,
            List<User> users,
            @Nullable Exchange exchange) {
        Sftp {
            users = List.copyOf(users);
        }
    }

    /**
     * Somebody who may sign in with a key.
     *
     * @param authorizedKeysFile in OpenSSH's form; read again when it changes
     * @param root folder that is {@code /} for the user; created when absent
     * @param extensions endings that the names of the user's files may have, without the dot; empty: any
     */
    record User(String user, Path authorizedKeysFile, Path root, boolean readOnly, Set<String> extensions) {
        User {
            extensions = Set.copyOf(extensions);
        }
    }

    /**
     * The models exchange, which is read directly and changed by orders to the process that checks models.
     *
     * @param root folder that is {@code /} for its people
     * @param inbox folder of the orders
     * @param usersFile who may sign in, written by that process; read again when it changes
     */
    record Exchange(Path root, Path inbox, Path usersFile) {}

    /** The configuration cannot be used; one line per problem, each with its key and what to write instead. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(List<String> problems) {
            super(String.join(System.lineSeparator(), problems));
        }
    }

    /** Reads and checks a JSON file. */
    static StoresConfig read(Path file) throws Invalid {
        Raw raw;
        try {
            raw = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readValue(file.toFile(), Raw.class);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw new Invalid(
                    List.of("cannot be read: " + message.lines().findFirst().orElse(e.toString())
                            + ". Compare it with the README of standalone/stores"));
        }
        return raw.checked();
    }

    /** The file as it is. */
    private record Raw(
            @JsonProperty("host") @Nullable String host,
            @JsonProperty("dataDir") @Nullable Path dataDir,
            @JsonProperty("documents") @Nullable RawDocuments documents,
            @JsonProperty("sftp") @Nullable RawSftp sftp,
            @JsonProperty("healthPort") @Nullable Integer healthPort) {

        StoresConfig checked() throws Invalid {
            List<String> problems = new ArrayList<>();
            String wantedHost = host == null ? "127.0.0.1" : host;
            if (!isLoopback(wantedHost)) {
                problems.add("host: '" + wantedHost + "' is not a loopback address, and the document store knows no"
                        + " passwords. Write 127.0.0.1");
            }
            if (dataDir == null) {
                problems.add("dataDir: is missing. Name the folder that keeps the documents and the host key");
            }
            Path folder =
                    (dataDir == null ? Path.of("") : dataDir).toAbsolutePath().normalize();
            RawSftp ssh = sftp == null ? new RawSftp(null, null, null, null) : sftp;
            Path knownHosts = ssh.knownHostsFile() == null ? folder.resolve("ssh/known_hosts") : ssh.knownHostsFile();
            StoresConfig config = new StoresConfig(
                    wantedHost,
                    folder,
                    new Documents(port(documents == null ? null : documents.port(), 27017, "documents.port", problems)),
                    new Sftp(
                            port(ssh.port(), 2222, "sftp.port", problems),
                            knownHosts,
                            users(ssh.users() == null ? List.of() : ssh.users(), problems),
                            exchange(ssh.exchange(), problems)),
                    port(healthPort, 8084, "healthPort", problems));
            if (!problems.isEmpty()) {
                throw new Invalid(problems);
            }
            return config;
        }

        private static List<User> users(List<RawUser> raw, List<String> problems) {
            List<User> users = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < raw.size(); i++) {
                RawUser user = raw.get(i);
                String key = "sftp.users[" + i + "]";
                if (user.user() == null || user.authorizedKeysFile() == null || user.root() == null) {
                    problems.add(key + ": needs user, authorizedKeysFile and root");
                } else if (!USER_NAME.matcher(user.user()).matches()) {
                    problems.add(key + ".user: a user name has 1 to 64 letters, digits, '.', '_' or '-'");
                } else if (!names.add(user.user())) {
                    problems.add(key + ".user: '" + user.user() + "' is there twice. Give every user one entry");
                } else {
                    users.add(new User(
                            user.user(),
                            user.authorizedKeysFile().toAbsolutePath(),
                            user.root().toAbsolutePath().normalize(),
                            Boolean.TRUE.equals(user.readOnly()),
                            user.extensions() == null ? Set.of() : user.extensions()));
                }
            }
            return users;
        }

        private static @Nullable Exchange exchange(@Nullable RawExchange raw, List<String> problems) {
            if (raw == null) {
                return null;
            }
            if (raw.root() == null || raw.inbox() == null || raw.usersFile() == null) {
                problems.add("sftp.exchange: needs root, inbox and usersFile");
                return null;
            }
            return new Exchange(
                    raw.root().toAbsolutePath().normalize(),
                    raw.inbox().toAbsolutePath().normalize(),
                    raw.usersFile().toAbsolutePath().normalize());
        }

        private static int port(@Nullable Integer given, int otherwise, String key, List<String> problems) {
            int port = given == null ? otherwise : given;
            if (port < 0 || port > 65_535) {
                problems.add(key + ": " + port + " is outside 0..65535");
            }
            return port;
        }

        private static boolean isLoopback(String host) {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }

    private record RawDocuments(
            @JsonProperty("port") @Nullable Integer port) {}

    private record RawSftp(
            @JsonProperty("port") @Nullable Integer port,
            @JsonProperty("knownHostsFile") @Nullable Path knownHostsFile,
            @JsonProperty("users") @Nullable List<RawUser> users,
            @JsonProperty("exchange") @Nullable RawExchange exchange) {}

    private record RawExchange(
            @JsonProperty("root") @Nullable Path root,
            @JsonProperty("inbox") @Nullable Path inbox,
            @JsonProperty("usersFile") @Nullable Path usersFile) {}

    private record RawUser(
            @JsonProperty("user") @Nullable String user,
            @JsonProperty("authorizedKeysFile") @Nullable Path authorizedKeysFile,
            @JsonProperty("root") @Nullable Path root,
            @JsonProperty("readOnly") @Nullable Boolean readOnly,
            @JsonProperty("extensions") @Nullable Set<String> extensions) {}
}
