/* LG M50 (INR21700 M50, NMC 811 | graphite-SiOx, nominal 5 Ah): equivalent circuit with two RC pairs and hysteresis
 * (parts/ecm.h), lumped thermal, ageing (parts/ageing.h), abuse (parts/runaway.h).
 *
 *   C_th dT/dt = I_cell (V - OCV(SoC)) + V^2 / R_short + reactions - hA (T - T_ambient)
 *
 * Published: open-circuit potentials, capacities and activation energies (Chen et al. 2020); R and C are a reduction of
 * that paper's electrochemical parameters (benchmarks/batteries/ecm_from_spme.py), not a fit to pulse tests: 1 to 3 mV
 * RMS against the single-particle model at C/2 from 20 to 90 % charge, 6 to 17 mV at the ends, and no better than that
 * model. The cooled surface 5.31e-3 m2 is that of a 21700 cylinder; 10 W/(m2 K) is the usual figure for still air.
 * The heat capacity is a round 900 J/(kg K) on 68 g. Entropic heat and self-discharge are left out; hysteresis is off
 * (0 V) unless asked for, as its size for this cell is not published with the rest.
 *
 * Ageing and Runaway are off (0) unless set to 1. Overcharge: the positive electrode has no lithium left at 144.7 %
 * (Chen et al.'s stoichiometries); from there all electrical power becomes heat. */
#include "fmi3.h"
#include "ageing.h"
#include "ecm.h"
#include "runaway.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-battery-1.1.0}";

#ifndef RUNAWAY_START
#define RUNAWAY_START 0
#endif

enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_SOC, VR_TEMPERATURE, VR_RESISTANCE, VR_OCV, VR_HEALTH,
       VR_CAPACITY, VR_CONVERSION, VR_HEAT,
       VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_NEW_CAPACITY, VR_TAU1, VR_TAU2, VR_ACTIVATION, VR_HEAT_CAPACITY,
       VR_COOLING, VR_HYSTERESIS, VR_HYSTERESIS_RATE, VR_AGEING, VR_INITIAL_HEALTH, VR_RUNAWAY, VR_SHORT, VR_SHORT_TIME,
       VR_LONGEST, VR_COUNT, VR_R0 = 100, VR_R1, VR_R2 };

typedef struct {
    Slave slave;
    double value[VR_COUNT]; /* by value reference; inputs, parameters and outputs */
    EcmParameters ecm;
    EcmState state;
    Ageing ageing;
    Runaway runaway;
    double time, temperature;
} Battery;

const size_t MODEL_SIZE = sizeof(Battery);

static const double NEGATIVE_START = 0.75; /* of runaway.h */
static const double NO_SHORT = 1e8;        /* Ohm */

static bool burns(const Battery *b) { return b->value[VR_RUNAWAY] > 0.5; }

static double full_positive(void) { return Y0 / (Y0 - Y100); }

/* Voltage behind the series resistance; it falls with the negative electrode that has burnt. */
static double source(const Battery *b) {
    double left = burns(b) ? b->runaway.negative / NEGATIVE_START : 1;
    return left * ecm_source(&b->ecm, &b->state);
}

static double short_ohms(const Battery *b) {
    return b->time >= b->value[VR_SHORT_TIME] ? b->value[VR_SHORT] : 2 * NO_SHORT;
}

static double terminal(const Battery *b, double celsius) {
    double ohms = ecm_r0(&b->ecm, &b->state, celsius), shorted = short_ohms(b);
    double volts = source(b) + ohms * b->value[VR_CURRENT];
    return shorted < NO_SHORT ? volts / (1 + ohms / shorted) : volts;
}

static double cell_current(const Battery *b, double volts) {
    return short_ohms(b) < NO_SHORT ? b->value[VR_CURRENT] - volts / short_ohms(b) : b->value[VR_CURRENT];
}

static double heat(const Battery *b, double celsius) {
    double volts = terminal(b, celsius), current = cell_current(b, volts);
    double external = b->value[VR_CURRENT];
    if (current > 0 && b->state.soc >= full_positive()) {
        return external * volts;
    }
    return external * volts - current * b->state.open;
}

static void write_outputs(Battery *b) {
    b->value[VR_OCV] = b->state.open;
    b->value[VR_RESISTANCE] = ecm_r0(&b->ecm, &b->state, b->temperature);
    b->value[VR_VOLTAGE] = terminal(b, b->temperature);
    b->value[VR_SOC] = b->state.soc;
    b->value[VR_TEMPERATURE] = b->temperature;
    b->value[VR_CAPACITY] = b->ecm.capacity;
    b->value[VR_HEALTH] = b->ecm.capacity / b->value[VR_NEW_CAPACITY];
    b->value[VR_CONVERSION] = 1 - b->runaway.negative / NEGATIVE_START;
}

static double warmed(const Battery *b, double from, double watts, double h) {
    return unit_warmed(from, b->value[VR_AMBIENT], watts, b->value[VR_HEAT_CAPACITY], b->value[VR_COOLING], h);
}

/* Heat balance over h: with the heat at its middle, which makes it second order. Reactions in steps of their own. */
static void warm(Battery *b, double h) {
    double middle = warmed(b, b->temperature, heat(b, b->temperature), h / 2);
    double watts = heat(b, middle);
    b->value[VR_HEAT] += watts * h;
    double left = burns(b) ? h : 0;
    if (!burns(b)) {
        b->temperature = warmed(b, b->temperature, watts, h);
    }
    while (left > 0) {
        RunawayRates rates = runaway_rates(&b->runaway, b->temperature + ZERO_CELSIUS);
        double reacting = runaway_watts(&b->runaway, &rates);
        double part = runaway_step(&b->runaway, &rates, reacting, b->value[VR_HEAT_CAPACITY], left);
        double joules = runaway_advance(&b->runaway, &rates, part);
        b->temperature = warmed(b, b->temperature, watts + joules / part, part);
        left = left - part > 1e-9 * h ? left - part : 0;
    }
}

static void age(Battery *b, double h) {
    if (b->value[VR_AGEING] > 0.5) {
        ageing_advance(&b->ageing, b->state.soc, b->state.open, b->temperature + ZERO_CELSIUS, h);
        b->ecm.capacity = b->value[VR_NEW_CAPACITY]
                * fmax(0.05, b->value[VR_INITIAL_HEALTH] - 1 + ageing_health(&b->ageing));
        b->ecm.resistance_factor = ageing_resistance(&b->ageing);
    }
}

/* Strang splitting: half a step of heat, a whole one of charge (exact for constant resistances), half a step of heat. */
static void substep(Battery *b, double h) {
    warm(b, h / 2);
    double current = cell_current(b, terminal(b, b->temperature));
    ecm_advance(&b->ecm, &b->state, current, b->temperature, h);
    warm(b, h / 2);
    age(b, h);
    b->time += h;
}

void model_start_values(void *model) {
    Battery *b = model;
    static const double START[VR_COUNT] = {
        [VR_AMBIENT] = 25, [VR_INITIAL_SOC] = 1, [VR_INITIAL_TEMPERATURE] = 25, [VR_NEW_CAPACITY] = 5.1532,
        [VR_ACTIVATION] = 26400, /* mean of 35000 (graphite) and 17800 (NMC) J/mol */
        [VR_HEAT_CAPACITY] = 0.068 * 900, [VR_COOLING] = 10 * 0.00531, [VR_HYSTERESIS_RATE] = 50,
        [VR_INITIAL_HEALTH] = 1, [VR_RUNAWAY] = RUNAWAY_START, [VR_SHORT] = 1e9, [VR_LONGEST] = 0.5};
    memcpy(b->value, START, sizeof START);
    b->value[VR_TAU1] = ECM_TAU1;
    b->value[VR_TAU2] = ECM_TAU2;
    memcpy(b->ecm.r0, ECM_R0, sizeof ECM_R0);
    memcpy(b->ecm.r1, ECM_R1, sizeof ECM_R1);
    memcpy(b->ecm.r2, ECM_R2, sizeof ECM_R2);
}

fmi3Status model_initialise(void *model, double start) {
    Battery *b = model;
    double soc = b->value[VR_INITIAL_SOC];
    if (!(soc >= 0 && soc <= 1)) {
        return slave_fail(b, "Initial_SoC is %g but must be from 0 to 1", soc);
    }
    const int positive[] = {VR_NEW_CAPACITY, VR_TAU1, VR_TAU2, VR_HEAT_CAPACITY, VR_INITIAL_HEALTH, VR_SHORT, VR_LONGEST};
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++) {
        if (!(b->value[positive[i]] > 0)) {
            return slave_fail(b, "Parameter %d is %g but must be greater than 0", positive[i], b->value[positive[i]]);
        }
    }
    for (int i = 0; i < ECM_POINTS; i++) {
        if (!(b->ecm.r0[i] > 0) || !(b->ecm.r1[i] >= 0) || !(b->ecm.r2[i] >= 0)) {
            return slave_fail(b, "R0, R1 and R2 are %g, %g and %g Ohm at %d %% but must be above, and not below 0",
                    b->ecm.r0[i], b->ecm.r1[i], b->ecm.r2[i], 10 * i);
        }
    }
    b->value[VR_TIME] = b->time = start;
    b->value[VR_HEAT] = 0;
    b->ecm.tau1 = b->value[VR_TAU1];
    b->ecm.tau2 = b->value[VR_TAU2];
    b->ecm.activation = b->value[VR_ACTIVATION];
    b->ecm.hysteresis_volts = b->value[VR_HYSTERESIS];
    b->ecm.hysteresis_rate = b->value[VR_HYSTERESIS_RATE];
    b->ecm.capacity = b->value[VR_NEW_CAPACITY] * b->value[VR_INITIAL_HEALTH];
    b->ecm.resistance_factor = 1;
    b->state = ecm_rested(soc);
    ageing_begin(&b->ageing, soc);
    runaway_begin(&b->runaway);
    b->temperature = b->value[VR_INITIAL_TEMPERATURE];
    write_outputs(b);
    return fmi3OK;
}

fmi3Status model_step(void *model, double now, double step, bool *early, double *reached) {
    Battery *b = model;
    (void)early;
    if (!unit_accepts(b, b->value, step)) {
        return fmi3Error;
    }
    b->time = now;
    int parts = unit_substeps(step, b->value[VR_LONGEST]);
    for (int i = 0; i < parts; i++) {
        substep(b, step / parts);
    }
    b->value[VR_TIME] = b->time = *reached = now + step;
    write_outputs(b);
    return fmi3OK;
}

static double *table(const Battery *b, fmi3ValueReference vr) {
    const double *found = vr == VR_R0 ? b->ecm.r0 : vr == VR_R1 ? b->ecm.r1 : vr == VR_R2 ? b->ecm.r2 : NULL;
    return (double *)found;
}

fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    const Battery *b = model;
    const double *from = vr < VR_COUNT ? &b->value[vr] : table(b, vr);
    *used = vr < VR_COUNT ? 1 : ECM_POINTS;
    if (!from || room < *used) {
        return slave_fail(b, "There is no Float64 with value reference %u, or too little room", vr);
    }
    memcpy(values, from, *used * sizeof(double));
    return fmi3OK;
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    Battery *b = model;
    bool settable = unit_settable(vr, VR_INITIAL_SOC, VR_COUNT);
    double *to = settable ? &b->value[vr] : table(b, vr);
    *used = settable ? 1 : ECM_POINTS;
    if (!to || given < *used) {
        return slave_fail(b, "The Float64 with value reference %u cannot be set", vr);
    }
    memcpy(to, values, *used * sizeof(double));
    if (vr == VR_CURRENT) {
        write_outputs(b); /* the voltage depends directly on the current */
    }
    return fmi3OK;
}
