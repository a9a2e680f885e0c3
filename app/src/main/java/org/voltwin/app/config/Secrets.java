package org.voltwin.app.config;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.model.json.Json;

/** Passwords and client secrets of one data folder, generated at the first start. Never printed by toString. */
public final class Secrets {
    /** A trust store holds no secret; its format wants a password all the same. */
    public static final String LIMS_TRUST_STORE_PASSWORD = "voltwin-lims";

    /** Of Ditto's user devops, who alone manages connections. */
    public static final String DEVOPS = "password.devops";

    private final Path file;
    private final TreeMap<String, String> values;

    private Secrets(Path file, TreeMap<String, String> values) {
        this.file = file;
        this.values = values;
    }

    public static Secrets in(DataFolder data) {
        Path file = data.root().resolve("secrets.json");
        if (!Files.exists(file)) {
            return new Secrets(file, new TreeMap<>());
        }
        try {
            return new Secrets(
                    file,
                    new TreeMap<>(Json.mapper()
                            .readValue(Files.readAllBytes(file), new TypeReference<Map<String, String>>() {})));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The secret of this name; made and kept when there is none. 96 random bits, hexadecimal. */
    public synchronized String get(String name) {
        String there = values.get(name);
        if (there != null) {
            return there;
        }
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        values.put(name, made);
        DataFolder.writePrivately(file, Json.bytes(values));
        return made;
    }
}
