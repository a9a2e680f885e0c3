/**
 * Durable, append-only record of bytes with group commit and snapshots. Entry type: {@link org.voltwin.standalone.ditto.journal.Journal}. Must not know Ditto, HTTP or what a record means.
 */
@NullMarked
package org.voltwin.standalone.ditto.journal;

import org.jspecify.annotations.NullMarked;
