/* Made by benchmarks/batteries/ecm_from_spme.py from the parameters of Chen et al. 2020; Ohm at 25 degC, for states
 * of charge 0, 0.1 ... 1 (0 stands for 0.08, and 1 for 0.95). Error of the fit at C/2, RMS, mV:
 * 11.1, 16.6, 2.0, 0.7, 0.5, 1.6, 3.2, 1.0, 1.7, 2.5, 6.2 */
#ifndef VOLTWIN_LGM50_ECM_H
#define VOLTWIN_LGM50_ECM_H
enum { ECM_POINTS = 11 };
static const double ECM_TAU1 = 30, ECM_TAU2 = 600; /* s */
static const double ECM_R0[ECM_POINTS] = {0.04340, 0.04190, 0.03360, 0.03020, 0.02905, 0.02830, 0.02767, 0.02935, 0.03003, 0.03186, 0.03851};
static const double ECM_R1[ECM_POINTS] = {0.00000, 0.00000, 0.00511, 0.01195, 0.01108, 0.01707, 0.01583, 0.01330, 0.01723, 0.00582, 0.00000};
static const double ECM_R2[ECM_POINTS] = {0.11873, 0.09187, 0.03439, 0.01009, 0.01120, 0.00285, 0.01471, 0.01360, 0.00615, 0.02688, 0.01850};
#endif
