/**
 * Starts the platform's processes, watches them, brings them back.
 *
 * <p>Entry type: {@link org.voltwin.app.supervisor.Supervisor}. Must not know: what a process does.
 */
@NullMarked
package org.voltwin.app.supervisor;

import org.jspecify.annotations.NullMarked;
