package org.voltwin.cosim.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.voltwin.model.http.Caller;
import org.voltwin.model.json.Json;

/** Who did what in the models exchange: a JSON line per deed, on disk before the deed is answered. */
public final class AuditLog {
    private final Path file;
    private final Clock clock;

    /** @param file outside of the exchange; its folder must exist */
    public AuditLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    synchronized void write(Caller caller, String deed, String path) throws IOException {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("at", clock.instant().toString());
        entry.put("who", caller.name());
        entry.put("subject", caller.subject());
        entry.put("did", deed);
        entry.put("path", path);
        Files.writeString(
                file,
                Json.text(entry) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }
}
