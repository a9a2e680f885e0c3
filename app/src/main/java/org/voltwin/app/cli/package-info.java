/**
 * The commands of ./voltwin.
 *
 * <p>Entry type: {@link org.voltwin.app.cli.UpCommand}. Must not know: how a room does its work.
 */
@NullMarked
package org.voltwin.app.cli;

import org.jspecify.annotations.NullMarked;
