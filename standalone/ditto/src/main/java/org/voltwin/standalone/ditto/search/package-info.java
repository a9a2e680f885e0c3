/**
 * Search over the things in memory with RQL, as each caller may see them. Entry type: {@link org.voltwin.standalone.ditto.search.ThingSearch}. Must not know HTTP or the journal.
 */
@NullMarked
package org.voltwin.standalone.ditto.search;

import org.jspecify.annotations.NullMarked;
