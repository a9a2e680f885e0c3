/**
 * Who may do what under a policy of Ditto, and which entries say so.
 *
 * <p>Entry type: {@link org.voltwin.config.access.EffectiveAccess}. Must not know: where policies are stored, how people
 * sign in.
 */
@NullMarked
package org.voltwin.config.access;

import org.jspecify.annotations.NullMarked;
