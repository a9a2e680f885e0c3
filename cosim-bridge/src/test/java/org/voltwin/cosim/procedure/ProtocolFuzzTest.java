package org.voltwin.cosim.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.model.failure.RefusedException;

/** Damaged procedures: each is read, or refused with a cause and a remedy; nothing else ever comes out. */
final class ProtocolFuzzTest {
    private static final int TIMES = 2_000;
    private static final List<String> PIECES = List.of(
            "null",
            "-1",
            "0",
            "1e999",
            "1e-999",
            "NaN",
            "\"\"",
            "\"C/0\"",
            "\"D/-3\"",
            "\"1/2/3\"",
            "[]",
            "{}",
            "[[]]",
            "true",
            "\"constant_voltage\"",
            "\"loop\"",
            "99999999999999999999",
            ",",
            "]",
            "}",
            "\"\\u0000\"",
            "5",
            "2147483648");

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sample\": {\"capacity_mAh\": 5000}, \"record\": {\"time_s\": 10}, \"safety\": {\"max_voltage_V\": 4.25},"
                        + " \"method\": [{\"step\": \"open_circuit_voltage\", \"until_time_s\": 60}, {\"step\": \"tag\","
                        + " \"tag\": \"a\"}, {\"step\": \"constant_current\", \"rate_C\": \"C/2\", \"until_voltage_V\": 4.2},"
                        + " {\"step\": \"constant_voltage\", \"voltage_V\": 4.2, \"until_rate_C\": 0.05}, {\"step\": \"loop\","
                        + " \"loop_to\": \"a\", \"cycle_count\": 3}]}",
                "[[1,-5,-1,3600,2.5,-1,-1,0],[3,0,-1,600,-1,-1,-1,0],[2,0,4.2,3600,-1,0.25,-1,0],[4,-12,-1,300,-1,-1,-1,0],"
                        + "[7,0.1,-1,60,-1,-1,-1,0],[5,1,3,1,-1,-1,-1,0,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9]]"
            })
    void a_damaged_procedure_is_read_or_refused_with_a_remedy(String good) throws IOException {
        Random random = new Random(42);
        TreeMap<String, Integer> seen = new TreeMap<>();
        Path file = temp.resolve("procedure.json");
        for (int i = 0; i < TIMES; i++) {
            String text = damaged(good, random);
            Files.writeString(file, text, StandardCharsets.UTF_8);
            try {
                boolean finite = Protocol.read(file).parameters().values().stream()
                        .flatMap(List::stream)
                        .allMatch(Double::isFinite);
                assertThat(finite).as(text).isTrue();
                seen.merge("read", 1, Integer::sum);
            } catch (RefusedException e) {
                assertThat(e.failure().cause()).as(text).isNotBlank();
                assertThat(e.failure().remedy()).as(text).isNotBlank();
                seen.merge(e.failure().code(), 1, Integer::sum);
            }
        }
        assertThat(seen).containsKey("read").containsKey("message.not_json").hasSizeGreaterThanOrEqualTo(3);
    }

    /** Words of the document exchanged, removed or doubled, one to three times. */
    private static String damaged(String good, Random random) {
        String text = good;
        for (int n = random.nextInt(3); n >= 0; n--) {
            List<String> words = new ArrayList<>(List.of(text.split("(?<=[,:\\[\\]{}])|(?=[,:\\[\\]{}])")));
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                default -> words.set(at, PIECES.get(random.nextInt(PIECES.size())));
            }
            text = String.join("", words);
        }
        return text;
    }
}
