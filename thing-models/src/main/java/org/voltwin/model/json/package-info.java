/**
 * Reading and writing the vocabulary as JSON.
 *
 * <p>Entry type: {@link org.voltwin.model.json.Json}. Must not know: files.
 */
@NullMarked
package org.voltwin.model.json;

import org.jspecify.annotations.NullMarked;
