/**
 * The linear algebra that designs and analyses share, on EJML; and distributions of test statistics, on Hipparchus.
 *
 * <p>Entry type: {@link org.voltwin.doe.linear.Symmetric}. Must not know: factors, designs.
 */
@NullMarked
package org.voltwin.doe.linear;

import org.jspecify.annotations.NullMarked;
