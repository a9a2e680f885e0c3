/**
 * Subjects that expire: taken out of their policies in time, and announced to whom it concerns. Entry type: {@link org.voltwin.standalone.ditto.expiry.SubjectWatch}. Must not know HTTP or the journal.
 */
@NullMarked
package org.voltwin.standalone.ditto.expiry;

import org.jspecify.annotations.NullMarked;
