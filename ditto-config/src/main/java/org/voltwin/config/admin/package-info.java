/**
 * Policy administration: which policies there are, who may do what under them and why, and what a change would shift.
 *
 * <p>Entry type: {@link org.voltwin.config.admin.PolicyEndpoints}. Must not know: how people sign in, what things are.
 */
@NullMarked
package org.voltwin.config.admin;

import org.jspecify.annotations.NullMarked;
