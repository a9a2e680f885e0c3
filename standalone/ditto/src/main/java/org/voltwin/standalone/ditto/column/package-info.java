/**
 * Single values read out of JSON text without making objects of the rest. Entry type: {@link org.voltwin.standalone.ditto.column.Columns}. Must not know things, policies or searches.
 */
@NullMarked
package org.voltwin.standalone.ditto.column;

import org.jspecify.annotations.NullMarked;
