/**
 * Answers who may see and do what, with Ditto's own policy enforcer. Entry type: {@link org.voltwin.standalone.ditto.policy.Access}. Must not know HTTP, WebSocket or the journal.
 */
@NullMarked
package org.voltwin.standalone.ditto.policy;

import org.jspecify.annotations.NullMarked;
