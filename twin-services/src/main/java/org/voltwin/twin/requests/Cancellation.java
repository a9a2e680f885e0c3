package org.voltwin.twin.requests;

import java.util.UUID;

/**
 * The message that calls a run off.
 *
 * @param by who
 */
record Cancellation(UUID uuid, String by) {}
