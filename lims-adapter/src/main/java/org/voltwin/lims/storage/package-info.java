/**
 * The laboratory's storage: a folder with the pool, the runs' folders and what was rejected.
 *
 * <p>Entry type: {@link org.voltwin.lims.storage.LaboratoryStorage}. Must not know: what the files mean to a run.
 */
@NullMarked
package org.voltwin.lims.storage;

import org.jspecify.annotations.NullMarked;
