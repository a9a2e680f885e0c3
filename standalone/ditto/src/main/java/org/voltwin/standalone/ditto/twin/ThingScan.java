package org.voltwin.standalone.ditto.twin;

import org.jspecify.annotations.Nullable;

/** Asked about every thing in a scan. */
public interface ThingScan {
    /**
     * Called with nothing but the id and values, which are at hand.
     *
     * @return whether {@link #take} is to be called for this thing
     */
    boolean wants(String id, @Nullable Object[] values);

    /** One that was wanted. */
    void take(ThingRow row, @Nullable Object[] values);
}
