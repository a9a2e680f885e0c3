package org.voltwin.lims;

import java.nio.file.Path;
import java.time.Duration;
import org.voltwin.lims.database.DatabaseConfiguration;
import org.voltwin.lims.delivery.SftpConfiguration;
import org.voltwin.model.lab.LabCalendar;

/**
 * What the room needs to know of its surroundings.
 *
 * @param storage the laboratory's storage; the SFTP server serves its folder {@code pool}
 * @param maxScenarios largest number of scenarios of one request, at least 1
 * @param planningEffort longest time to search for a place in the bench plan
 * @param calendar staff, holidays and closures
 */
public record LimsConfiguration(
        DatabaseConfiguration database,
        Path storage,
        SftpConfiguration sftp,
        int maxScenarios,
        Duration planningEffort,
        LabCalendar calendar) {
    public LimsConfiguration {
        if (maxScenarios < 1 || planningEffort.isNegative()) {
            throw new IllegalArgumentException(
                    "lims.maxScenarios must be at least 1 and lims.planningEffort not negative," + " but they are "
                            + maxScenarios + " and " + planningEffort);
        }
    }

    /** At most 8 scenarios, 2 s of planning, no calendar but that of the benches. */
    public LimsConfiguration(DatabaseConfiguration database, Path storage, SftpConfiguration sftp) {
        this(database, storage, sftp, 8, Duration.ofSeconds(2), LabCalendar.none());
    }
}
