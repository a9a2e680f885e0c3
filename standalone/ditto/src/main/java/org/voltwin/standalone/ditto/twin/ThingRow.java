package org.voltwin.standalone.ditto.twin;

/** A thing in a scan over all of them, as it was when the scan came by: its id is cheap, its state is not. */
public final class ThingRow {
    private final StateTable<EntityState.ThingState> table;
    private final StateTable.Stored stored;

    ThingRow(StateTable<EntityState.ThingState> table, StateTable.Stored stored) {
        this.table = table;
        this.stored = stored;
    }

    public String id() {
        return stored.id();
    }

    public EntityState.ThingState state() {
        return table.state(stored);
    }
}
