package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Of subjects in policies.
 *
 * @param subjectExpiryGranularity to which expiries are rounded up
 * @param announcementGranularity to which the time between announcement and expiry is rounded up
 * @param tokenIntegrationSubject template of the subject that the token integration actions put into a policy
 */
public record PolicySettings(
        Duration subjectExpiryGranularity, Duration announcementGranularity, String tokenIntegrationSubject) {
    static PolicySettings of(Config ditto) {
        return new PolicySettings(
                ditto.getDuration("policies.policy.subject-expiry-granularity"),
                ditto.getDuration("policies.policy.subject-deletion-announcement-granularity"),
                ditto.getString("gateway.authentication.oauth.token-integration-subject"));
    }
}
