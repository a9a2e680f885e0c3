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
    /** One entity's text. */
    static final class Stored {
        private final String id;
        private final byte[] json;
        private final long revision;

        private Stored(String id, byte[] json, long revision) {
            this.id = id;
            this.json = json;
            this.revision = revision;
        }

        String id() {
            return id;
        }

        byte[] json() {
            return json;
        }

        long revision() {
            return revision;
        }
    }

    private final ConcurrentNavigableMap<String, Stored> stored = new ConcurrentSkipListMap<>();
    private final SlotTable slots = new SlotTable();
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
        keep(new Stored(id, json, revision));
        synchronized (parsed) {
            parsed.remove(id);
        }
    }

    void put(String id, S state) {
        keep(new Stored(id, state.json().toString().getBytes(StandardCharsets.UTF_8), state.revision()));
        synchronized (parsed) {
            parsed.put(id, state);
        }
    }

    private void keep(Stored entity) {
        slots.replace(stored.put(entity.id(), entity), entity);
    }

    void remove(String id) {
        slots.replace(stored.remove(id), null);
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

    /** By ascending id, as they are when the scan comes by. */
    Stream<Stored> stream() {
        return stored.values().stream();
    }

    /** In no order, with their values in some columns. */
    SlotTable.Scan scan(Columns columns) {
        return slots.scan(columns);
    }

    /** A scan does not push out what was used last. */
    S state(Stored text) {
        S known = parsed(text.id(), text);
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
