/**
 * What is asked of an experiment: factors, constraints, model, budget; and the coded space in which designs are made.
 *
 * <p>Entry types: {@link org.voltwin.doe.factors.StudyReader} and {@link org.voltwin.doe.factors.Region}. Must not know:
 * how a design is made, files.
 */
@NullMarked
package org.voltwin.doe.factors;

import org.jspecify.annotations.NullMarked;
