/**
 * Whether the ZIP archive of an FMU can be unpacked without harm.
 *
 * <p>Entry type: {@link org.voltwin.cosim.check.archive.ArchiveCheck}. Must not know: what the files in it mean.
 */
@NullMarked
package org.voltwin.cosim.check.archive;

import org.jspecify.annotations.NullMarked;
