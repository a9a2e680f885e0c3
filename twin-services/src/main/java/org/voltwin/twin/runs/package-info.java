/**
 * Test runs: finds those that wait, has their stage's work done, and moves them on conditionally.
 *
 * <p>Entry type: {@link org.voltwin.twin.runs.RunEngine}. Must not know: how a stage does its work, HTTP.
 */
@NullMarked
package org.voltwin.twin.runs;

import org.jspecify.annotations.NullMarked;
