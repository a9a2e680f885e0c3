/* Exothermic reactions that lead to thermal runaway: T. D. Hatchard et al., J. Electrochem. Soc. 148 (2001) A755, with
 * the figures of G.-H. Kim et al., J. Power Sources 170 (2007) 476, table 1 (graphite | LiCoO2 | LiPF6):
 *
 *   SEI          dc/dt = -A c e^(-E/RT)                    A 1.667e15 /s  E 135080 J/mol  H 257 kJ/kg   W 610.4 kg/m3  c0 0.15
 *   negative     dc/dt = -A e^(-z/0.033) c e^(-E/RT)       A 2.5e13       E 135080        H 1714        W 610.4        c0 0.75
 *                dz/dt = A e^(-z/0.033) c e^(-E/RT), z0 0.033
 *   positive     da/dt =  A a (1 - a) e^(-E/RT)            A 6.667e13     E 139600        H 314         W 1221         a0 0.04
 *   electrolyte  dc/dt = -A c e^(-E/RT)                    A 5.14e25      E 274000        H 155         W 406.9        c0 1
 * Heat: H W per volume of the winding, 2.0e-5 m3 for a 21700.
 *
 * Where the figures are from: the publications' own tables were not at hand when this was last checked; A, E, H, W and c0
 * of all four reactions are as several independent public codes that name Kim et al. 2007 repeat them. An engineering
 * estimate is RUNAWAY_VOLUME: the winding of a 21700 without its can and core.
 *
 * Limits: the positive reaction is that of LiCoO2; NMC 811 starts at lower temperatures. No venting, no fire, no release
 * of the stored electrical energy through an internal short circuit; the voltage falls with what is left of the negative
 * electrode. It says whether and when a runaway starts, not how violent it is. */
#ifndef VOLTWIN_RUNAWAY_H
#define VOLTWIN_RUNAWAY_H
#include <math.h>

typedef struct {
    double sei, negative, layer, positive, electrolyte;
} Runaway;

static const double RUNAWAY_VOLUME = 2.0e-5; /* m3 */
static const double RUNAWAY_LARGEST_RISE = 0.2, RUNAWAY_LARGEST_PART = 0.02; /* K, and of a reactant at the start, per step */

static inline void runaway_begin(Runaway *r) {
    *r = (Runaway){.sei = 0.15, .negative = 0.75, .layer = 0.033, .positive = 0.04, .electrolyte = 1};
}

/* Rates in 1/s of what they multiply. */
typedef struct {
    double sei, negative, positive, electrolyte;
} RunawayRates;

static inline RunawayRates runaway_rates(const Runaway *r, double kelvin) {
    double rt = 8.314 * kelvin;
    return (RunawayRates){
        .sei = 1.667e15 * exp(-135080 / rt),
        .negative = 2.5e13 * exp(-r->layer / 0.033) * exp(-135080 / rt),
        .positive = 6.667e13 * (1 - r->positive) * exp(-139600 / rt),
        .electrolyte = 5.14e25 * exp(-274000 / rt)};
}

static inline double runaway_watts(const Runaway *r, const RunawayRates *k) {
    return RUNAWAY_VOLUME * (257e3 * 610.4 * k->sei * r->sei + 1714e3 * 610.4 * k->negative * r->negative
            + 314e3 * 1221 * k->positive * r->positive + 155e3 * 406.9 * k->electrolyte * r->electrolyte);
}

/* The longest step in which nothing changes much: by heat, or by what reacts, as a part of what there was of it. */
static inline double runaway_step(const Runaway *r, const RunawayRates *k, double watts, double heat_capacity,
        double left) {
    double fastest = fmax(fmax(k->sei * r->sei / 0.15, k->negative * r->negative / 0.75),
            fmax(k->positive * r->positive, k->electrolyte * r->electrolyte));
    double rise = watts / heat_capacity;
    double h = fmin(left, RUNAWAY_LARGEST_PART / fmax(fastest, 1e-12));
    return fmin(h, RUNAWAY_LARGEST_RISE / fmax(fabs(rise), 1e-12));
}

/* Reacts over h; the heat in J is that of what has reacted. */
static inline double runaway_advance(Runaway *r, const RunawayRates *k, double h) {
    double sei = r->sei * -expm1(-k->sei * h);
    double negative = r->negative * -expm1(-k->negative * h);
    double positive = fmin(1 - r->positive, r->positive * expm1(k->positive * h));
    double electrolyte = r->electrolyte * -expm1(-k->electrolyte * h);
    r->sei -= sei;
    r->negative -= negative;
    r->layer += negative;
    r->positive += positive;
    r->electrolyte -= electrolyte;
    return RUNAWAY_VOLUME * (257e3 * 610.4 * sei + 1714e3 * 610.4 * negative + 314e3 * 1221 * positive
            + 155e3 * 406.9 * electrolyte);
}
#endif
