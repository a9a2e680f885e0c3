package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;

/**
 * All entities of one kind by id. Each is kept as JSON text, a twentieth of what Ditto's model objects take; those of
 * the entities used last are kept beside it. Changed by one thread, read by any.
 */
final class StateTable<S extends EntityState> {
    /** One entity's text, and of it the values somebody searched for. */
    static final class Stored {
        private record Read(Columns columns, @Nullable Object[] values) {}

        private final byte[] json;
        private final long revision;
        private volatile @Nullable Read read;

        private Stored(byte[] json, long revision) {
            this.json = json;
            this.revision = revision;
        }

        byte[] json() {
            return json;
        }

        long revision() {
            return revision;
        }

        @Nullable Object[] values(Columns columns) {
            Read known = read;
            if (known == null || known.columns() != columns) {
                known = new Read(columns, columns.read(json));
                read = known;
            }
            return known.values();
        }
    }

    private final ConcurrentNavigableMap<String, Stored> stored = new ConcurrentSkipListMap<>();
    private final Function<JsonObject, S> parser;
    private final int maxParsed;
    private final Map<String, S> parsed = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, S> eldest) {
            return size() > maxParsed;
        }
    };

    StateTable(Function<JsonObject, S> parser, int maxParsed) {
        this.parser = parser;
        this.maxParsed = maxParsed;
    }

    @Nullable S get(String id) {
        Stored text = stored.get(id);
        if (text == null) {
            return null;
        }
        S known = parsed(id, text);
        if (known != null) {
            return known;
        }
        S state = parse(text);
        synchronized (parsed) {
            parsed.put(id, state);
        }
        return state;
    }

    private @Nullable S parsed(String id, Stored text) {
        S known;
        synchronized (parsed) {
            known = parsed.get(id);
        }
        return known != null && known.revision() == text.revision() ? known : null;
    }

    private S parse(Stored text) {
        return parser.apply(JsonObject.of(new String(text.json(), StandardCharsets.UTF_8)));
    }

    /** As {@link #put}, of an entity nobody has asked for yet. */
    void putText(String id, long revision, byte[] json) {
        stored.put(id, new Stored(json, revision));
        synchronized (parsed) {
            parsed.remove(id);
        }
    }

    void put(String id, S state) {
        stored.put(id, new Stored(state.json().toString().getBytes(StandardCharsets.UTF_8), state.revision()));
        synchronized (parsed) {
            parsed.put(id, state);
        }
    }

    void remove(String id) {
        stored.remove(id);
        synchronized (parsed) {
            parsed.remove(id);
        }
    }

    /** -1 when there is no such entity. */
    long revision(String id) {
        Stored text = stored.get(id);
        return text == null ? -1 : text.revision();
    }

    int size() {
        return stored.size();
    }

    /** By ascending id, as they are when the scan comes by; a scan does not push out what was used last. */
    Stream<StoredRow<S>> rows() {
        return stored.entrySet().stream().map(entry -> new StoredRow<>(this, entry.getKey(), entry.getValue()));
    }

    S state(String id, Stored text) {
        S known = parsed(id, text);
        return known != null ? known : parse(text);
    }

    byte @Nullable [] text(String id) {
        Stored text = stored.get(id);
        return text == null ? null : text.json();
    }

    /** The JSON of all entities as they are now. */
    List<byte[]> copy() {
        return stored.values().stream().map(Stored::json).toList();
    }
}
