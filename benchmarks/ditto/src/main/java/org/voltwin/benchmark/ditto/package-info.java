/**
 * Measures a Ditto, standalone or real, over its public interfaces only. Entry type: {@link org.voltwin.benchmark.ditto.Main}. Must not know any class of a Ditto.
 */
@NullMarked
package org.voltwin.benchmark.ditto;

import org.jspecify.annotations.NullMarked;
