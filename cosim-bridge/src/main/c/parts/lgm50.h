/* LG M50 (INR21700 M50, NMC 811 | graphite-SiOx, nominal 5 Ah): what all models of this cell share.
 *
 * Open-circuit potentials of the half cells: C.-H. Chen et al., J. Electrochem. Soc. 167 (2020) 080534, equations 8
 * and 9. The stoichiometries at 0 % and 100 % follow from the paper's cyclable lithium (table VII): they solve
 * Up(y) - Un(x) = 2.5 V and 4.2 V, which also gives the capacity between these voltages, 5.1532 Ah. */
#ifndef VOLTWIN_LGM50_H
#define VOLTWIN_LGM50_H
#include <math.h>

static const double GAS_CONSTANT = 8.314462618, ZERO_CELSIUS = 273.15, REFERENCE_KELVIN = 298.15;
static const double X0 = 0.026345790270645746, X100 = 0.910618046652408; /* negative electrode */
static const double Y0 = 0.8539746746300467, Y100 = 0.26384522459133075; /* positive electrode */

static inline double negative_potential(double x) {
    return 1.9793 * exp(-39.3631 * x) + 0.2482 - 0.0909 * tanh(29.8538 * (x - 0.1234))
            - 0.04478 * tanh(14.9159 * (x - 0.2769)) - 0.0205 * tanh(30.4444 * (x - 0.6103));
}

static inline double positive_potential(double y) {
    return -0.8090 * y + 4.4875 - 0.0428 * tanh(18.5138 * (y - 0.5542)) - 17.7326 * tanh(15.7890 * (y - 0.3117))
            + 17.5842 * tanh(15.9308 * (y - 0.3120));
}

static inline double open_circuit(double soc) {
    return positive_potential(Y0 + soc * (Y100 - Y0)) - negative_potential(X0 + soc * (X100 - X0));
}
#endif
