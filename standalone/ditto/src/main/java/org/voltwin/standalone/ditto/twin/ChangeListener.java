package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.jspecify.annotations.Nullable;

/** Told of every change once it is on the disk, in the order of the changes. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * @param before the entity before, null when the change created it
     * @param after the entity after, null when the change deleted it
     * @param headers of the command that caused it
     */
    void changed(Change change, @Nullable EntityState before, @Nullable EntityState after, DittoHeaders headers);
}
