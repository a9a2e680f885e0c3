/* Calendar and cyclic ageing: J. Schmalstieg et al., J. Power Sources 257 (2014) 325, a holistic model of a 2.05 Ah
 * NMC | graphite 18650 cell (Sanyo UR18650E); t in days, V in volts, T in kelvin, Q the throughput in Ah.
 *
 *   capacity    1 - a t^0.75 - b sqrt(Q)     a = (7.543 V - 23.75) 1e6 exp(-6976/T)
 *                                            b = 7.348e-3 (V_rms - 3.667)^2 + 7.600e-4 + 4.081e-3 DOD
 *   resistance  1 + a' t^0.75 + b' Q         a' = (5.270 V - 16.32) 1e5 exp(-5986/T)
 *                                            b' = max(1.5e-5, 2.153e-4 (V_rms - 3.725)^2 - 1.521e-5 + 2.798e-4 DOD)
 * Under conditions that change, each part goes on from where it is: of the calendar part u = loss^(4/3) grows by
 * a^(4/3) dt, of the cyclic part loss^2 by b^2 dQ. The throughput of another cell is scaled by its capacity. V_rms and
 * DOD are those of a half cycle, from one reversal of the charge to the next; reversals of less than 1 % are ignored.
 *
 * Where the figures are from: checked against an independent public code that names the paper (SUAVE, which has 7.542 V
 * for the first one). Engineering estimates are not the paper's: scaling by capacity, half cycles from reversals of 1 %,
 * and how the parts go on under changing conditions.
 *
 * Limits: another cell than the LG M50; measured to about 80 % capacity, at 35 to 50 degC and 1C; no knee, no lithium
 * plating at low temperature. It shows how ageing reacts, not when this cell ends. */
#ifndef VOLTWIN_AGEING_H
#define VOLTWIN_AGEING_H
#include <math.h>
#include <stdbool.h>

typedef struct {
    double calendar, cyclic;             /* loss^(4/3), loss^2 of capacity */
    double resistance_calendar;          /* growth^(4/3) */
    double resistance_cyclic;            /* growth */
    double turn, extreme;                /* SoC at the last reversal, and farthest from it since */
    double square, seconds;              /* integral of V^2, and its time, since the last reversal */
} Ageing;

static const double AGEING_REFERENCE_AH = 2.05, AGEING_SMALLEST_CYCLE = 0.01, AGEING_LEAST_RESISTANCE = 1.5e-5;

static inline double ageing_health(const Ageing *a) {
    return 1 - pow(a->calendar, 0.75) - sqrt(a->cyclic);
}

static inline double ageing_resistance(const Ageing *a) {
    return 1 + pow(a->resistance_calendar, 0.75) + a->resistance_cyclic;
}

static inline void ageing_half_cycle(Ageing *a) {
    double depth = fabs(a->extreme - a->turn);
    if (a->seconds > 0 && depth >= AGEING_SMALLEST_CYCLE) {
        double volts = sqrt(a->square / a->seconds);
        double beta = 7.348e-3 * pow(volts - 3.667, 2) + 7.6e-4 + 4.081e-3 * depth;
        double resistance = 2.153e-4 * pow(volts - 3.725, 2) - 1.521e-5 + 2.798e-4 * depth;
        double charge = depth * AGEING_REFERENCE_AH;
        a->cyclic += beta * beta * charge;
        a->resistance_cyclic += fmax(AGEING_LEAST_RESISTANCE, resistance) * charge;
    }
    a->turn = a->extreme;
    a->square = a->seconds = 0;
}

static inline void ageing_begin(Ageing *a, double soc) {
    *a = (Ageing){.turn = soc, .extreme = soc};
}

/* @param volts open-circuit voltage, kelvin, over h seconds, and the state of charge at their end */
static inline void ageing_advance(Ageing *a, double soc, double volts, double kelvin, double h) {
    double days = h / 86400;
    double alpha = fmax(0, 7.543 * volts - 23.75) * 1e6 * exp(-6976 / kelvin);
    double resistance = fmax(0, 5.270 * volts - 16.32) * 1e5 * exp(-5986 / kelvin);
    a->calendar += pow(alpha, 4.0 / 3) * days;
    a->resistance_calendar += pow(resistance, 4.0 / 3) * days;
    double way = a->extreme - a->turn, back = soc - a->extreme;
    bool farther = way == 0 || back * way >= 0;
    if (!farther && fabs(back) >= AGEING_SMALLEST_CYCLE) {
        ageing_half_cycle(a);
        farther = true;
    }
    if (farther) {
        if (soc != a->extreme) { /* rest counts to no half cycle */
            a->square += volts * volts * h;
            a->seconds += h;
        }
        a->extreme = soc;
    }
}
#endif
