package org.voltwin.standalone.kafka;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user may set about the node.
 *
 * @param port client port on the loopback interface, 1..65535
 * @param controllerPort port of the KRaft controller on the loopback interface, 1..65535, different from {@code port}
 * @param dataDir folder of the logs; created when absent
 * @param users SASL PLAIN users and their passwords, at least one
 * @param retentionHours how long records are kept, 1 hour or more
 * @param partitions partitions of a topic that is created on first use, 1..64
 */
record NodeSettings(
        int port, int controllerPort, Path dataDir, Map<String, String> users, int retentionHours, int partitions) {

    static final int DEFAULT_PORT = 9092;
    static final int DEFAULT_CONTROLLER_PORT = 9093;
    static final int DEFAULT_RETENTION_HOURS = 30 * 24;
    static final int DEFAULT_PARTITIONS = 4;

    private static final Set<String> KEYS =
            Set.of("port", "controllerPort", "dataDir", "user", "password", "retentionHours", "partitions");
    private static final String FURTHER_USER = "users.";
    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{8,128}");

    NodeSettings {
        users = Map.copyOf(users);
    }

    /** The outcome of reading a configuration. */
    sealed interface Read {}

    /** The configuration is complete and consistent. */
    record Valid(NodeSettings settings) implements Read {}

    /** The configuration cannot be used; each problem names its key and what to write instead. */
    record Invalid(List<String> problems) implements Read {}

    static Read read(Properties properties) {
        List<String> problems = new ArrayList<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!KEYS.contains(key) && !key.startsWith(FURTHER_USER)) {
                problems.add(key + ": unknown key. Known keys: " + new TreeSet<>(KEYS) + " and users.<name>");
            }
        }
        int port = number(properties, "port", DEFAULT_PORT, 1, 65_535, problems);
        int controllerPort = number(properties, "controllerPort", DEFAULT_CONTROLLER_PORT, 1, 65_535, problems);
        int retentionHours =
                number(properties, "retentionHours", DEFAULT_RETENTION_HOURS, 1, Integer.MAX_VALUE, problems);
        int partitions = number(properties, "partitions", DEFAULT_PARTITIONS, 1, 64, problems);
        if (port == controllerPort) {
            problems.add("controllerPort: is the same as port (" + port + "). Choose another free port");
        }
        Map<String, String> users = users(properties, problems);
        @Nullable Path dataDir = folder(properties, problems);
        return problems.isEmpty() && dataDir != null
                ? new Valid(new NodeSettings(port, controllerPort, dataDir, users, retentionHours, partitions))
                : new Invalid(List.copyOf(problems));
    }

    private static Map<String, String> users(Properties properties, List<String> problems) {
        Map<String, String> users = new LinkedHashMap<>();
        addUser(
                users,
                "user",
                properties.getProperty("user", ""),
                "password",
                properties.getProperty("password", ""),
                problems);
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith(FURTHER_USER)) {
                String name = key.substring(FURTHER_USER.length());
                addUser(users, key, name, key, properties.getProperty(key), problems);
            }
        }
        return users;
    }

    private static void addUser(
            Map<String, String> users,
            String nameKey,
            String name,
            String passwordKey,
            String password,
            List<String> problems) {
        if (!USER_NAME.matcher(name).matches()) {
            problems.add(nameKey + ": a user name has 1 to 64 letters, digits, '.', '_' or '-'");
        } else if (name.equals(NodeProperties.INTERNAL_USER)) {
            problems.add(nameKey + ": '" + name + "' is the node's own user. Choose another name");
        } else if (!PRINTABLE.matcher(password).matches()) {
            problems.add(passwordKey + ": a password has 8 to 128 printable ASCII characters");
        } else {
            users.put(name, password);
        }
    }

    private static @Nullable Path folder(Properties properties, List<String> problems) {
        String text = properties.getProperty("dataDir", "");
        if (text.isBlank()) {
            problems.add("dataDir: is missing. Name the folder that keeps Kafka's logs");
            return null;
        }
        try {
            return Path.of(text.strip()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            problems.add("dataDir: is not a path: " + e.getMessage());
            return null;
        }
    }

    private static int number(
            Properties properties, String key, int otherwise, int least, int most, List<String> problems) {
        String text = properties.getProperty(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
            problems.add(key + ": " + value + " is outside " + least + ".." + most);
        } catch (NumberFormatException e) {
            problems.add(key + ": '" + text + "' is not a whole number");
        }
        return otherwise;
    }

    /** Names and numbers only: passwords never reach a log. */
    @Override
    public String toString() {
        return "NodeSettings[port=" + port + ", controllerPort=" + controllerPort + ", dataDir=" + dataDir + ", users="
                + new TreeSet<>(users.keySet()) + ", retentionHours=" + retentionHours + ", partitions=" + partitions
                + "]";
    }
}
