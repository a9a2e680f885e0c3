/* LG M50, learned from data: a small neural network gives the terminal voltage from what a bench can compute of any cell:
 * the charge counted from full, the current, and the current through four low-pass filters.
 *
 *   V = b + sum_k w_k tanh(a_k + W_k . x),   x = (charge, I, f_1 .. f_4),   df_j/dt = (I - f_j) / tau_j
 *   C_th dT/dt = I (V - V_rest) - hA (T - T_ambient),   V_rest: the network without current
 * Network, filters, data and errors: parts/learned_cell.h, which benchmarks/batteries/learn_cell.py made. It was taught by
 * the single-particle model of spme.c in place of a bench; other measurements are learned by the same program.
 *
 * Limits: it knows 25 degC, currents up to 1C and a new cell, and nothing else: temperature changes no voltage here, and
 * there is no ageing. What it was not shown is continued with straight lines: beyond 1C with the resistance there, below
 * 0 and above 100 % as in ecm.h. Between, its error is that in learned_cell.h, 10 mV RMS and 3 times that at worst spots;
 * the physics-based models are closer. Voltages at rest right after a current are among its weaker points. */
#include "fmi3.h"
#include "learned_cell.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-learned-1.0.0}";

enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_SOC, VR_TEMPERATURE, VR_RESISTANCE,
       VR_OCV, VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_HEAT_CAPACITY, VR_COOLING, VR_COUNT };

static const double LONGEST_SUBSTEP = 10; /* s, of the heat balance; the filters are exact for any step */
static const double PROBE = 0.5;          /* A, for the resistance */

typedef struct {
    Slave slave;
    double value[VR_COUNT];
    double filtered[LEARNED_FILTERS]; /* A */
    double charge, temperature;
} Learned;

const size_t MODEL_SIZE = sizeof(Learned);

static double within(double value, double limit) { return fmax(-limit, fmin(limit, value)); }

static double network(double charge, double current, const double *filtered) {
    double x[LEARNED_INPUTS], volts = LEARNED_OFFSET;
    x[0] = fmax(0, fmin(1, charge));
    x[1] = within(current, LEARNED_MOST_CURRENT);
    for (int j = 0; j < LEARNED_FILTERS; j++) {
        x[2 + j] = within(filtered[j], LEARNED_MOST_CURRENT);
    }
    for (int j = 0; j < LEARNED_INPUTS; j++) {
        x[j] = (x[j] - LEARNED_CENTRE[j]) * LEARNED_SCALE[j];
    }
    for (int k = 0; k < LEARNED_HIDDEN; k++) {
        double sum = LEARNED_BIAS[k];
        for (int j = 0; j < LEARNED_INPUTS; j++) {
            sum += LEARNED_INNER[k][j] * x[j];
        }
        volts += LEARNED_OUTER[k] * tanh(sum);
    }
    double outside = charge < 0 ? 100 * charge : charge > 1 ? 1.2 * (charge - 1) : 0;
    return fmax(-1, volts + outside);
}

/* The part of the voltage that follows the current at once, Ohm, around a current. */
static double resistance(const Learned *m, double current) {
    double inside = within(current, LEARNED_MOST_CURRENT - PROBE);
    return (network(m->charge, inside + PROBE, m->filtered) - network(m->charge, inside - PROBE, m->filtered))
            / (2 * PROBE);
}

static double voltage(const Learned *m, double current) {
    double inside = within(current, LEARNED_MOST_CURRENT);
    double volts = network(m->charge, inside, m->filtered);
    return inside == current ? volts : volts + (current - inside) * resistance(m, inside);
}

static double rest(const Learned *m) {
    static const double NONE[LEARNED_FILTERS];
    return network(m->charge, 0, NONE);
}

static void write_outputs(Learned *m) {
    m->value[VR_VOLTAGE] = voltage(m, m->value[VR_CURRENT]);
    m->value[VR_SOC] = m->charge;
    m->value[VR_TEMPERATURE] = m->temperature;
    m->value[VR_RESISTANCE] = resistance(m, m->value[VR_CURRENT]);
    m->value[VR_OCV] = rest(m);
}

void model_start_values(void *model) {
    Learned *m = model;
    m->value[VR_AMBIENT] = 25;
    m->value[VR_INITIAL_SOC] = 1;
    m->value[VR_INITIAL_TEMPERATURE] = 25;
    m->value[VR_HEAT_CAPACITY] = 0.068 * 900; /* as in battery.c */
    m->value[VR_COOLING] = 10 * 0.00531;
}

fmi3Status model_initialise(void *model, double start) {
    Learned *m = model;
    if (!unit_can_begin(m, m->value[VR_INITIAL_SOC], m->value[VR_HEAT_CAPACITY], m->value[VR_COOLING])) {
        return fmi3Error;
    }
    m->charge = m->value[VR_INITIAL_SOC];
    memset(m->filtered, 0, sizeof m->filtered);
    m->temperature = m->value[VR_INITIAL_TEMPERATURE];
    m->value[VR_TIME] = start;
    write_outputs(m);
    return fmi3OK;
}

static void substep(Learned *m, double h) {
    double current = m->value[VR_CURRENT];
    double watts = current * (voltage(m, current) - rest(m));
    m->temperature = unit_warmed(m->temperature, m->value[VR_AMBIENT], watts, m->value[VR_HEAT_CAPACITY],
            m->value[VR_COOLING], h);
    m->charge += current * h / (3600 * LEARNED_CAPACITY);
    for (int j = 0; j < LEARNED_FILTERS; j++) {
        m->filtered[j] = current + (m->filtered[j] - current) * exp(-h / LEARNED_TAU[j]);
    }
}

UNIT_STEP(Learned, VR_VOLTAGE, VR_SOC, LONGEST_SUBSTEP, "the network gives no voltage")
UNIT_SCALARS(Learned, VR_INITIAL_SOC, VR_COUNT)
