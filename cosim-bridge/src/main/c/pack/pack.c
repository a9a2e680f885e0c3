/* A module or pack of LG M50 cells (parts/ecm.h): SERIES groups in series, each of PARALLEL cells, with spread, a thermal
 * chain and passive balancing. SERIES and PARALLEL are fixed when it is compiled.
 *
 *   group    V_g = (I - I_bleed + sum E_k / R_k) / sum 1 / R_k,  I_k = (V_g - E_k) / R_k    E_k: source behind R0_k
 *   heat     C_th dT_k/dt = I_k (V_g - OCV_k) - hA (T_k - T_ambient) + G sum over neighbours (T_j - T_k)
 *            neighbours are the cells before and after in the row of all cells
 *   failure  Failing_Cell gets Failure_Energy within Failure_Seconds, as by a heater, or less if it reacts before; with
 *            Runaway 1 cells react as in
 *            parts/runaway.h, and what they give off warms their neighbours (parts/propagation.h)
 *   leakage  each cell discharges itself by Leakage at 25 degC, and Leakage_Activation (Arrhenius); 0 unless given
 *   balance  a group whose voltage is above Balancing_Voltage, and above the lowest by Balancing_Difference, bleeds
 *            V_g / Balancing_Resistance, while it charges or rests
 * Spread: capacity and resistance of each cell are drawn from normal distributions around the cell's, with a generator
 * that gives the same cells for the same Seed; the state of charge at the start as well.
 *
 * Limits: those of the cell; conductors and contactors have no resistance of their own (Connection_Resistance, in all,
 * is a parameter, 0 unless given); one value of conduction between neighbours and of cooling serves all cells, both
 * round figures; no coolant flow. A cell that has reacted keeps its voltage and stays connected; it neither vents nor burns,
 * and heat goes to its two neighbours alone: whether a pack propagates depends on Conduction, which is its builder's. Spread defaults, 0.5 % capacity and 1 % resistance, are assumptions of the usual size. */
#include "fmi3.h"
#include "ecm.h"
#include "propagation.h"
#include "spread.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-pack-1.1.0}";

enum { CELLS = SERIES * PARALLEL, SHOWN = 12, SHOWN_TEMPERATURES = 12 };
enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_LOWEST, VR_HIGHEST, VR_SOC, VR_HOTTEST, VR_COLDEST, VR_AVERAGE,
       VR_RESISTANCE, VR_BLEEDING, VR_CAPACITY,
       VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_CELL_CAPACITY, VR_ACTIVATION, VR_HEAT_CAPACITY, VR_COOLING,
       VR_CONDUCTION, VR_CAPACITY_SPREAD, VR_RESISTANCE_SPREAD, VR_SOC_SPREAD, VR_SEED, VR_BALANCING_VOLTAGE,
       VR_BALANCING_DIFFERENCE, VR_BALANCING_RESISTANCE, VR_CONNECTION, VR_COOLING_FAILS, VR_LONGEST, VR_LEAKAGE,
       VR_LEAKAGE_ACTIVATION, VR_RUNAWAY, VR_FAILING_CELL, VR_FAILURE_ENERGY, VR_FAILURE_SECONDS, VR_COUNT,
       VR_CELL_VOLTAGE = 100, VR_CELL_TEMPERATURE = 200, VR_CELLS_REACTED = 300 };

typedef struct {
    Slave slave;
    double value[VR_COUNT];
    EcmParameters ecm[CELLS];
    EcmState state[CELLS];
    double temperature[CELLS];
    Runaway runaway[CELLS];
    double group[SERIES];   /* V */
    double bleed[SERIES];   /* A */
    double time;
} Pack;

const size_t MODEL_SIZE = sizeof(Pack);

/* Voltage of a group in which the cells share a current. */
static double group_voltage(const Pack *p, int g, double current) {
    double conductance = 0, driven = current;
    for (int k = g * PARALLEL; k < (g + 1) * PARALLEL; k++) {
        double y = 1 / ecm_r0(&p->ecm[k], &p->state[k], p->temperature[k]);
        conductance += y;
        driven += y * ecm_source(&p->ecm[k], &p->state[k]);
    }
    return driven / conductance;
}

static double cell_current(const Pack *p, int k, double volts) {
    return (volts - ecm_source(&p->ecm[k], &p->state[k])) / ecm_r0(&p->ecm[k], &p->state[k], p->temperature[k]);
}

static void write_outputs(Pack *p) {
    double sum = 0, lowest = 1e9, highest = -1e9, soc = 1e9, hot = -1e9, cold = 1e9, warm = 0, ohms = 0, bleeding = 0;
    double capacity = 1e9;
    for (int g = 0; g < SERIES; g++) {
        double volts = group_voltage(p, g, p->value[VR_CURRENT] - p->bleed[g]);
        double charge = 0, room = 0, siemens = 0;
        p->group[g] = volts;
        sum += volts;
        lowest = fmin(lowest, volts);
        highest = fmax(highest, volts);
        bleeding += p->bleed[g];
        for (int k = g * PARALLEL; k < (g + 1) * PARALLEL; k++) {
            charge += p->state[k].soc * p->ecm[k].capacity;
            room += p->ecm[k].capacity;
            siemens += 1 / ecm_r0(&p->ecm[k], &p->state[k], p->temperature[k]);
            hot = fmax(hot, p->temperature[k]);
            cold = fmin(cold, p->temperature[k]);
            warm += p->temperature[k] / CELLS;
        }
        soc = fmin(soc, charge / room);
        capacity = fmin(capacity, room);
        ohms += 1 / siemens;
    }
    p->value[VR_VOLTAGE] = sum + p->value[VR_CURRENT] * p->value[VR_CONNECTION];
    p->value[VR_LOWEST] = lowest;
    p->value[VR_HIGHEST] = highest;
    p->value[VR_SOC] = soc;
    p->value[VR_HOTTEST] = hot;
    p->value[VR_COLDEST] = cold;
    p->value[VR_AVERAGE] = warm;
    p->value[VR_RESISTANCE] = ohms + p->value[VR_CONNECTION];
    p->value[VR_BLEEDING] = bleeding;
    p->value[VR_CAPACITY] = capacity;
}

static void decide_balancing(Pack *p) {
    for (int g = 0; g < SERIES; g++) {
        bool high = p->group[g] > p->value[VR_BALANCING_VOLTAGE]
                && p->group[g] > p->value[VR_LOWEST] + p->value[VR_BALANCING_DIFFERENCE];
        p->bleed[g] = high && p->value[VR_CURRENT] >= 0 ? p->group[g] / p->value[VR_BALANCING_RESISTANCE] : 0;
    }
}

/* Self-discharge: a current within the cell. */
static void leak(Pack *p, int k, double h) {
    if (p->value[VR_LEAKAGE] > 0) {
        double kelvin = p->temperature[k] + ZERO_CELSIUS;
        double amperes = p->value[VR_LEAKAGE]
                * exp(p->value[VR_LEAKAGE_ACTIVATION] / GAS_CONSTANT * (1 / REFERENCE_KELVIN - 1 / kelvin));
        p->state[k].soc -= amperes * h / (3600 * p->ecm[k].capacity);
        p->state[k].open = ecm_open_circuit(p->state[k].soc);
    }
}

static void substep(Pack *p, double h) {
    double watts[CELLS], cooling = p->time < p->value[VR_COOLING_FAILS] ? p->value[VR_COOLING] : 0;
    decide_balancing(p);
    for (int g = 0; g < SERIES; g++) {
        double volts = group_voltage(p, g, p->value[VR_CURRENT] - p->bleed[g]);
        for (int k = g * PARALLEL; k < (g + 1) * PARALLEL; k++) {
            double current = cell_current(p, k, volts);
            watts[k] = current * (volts - p->state[k].open);
            leak(p, k, h);
            ecm_advance(&p->ecm[k], &p->state[k], current, p->temperature[k], h);
        }
    }
    Chain chain = {.cells = CELLS, .capacity = p->value[VR_HEAT_CAPACITY], .conduction = p->value[VR_CONDUCTION],
            .cooling = cooling, .ambient = p->value[VR_AMBIENT], .reacts = p->value[VR_RUNAWAY] > 0};
    int failing = (int)p->value[VR_FAILING_CELL] - 1;
    bool reacted = failing >= 0 && p->runaway[failing].positive > CHAIN_REACTED;
    if (failing >= 0 && !reacted && p->time < p->value[VR_FAILURE_SECONDS]) {
        watts[failing] += p->value[VR_FAILURE_ENERGY] / p->value[VR_FAILURE_SECONDS];
    }
    chain_warm(&chain, p->temperature, p->runaway, watts, h);
    p->time += h;
    write_outputs(p);
}

void model_start_values(void *model) {
    Pack *p = model;
    static const double START[VR_COUNT] = {
        [VR_AMBIENT] = 25, [VR_INITIAL_SOC] = 1, [VR_INITIAL_TEMPERATURE] = 25, [VR_CELL_CAPACITY] = 5.1532,
        [VR_ACTIVATION] = 26400, [VR_HEAT_CAPACITY] = 0.068 * 900, [VR_COOLING] = 10 * 0.00531, [VR_CONDUCTION] = 0.1,
        [VR_CAPACITY_SPREAD] = 0.005, [VR_RESISTANCE_SPREAD] = 0.01, [VR_SEED] = 1, [VR_BALANCING_VOLTAGE] = 4.0,
        [VR_BALANCING_DIFFERENCE] = 0.005, [VR_BALANCING_RESISTANCE] = 33, [VR_COOLING_FAILS] = 1e12,
        [VR_LONGEST] = 1, [VR_LEAKAGE_ACTIVATION] = 50000, [VR_FAILURE_ENERGY] = 12000, [VR_FAILURE_SECONDS] = 60};
    memcpy(p->value, START, sizeof START);
}

fmi3Status model_initialise(void *model, double start) {
    Pack *p = model;
    double soc = p->value[VR_INITIAL_SOC];
    if (!(soc >= 0 && soc <= 1)) {
        return slave_fail(p, "Initial_SoC is %g but must be from 0 to 1", soc);
    }
    const int positive[] = {VR_CELL_CAPACITY, VR_HEAT_CAPACITY, VR_BALANCING_RESISTANCE, VR_LONGEST, VR_SEED};
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++) {
        if (!(p->value[positive[i]] > 0)) {
            return slave_fail(p, "Parameter %d is %g but must be greater than 0", positive[i], p->value[positive[i]]);
        }
    }
    if (!(p->value[VR_FAILING_CELL] >= 0 && p->value[VR_FAILING_CELL] <= CELLS) || !(p->value[VR_FAILURE_SECONDS] > 0)) {
        return slave_fail(p, "Failing_Cell is %g and Failure_Seconds %g but must be 0 (none) to %d and above 0",
                p->value[VR_FAILING_CELL], p->value[VR_FAILURE_SECONDS], CELLS);
    }
    uint64_t seed = spread_seed(p->value[VR_SEED]);
    for (int k = 0; k < CELLS; k++) {
        EcmParameters *e = &p->ecm[k];
        memcpy(e->r0, ECM_R0, sizeof ECM_R0);
        memcpy(e->r1, ECM_R1, sizeof ECM_R1);
        memcpy(e->r2, ECM_R2, sizeof ECM_R2);
        e->tau1 = ECM_TAU1;
        e->tau2 = ECM_TAU2;
        e->activation = p->value[VR_ACTIVATION];
        e->capacity = p->value[VR_CELL_CAPACITY] * fmax(0.5, 1 + p->value[VR_CAPACITY_SPREAD] * spread_normal(&seed));
        e->resistance_factor = fmax(0.5, 1 + p->value[VR_RESISTANCE_SPREAD] * spread_normal(&seed));
        e->hysteresis_volts = 0;
        e->hysteresis_rate = 50;
        double mine = soc + p->value[VR_SOC_SPREAD] * spread_normal(&seed);
        p->state[k] = ecm_rested(fmax(0, fmin(1, mine)));
        p->temperature[k] = p->value[VR_INITIAL_TEMPERATURE];
        runaway_begin(&p->runaway[k]);
    }
    memset(p->bleed, 0, sizeof p->bleed);
    p->value[VR_TIME] = p->time = start;
    write_outputs(p);
    return fmi3OK;
}

fmi3Status model_step(void *model, double now, double step, bool *early, double *reached) {
    Pack *p = model;
    (void)early;
    if (!unit_accepts(p, p->value, step)) {
        return fmi3Error;
    }
    p->time = now;
    int parts = unit_substeps(step, p->value[VR_LONGEST]);
    for (int i = 0; i < parts; i++) {
        substep(p, step / parts);
    }
    p->value[VR_TIME] = p->time = *reached = now + step;
    return fmi3OK;
}

/* Groups and cells shown are spread evenly over all of them; where there are as many, they are all. */
static int shown(int number, int of) { return number * of / SHOWN; }

fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    const Pack *p = model;
    *used = 1;
    if (vr < VR_COUNT && room >= 1) {
        *values = p->value[vr];
        return fmi3OK;
    }
    if (vr >= VR_CELL_VOLTAGE && vr < VR_CELL_VOLTAGE + SHOWN && room >= 1) {
        *values = p->group[shown((int)vr - VR_CELL_VOLTAGE, SERIES)];
        return fmi3OK;
    }
    if (vr >= VR_CELL_TEMPERATURE && vr < VR_CELL_TEMPERATURE + SHOWN_TEMPERATURES && room >= 1) {
        *values = p->temperature[shown((int)vr - VR_CELL_TEMPERATURE, SERIES) * PARALLEL];
        return fmi3OK;
    }
    if (vr == VR_CELLS_REACTED && room >= 1) {
        *values = chain_reacted(p->runaway, CELLS);
        return fmi3OK;
    }
    return slave_fail(p, "There is no Float64 with value reference %u", vr);
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    Pack *p = model;
    fmi3Status status = unit_set(p, p->value, VR_INITIAL_SOC, VR_COUNT, vr, values, given, used);
    if (status == fmi3OK && vr == VR_CURRENT) {
        write_outputs(p); /* the voltages depend directly on the current */
    }
    return status;
}
