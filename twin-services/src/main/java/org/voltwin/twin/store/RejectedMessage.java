package org.voltwin.twin.store;

import java.time.Instant;
import org.voltwin.model.failure.Failure;

/**
 * A message that could not be taken.
 *
 * @param source where it came from: {@code hono device org.voltwin:cell-01}, {@code lims broker}
 * @param payload its content; the store keeps the first 64 KiB
 */
public record RejectedMessage(Instant receivedAt, String source, String topic, Failure failure, byte[] payload) {}
