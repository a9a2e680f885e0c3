/**
 * What one room needs of another. Every port has a fake in org.voltwin.model.fake.
 *
 * <p>Entry type: {@link org.voltwin.model.port.StageWork}. Must not know: the rooms.
 */
@NullMarked
package org.voltwin.model.port;

import org.jspecify.annotations.NullMarked;
