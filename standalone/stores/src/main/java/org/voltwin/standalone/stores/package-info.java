/**
 * One process with the document store (MongoDB's protocol on an H2 MVStore file) and the SFTP server of one machine.
 *
 * <p>Entry type: {@link org.voltwin.standalone.stores.Main}. Must not know: Voltwin's rooms, and what the documents and
 * files mean.
 */
@NullMarked
package org.voltwin.standalone.stores;

import org.jspecify.annotations.NullMarked;
