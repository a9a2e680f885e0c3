package org.voltwin.twin.ditto;

/** Tells which things changed. What changed must be read: an event may be lost, and two may come as one. */
public interface ChangeFeed extends AutoCloseable {
    /** Takes what the feed says; must not block. */
    interface Listener {
        void changed(String thingId);

        /** The feed begins, or begins again: anything may have changed before. */
        void begun();
    }

    /** Connects and connects again until closed; returns at once. */
    void start(Listener listener);

    /** Whether it is connected. */
    boolean isConnected();

    @Override
    void close();
}
