/**
 * RQL expressions as predicates over things, with Ditto's own parser and predicates. Entry type: {@link org.voltwin.standalone.ditto.rql.Rql}. Must not know state, HTTP or policies.
 */
@NullMarked
package org.voltwin.standalone.ditto.rql;

import org.jspecify.annotations.NullMarked;
