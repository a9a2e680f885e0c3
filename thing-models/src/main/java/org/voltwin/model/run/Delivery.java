package org.voltwin.model.run;

import java.util.List;

/**
 * A completed SFTP delivery.
 *
 * @param poolFolder folder below the pool: the run's uuid
 * @param delivered names of files sent now
 * @param alreadyThere names of files that were there with the right digest
 */
public record Delivery(String poolFolder, List<String> delivered, List<String> alreadyThere) {
    public Delivery {
        delivered = List.copyOf(delivered);
        alreadyThere = List.copyOf(alreadyThere);
    }
}
