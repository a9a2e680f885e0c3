package org.voltwin.twin.store;

import org.voltwin.model.TwinId;

/**
 * Identity of a stream of samples.
 *
 * @param thing the twin the samples are about
 * @param stream unique per thing: the run's uuid, or what a replay derives from its file
 */
public record StreamKey(TwinId thing, String stream) {
    /** The key as one text: {@code <thing>|<stream>}. */
    public String id() {
        return thing + "|" + stream;
    }
}
