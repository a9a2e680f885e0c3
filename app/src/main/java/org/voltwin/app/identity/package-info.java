/**
 * Access tokens for Voltwin's own programs.
 *
 * <p>Entry type: {@link org.voltwin.app.identity.ClientTokens}. Must not know: what the tokens are used for.
 */
@NullMarked
package org.voltwin.app.identity;

import org.jspecify.annotations.NullMarked;
