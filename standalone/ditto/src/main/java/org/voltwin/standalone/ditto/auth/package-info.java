/**
 * Sign-in with JSON Web Tokens of the configured OpenID Connect issuers. Entry type: {@link org.voltwin.standalone.ditto.auth.Authenticator}. Must not know twins or policies.
 */
@NullMarked
package org.voltwin.standalone.ditto.auth;

import org.jspecify.annotations.NullMarked;
