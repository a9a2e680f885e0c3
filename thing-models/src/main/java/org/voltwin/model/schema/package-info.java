/**
 * The JSON Schemas of all messages: the single source of their shape.
 *
 * <p>Entry type: {@link org.voltwin.model.schema.Schemas}. Must not know: who sends or takes a message.
 */
@NullMarked
package org.voltwin.model.schema;

import org.jspecify.annotations.NullMarked;
