package org.voltwin.standalone.ditto.twin;

import java.time.Duration;
import java.time.Instant;
import org.eclipse.ditto.base.model.common.DittoDuration;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectExpiry;
import org.eclipse.ditto.policies.model.SubjectExpiryInvalidException;

/**
 * As Ditto does, rounds the time a subject expires, and how long before it is announced, up to whole steps: so a policy
 * with many subjects changes less often.
 *
 * @param granularity {@code ditto.policies.policy.subject-expiry-granularity}
 * @param announcementGranularity {@code ditto.policies.policy.subject-deletion-announcement-granularity}
 */
public record SubjectExpiries(Duration granularity, Duration announcementGranularity) {
    private static final String EXPIRY = "expiry";
    private static final String ANNOUNCEMENT = "announcement";
    private static final String BEFORE_EXPIRY = "beforeExpiry";

    /** The next whole step after an instant; steps are counted from the start of its day. */
    Instant rounded(Instant expiry) {
        long step = Math.max(1, granularity.toMillis());
        long day = Duration.ofDays(1).toMillis();
        long millis = expiry.toEpochMilli() + (expiry.getNano() % 1_000_000 == 0 ? 0 : 1);
        long start = step > day ? 0 : Math.floorDiv(millis, day) * day;
        return Instant.ofEpochMilli(start + Math.ceilDiv(millis - start, step) * step);
    }

    private Duration rounded(Duration beforeExpiry) {
        long step = Math.max(1, announcementGranularity.toMillis());
        return Duration.ofMillis(Math.ceilDiv(beforeExpiry.toMillis(), step) * step);
    }

    Subject rounded(Subject subject) {
        return Subject.newInstance(
                subject.getId(),
                subject.getType(),
                subject.getExpiry()
                        .map(expiry -> SubjectExpiry.newInstance(rounded(expiry.getTimestamp())))
                        .orElse(null),
                subject.getAnnouncement()
                        .map(announcement -> announcement
                                .getBeforeExpiry()
                                .map(before ->
                                        announcement.setBeforeExpiry(before.setAmount(rounded(before.getDuration()))))
                                .orElse(announcement))
                        .orElse(null));
    }

    /**
     * A policy, or any part of one, with its expiries rounded.
     *
     * @throws SubjectExpiryInvalidException when one is in the past even then
     */
    JsonValue rounded(JsonValue part, Instant now, DittoHeaders headers) {
        if (!part.isObject() || part.isNull() || !part.toString().contains('"' + EXPIRY + '"')) {
            return part;
        }
        JsonObject object = part.asObject();
        JsonObject walked = object.stream()
                .map(field -> JsonFactory.newField(field.getKey(), rounded(field.getValue(), now, headers)))
                .collect(JsonCollectors.fieldsToObject());
        JsonValue expiry = object.getValue(EXPIRY).orElse(null);
        if (expiry == null || !expiry.isString()) {
            return walked;
        }
        Instant instant = rounded(SubjectExpiry.newInstance(expiry.asString()).getTimestamp());
        if (!now.isBefore(instant)) {
            throw SubjectExpiryInvalidException.newBuilderTimestampInThePast(expiry.asString())
                    .dittoHeaders(headers)
                    .build();
        }
        return announced(walked.setValue(EXPIRY, instant.toString()));
    }

    private JsonObject announced(JsonObject subject) {
        return subject.getValue(ANNOUNCEMENT + "/" + BEFORE_EXPIRY)
                .filter(JsonValue::isString)
                .map(before -> DittoDuration.parseDuration(before.asString()))
                .map(before -> before.setAmount(rounded(before.getDuration())).toString())
                .map(before -> subject.setValue(ANNOUNCEMENT + "/" + BEFORE_EXPIRY, before))
                .orElse(subject);
    }
}
