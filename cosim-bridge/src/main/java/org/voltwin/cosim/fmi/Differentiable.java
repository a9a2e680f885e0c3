package org.voltwin.cosim.fmi;

/** A model that says how its outputs change with its inputs. */
public interface Differentiable {
    /** Whether the FMU offers directional derivatives; where it does not, nothing else may be called. */
    boolean offersDerivatives();

    /**
     * Sensitivities of scalar Float64 variables: J * seed, with J the Jacobian of the unknowns with respect to the knowns.
     *
     * @param unknowns value references of outputs
     * @param knowns value references of inputs
     * @param seed one per known
     * @return one per unknown
     */
    double[] directionalDerivative(long[] unknowns, long[] knowns, double[] seed);
}
