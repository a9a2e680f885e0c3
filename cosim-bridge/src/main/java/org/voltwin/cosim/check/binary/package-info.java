/**
 * The shared library of an FMU, read without loading it.
 *
 * <p>Entry type: {@link org.voltwin.cosim.check.binary.BinaryCheck}. Must not know: descriptions beyond what is passed in, processes.
 */
@NullMarked
package org.voltwin.cosim.check.binary;

import org.jspecify.annotations.NullMarked;
