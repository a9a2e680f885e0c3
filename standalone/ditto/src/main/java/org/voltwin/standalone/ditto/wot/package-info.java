/**
 * Thing Models of the Web of Things: what a new thing gets from its model, and whether a thing still agrees with it. Entry type: {@link org.voltwin.standalone.ditto.wot.WotModels}. Must not know HTTP servers, policies or the journal.
 */
@NullMarked
package org.voltwin.standalone.ditto.wot;

import org.jspecify.annotations.NullMarked;
