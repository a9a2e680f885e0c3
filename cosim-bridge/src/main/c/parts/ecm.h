/* An LG M50 cell as an equivalent circuit, shared by the cell and the module model.
 *
 *   V = OCV(SoC) + M h + v1 + v2 + R0 I,  dv_k/dt = (I R_k - v_k) / tau_k,  dSoC/dt = I / (3600 Q),  I > 0 charges
 *   dh/dt = |gamma I / (3600 Q)| (sign(I) - h)     one-state hysteresis, G. L. Plett, J. Power Sources 134 (2004) 252
 *
 * R0, R1, R2 over the state of charge: lgm50_ecm.h. One activation energy, the mean of the two electrodes' exchange
 * currents (Chen et al. 2020, table IX), serves all three. Beyond 0 and 100 % the open-circuit voltage is continued
 * with straight lines: 100 V per unit downwards to -1 V (a cell that reverses), and 1.2 V per unit upwards; both are
 * assumptions. */
#ifndef VOLTWIN_ECM_H
#define VOLTWIN_ECM_H
#include "lgm50.h"
#include "lgm50_ecm.h"

typedef struct {
    double capacity;                                           /* Ah, now: with ageing */
    double r0[ECM_POINTS], r1[ECM_POINTS], r2[ECM_POINTS];     /* Ohm at 25 degC, SoC 0, 0.1 ... 1 */
    double tau1, tau2;                                         /* s */
    double activation;                                         /* J/mol */
    double resistance_factor;                                  /* with ageing and spread */
    double hysteresis_volts, hysteresis_rate;
} EcmParameters;

typedef struct {
    double soc, v1, v2, h;
    double open; /* open-circuit voltage at soc: kept, because it costs most of a step */
} EcmState;

static inline double ecm_open_circuit(double soc) {
    if (soc < 0) {
        return fmax(-1, open_circuit(0) + 100 * soc);
    }
    return soc > 1 ? open_circuit(1) + 1.2 * (soc - 1) : open_circuit(soc);
}

/* Rested at a state of charge. */
static inline EcmState ecm_rested(double soc) { return (EcmState){.soc = soc, .open = ecm_open_circuit(soc)}; }

static inline double ecm_interpolate(const double *table, double soc) {
    double place = fmax(0, fmin(1, soc)) * (ECM_POINTS - 1);
    int i = (int)fmin(place, ECM_POINTS - 2);
    return table[i] + (place - i) * (table[i + 1] - table[i]);
}

static inline double ecm_factor(const EcmParameters *p, double celsius) {
    return p->resistance_factor
            * exp(p->activation / GAS_CONSTANT * (1 / (celsius + ZERO_CELSIUS) - 1 / REFERENCE_KELVIN));
}

static inline double ecm_r0(const EcmParameters *p, const EcmState *s, double celsius) {
    return ecm_interpolate(p->r0, s->soc) * ecm_factor(p, celsius);
}

/* What is not the open-circuit voltage and not ohmic. */
static inline double ecm_slow(const EcmParameters *p, const EcmState *s) {
    return s->v1 + s->v2 + p->hysteresis_volts * s->h;
}

static inline double ecm_source(const EcmParameters *p, const EcmState *s) {
    return s->open + ecm_slow(p, s);
}

/* Exact over h for resistances that do not change within it. */
static inline void ecm_advance(const EcmParameters *p, EcmState *s, double current, double celsius, double h) {
    double factor = ecm_factor(p, celsius);
    double steady1 = current * ecm_interpolate(p->r1, s->soc) * factor;
    double steady2 = current * ecm_interpolate(p->r2, s->soc) * factor;
    s->v1 = steady1 + (s->v1 - steady1) * exp(-h / p->tau1);
    s->v2 = steady2 + (s->v2 - steady2) * exp(-h / p->tau2);
    double turn = exp(-fabs(p->hysteresis_rate * current * h / (3600 * p->capacity)));
    s->h = turn * s->h + (1 - turn) * (current > 0 ? 1 : current < 0 ? -1 : s->h);
    if (current != 0) {
        s->soc += current * h / (3600 * p->capacity);
        s->open = ecm_open_circuit(s->soc);
    }
}
#endif
