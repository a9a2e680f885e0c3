/* Heat in a row of cells: each gives to its neighbours and to the surroundings, and may react (runaway.h).
 *
 *   C dT_k/dt = P_k + G (T_(k-1) + T_(k+1) - 2 T_k) + hA (T_ambient - T_k) + heat of reaction
 * Explicit Euler, in parts as short as the reactions want; what one cell gives, the other gets, so energy is conserved. */
#ifndef VOLTWIN_PROPAGATION_H
#define VOLTWIN_PROPAGATION_H
#include "runaway.h"

#include <stdbool.h>

/* Below this nothing reacts that would be seen within a day, degC; and from where a cell counts as reacted. */
static const double CHAIN_COLD = 60, CHAIN_REACTED = 0.5;

typedef struct {
    int cells;
    double capacity, conduction, cooling, ambient; /* J/K, W/K, W/K, degC */
    bool reacts;
} Chain;

static inline bool chain_is_hot(const Chain *c, double celsius) { return c->reacts && celsius > CHAIN_COLD; }

static inline double chain_part(const Chain *c, const double *celsius, const Runaway *runaway, double left) {
    double h = left;
    for (int k = 0; k < c->cells; k++) {
        if (chain_is_hot(c, celsius[k])) {
            RunawayRates rates = runaway_rates(&runaway[k], celsius[k] + 273.15);
            h = runaway_step(&runaway[k], &rates, runaway_watts(&runaway[k], &rates), c->capacity, h);
        }
    }
    return h;
}

/* @param watts of each cell, without conduction and cooling */
static inline void chain_warm(const Chain *c, double *celsius, Runaway *runaway, const double *watts, double seconds) {
    double left = seconds;
    while (left > 0) {
        double h = chain_part(c, celsius, runaway, left), before = 0;
        for (int k = 0; k < c->cells; k++) {
            double own = celsius[k];
            double flow = watts[k] + c->cooling * (c->ambient - own);
            flow += k > 0 ? c->conduction * (before - own) : 0;
            flow += k + 1 < c->cells ? c->conduction * (celsius[k + 1] - own) : 0;
            double joules = 0;
            if (chain_is_hot(c, own)) {
                RunawayRates rates = runaway_rates(&runaway[k], own + 273.15);
                joules = runaway_advance(&runaway[k], &rates, h);
            }
            before = own;
            celsius[k] += (flow * h + joules) / c->capacity;
        }
        left -= h;
    }
}

static inline int chain_reacted(const Runaway *runaway, int cells) {
    int reacted = 0;
    for (int k = 0; k < cells; k++) {
        reacted += runaway[k].positive > CHAIN_REACTED;
    }
    return reacted;
}
#endif
