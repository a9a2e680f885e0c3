package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;
import org.voltwin.standalone.ditto.policy.PolicySource;

/** All things and policies in memory. Changed by one thread, read by any. */
public final class Twins implements PolicySource {
    private static final String STATE = "state";
    private static final String TOMBSTONE = "tombstone";

    /**
     * Those in use now. More would outlive the collections of young garbage while thousands of things change, and every
     * twenty of those would make a collection of all, a pause that every subscriber notices.
     */
    private static final int MAX_PARSED = 256;

    private final StateTable<EntityState.ThingState> things =
            new StateTable<>(EntityState.ThingState::ofStored, MAX_PARSED);
    private final StateTable<EntityState.PolicyState> policies =
            new StateTable<>(EntityState.PolicyState::of, MAX_PARSED);
    private final ConnectionTable connections = new ConnectionTable();
    private long replayedChanges;
    /** Revisions of deleted entities: one that is created again goes on counting, so old entity tags stay old. */
    private final Map<EntityKind, Map<String, Long>> deleted =
            Map.of(EntityKind.THING, new ConcurrentHashMap<>(), EntityKind.POLICY, new ConcurrentHashMap<>());

    /** The definitions of connections, which are kept with the things and policies. */
    public ConnectionTable connections() {
        return connections;
    }

    public EntityState.@Nullable ThingState thing(ThingId id) {
        return things.get(id.toString());
    }

    public EntityState.@Nullable PolicyState policy(PolicyId id) {
        return policies.get(id.toString());
    }

    /** Shows a scan the things of some namespaces or, when none is given, of all; in no order. */
    public void scan(Set<String> namespaces, Columns columns, ThingScan scan) {
        SlotTable.Scan all = things.scan(columns);
        for (int i = 0; i < all.values().length; i++) {
            @Nullable Object[] values = all.values()[i];
            StateTable.Stored stored = all.entities()[i];
            if (values == null || stored == null || !scan.wants(stored.id(), values)) {
                continue;
            }
            if (namespaces.isEmpty() || namespaces.contains(namespaceOf(stored.id()))) {
                scan.take(new ThingRow(things, stored), values);
            }
        }
    }

    private static String namespaceOf(String id) {
        return id.substring(0, Math.max(0, id.indexOf(':')));
    }

    public int thingCount() {
        return things.size();
    }

    int entityCount() {
        return things.size() + policies.size();
    }

    /** How many changes were replayed after the last snapshot. */
    long replayedChanges() {
        return replayedChanges;
    }

    public int policyCount() {
        return policies.size();
    }

    /** Those that have, perhaps, subjects that expire. */
    public Stream<EntityState.PolicyState> policiesWithExpiries() {
        return policies.stream()
                .filter(stored -> new String(stored.json(), StandardCharsets.UTF_8).contains("\"expiry\""))
                .map(policies::state);
    }

    /** The policy as the models know it, or null when there is none. */
    @Nullable Policy find(PolicyId policyId) {
        var state = policies.get(policyId.toString());
        return state == null ? null : state.policy();
    }

    @Override
    public @Nullable JsonObject jsonOf(PolicyId policyId) {
        var state = policies.get(policyId.toString());
        return state == null ? null : state.json();
    }

    @Override
    public long revisionOf(PolicyId policyId) {
        return policies.revision(policyId.toString());
    }

    /** The policy as text, without making anything of it; null when there is none. */
    @Override
    public byte @Nullable [] textOf(PolicyId policyId) {
        return policies.text(policyId.toString());
    }

    long nextRevision(EntityKind kind, String id, @Nullable EntityState current) {
        return 1 + (current != null ? current.revision() : tombstones(kind).getOrDefault(id, 0L));
    }

    private Map<String, Long> tombstones(EntityKind kind) {
        return Objects.requireNonNull(deleted.get(kind));
    }

    private @Nullable EntityState current(EntityKind kind, String id) {
        return switch (kind) {
            case THING -> things.get(id);
            case POLICY -> policies.get(id);
        };
    }

    private void replay(Change change) {
        apply(Applied.of(change, current(change.kind(), change.id())));
    }

    void apply(Applied applied) {
        EntityState after = applied.after();
        if (after == null) {
            Change deletion = applied.change();
            remove(deletion.kind(), deletion.id(), deletion.revision());
        } else {
            put(after);
        }
    }

    private void put(EntityState state) {
        String id = switch (state) {
            case EntityState.ThingState thing -> {
                things.put(thing.id().toString(), thing);
                yield thing.id().toString();
            }
            case EntityState.PolicyState policy -> {
                policies.put(policy.id().toString(), policy);
                yield policy.id().toString();
            }
        };
        tombstones(state.kind()).remove(id);
    }

    private void remove(EntityKind kind, String id, long revision) {
        switch (kind) {
            case THING -> things.remove(id);
            case POLICY -> policies.remove(id);
        }
        tombstones(kind).put(id, revision);
    }

    /** Takes one record of the journal: a list of changes, or a piece of a snapshot. */
    public void replay(byte[] record) {
        if (connections.replay(record)) {
            return;
        }
        SnapshotPiece whole = SnapshotPiece.parse(record);
        if (whole != null) {
            switch (whole.kind()) {
                case THING -> things.putText(whole.id(), whole.revision(), whole.json());
                case POLICY -> policies.putText(whole.id(), whole.revision(), whole.json());
            }
            return;
        }
        JsonValue json = JsonFactory.readFrom(new String(record, StandardCharsets.UTF_8));
        if (json.isArray()) {
            JsonArray changes = json.asArray();
            replayedChanges += changes.getSize();
            changes.forEach(change -> replay(Change.fromJson(change.asObject())));
            return;
        }
        JsonObject piece = json.asObject();
        var kind = EntityKind.valueOf(piece.getValue("k").orElseThrow().asString());
        if (piece.contains(STATE)) {
            put(EntityState.ofStored(kind, piece.getValue(STATE).orElseThrow().asObject()));
        } else {
            JsonObject tombstone = piece.getValue(TOMBSTONE).orElseThrow().asObject();
            tombstone.forEach(field ->
                    tombstones(kind).put(field.getKeyName(), field.getValue().asLong()));
        }
    }

    /** The whole state as records; the copy is taken now, the encoding happens while iterating. */
    public Iterable<byte[]> snapshot() {
        List<SnapshotPiece> pieces = new ArrayList<>(policies.size() + things.size());
        policies.stream().forEach(stored -> pieces.add(SnapshotPiece.of(EntityKind.POLICY, stored)));
        things.stream().forEach(stored -> pieces.add(SnapshotPiece.of(EntityKind.THING, stored)));
        var tombstones = new ArrayList<byte[]>(connections.records());
        deleted.forEach((kind, revisions) -> {
            var builder = JsonObject.newBuilder();
            revisions.forEach(builder::set);
            String json = "{\"k\":\"" + kind + "\",\"" + TOMBSTONE + "\":" + builder.build() + "}";
            tombstones.add(json.getBytes(StandardCharsets.UTF_8));
        });
        return () -> Stream.concat(pieces.stream().map(SnapshotPiece::encode), tombstones.stream())
                .iterator();
    }
}
