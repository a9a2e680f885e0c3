/* A module or pack of solid-state cells (solid.c): SERIES groups in series, each of PARALLEL cells that are alike, with
 * spread between groups, a thermal chain and passive balancing. SERIES and PARALLEL are fixed when it is compiled.
 *
 *   group    a cell as in parts/solid_cell.h with PARALLEL times the area, times the group's own factor
 *   heat     as in pack.c, one temperature per group: neighbours are the groups before and after
 *   balance  as in pack.c
 * Spread: each group's area (so capacity and resistance together) is drawn from a normal distribution, as the mean of
 * PARALLEL cells would be; the state of charge at the start as well.
 *
 * Limits: those of the cell, above all up to about C/3 and no stack pressure, which a module of such cells would need;
 * cells in parallel share a current equally; the rest as in pack.c. Nobody has built this module. */
#include "fmi3.h"
#include "propagation.h"
#include "solid_cell.h"
#include "spread.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-solidpack-1.0.0}";

enum { SHOWN = 12 };
enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_LOWEST, VR_HIGHEST, VR_SOC, VR_HOTTEST,
       VR_COLDEST, VR_AVERAGE, VR_RESISTANCE, VR_BLEEDING, VR_CAPACITY,
       VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_HEAT_CAPACITY, VR_COOLING, VR_CONDUCTION, VR_CAPACITY_SPREAD,
       VR_SOC_SPREAD, VR_SEED, VR_BALANCING_VOLTAGE, VR_BALANCING_DIFFERENCE, VR_BALANCING_RESISTANCE, VR_COOLING_FAILS,
       VR_CONDUCTIVITY, VR_THICKNESS, VR_INTERFACE, VR_COUNT, VR_CELL_VOLTAGE = 100, VR_CELL_TEMPERATURE = 200 };

static const double LONGEST_SUBSTEP = 5; /* s */

typedef struct {
    Slave slave;
    double value[VR_COUNT];
    double area[SERIES]; /* m2, of all cells of the group */
    SolidCell cell[SERIES];
    SolidView view[SERIES];
    double bleed[SERIES]; /* A */
} Pack;

const size_t MODEL_SIZE = sizeof(Pack);

static SolidParameters parameters(const Pack *p) {
    return (SolidParameters){p->value[VR_CONDUCTIVITY], p->value[VR_THICKNESS], p->value[VR_INTERFACE]};
}

static double discharge(const Pack *p, int g) { return (p->bleed[g] - p->value[VR_CURRENT]) / p->area[g]; }

static void write_outputs(Pack *p) {
    SolidParameters of_cells = parameters(p);
    double *v = p->value;
    double hot = -1e9, cold = 1e9, highest = -1e9;
    v[VR_VOLTAGE] = v[VR_RESISTANCE] = v[VR_BLEEDING] = v[VR_AVERAGE] = 0;
    v[VR_LOWEST] = v[VR_SOC] = v[VR_CAPACITY] = 1e9;
    for (int g = 0; g < SERIES; g++) {
        SolidView view = p->view[g] = solid_view(&of_cells, &p->cell[g], discharge(p, g));
        double charge = POSITIVE.maximum * (SOLID_EMPTY - SOLID_FULL) * POSITIVE.active * POSITIVE.thickness * p->area[g];
        v[VR_VOLTAGE] += view.volts;
        v[VR_RESISTANCE] += view.ohms / p->area[g];
        v[VR_BLEEDING] += p->bleed[g];
        v[VR_AVERAGE] += p->cell[g].temperature / SERIES;
        v[VR_LOWEST] = fmin(v[VR_LOWEST], view.volts);
        v[VR_SOC] = fmin(v[VR_SOC], view.soc);
        v[VR_CAPACITY] = fmin(v[VR_CAPACITY], charge * FARADAY / 3600);
        highest = fmax(highest, view.volts);
        hot = fmax(hot, p->cell[g].temperature);
        cold = fmin(cold, p->cell[g].temperature);
    }
    v[VR_HIGHEST] = highest;
    v[VR_HOTTEST] = hot;
    v[VR_COLDEST] = cold;
}

static void decide_balancing(Pack *p) {
    for (int g = 0; g < SERIES; g++) {
        double volts = p->view[g].volts;
        bool high = volts > p->value[VR_BALANCING_VOLTAGE]
                && volts > p->value[VR_LOWEST] + p->value[VR_BALANCING_DIFFERENCE];
        p->bleed[g] = high && p->value[VR_CURRENT] >= 0 ? volts / p->value[VR_BALANCING_RESISTANCE] : 0;
    }
}

static void substep(Pack *p, double h) {
    double watts[SERIES], celsius[SERIES];
    decide_balancing(p);
    for (int g = 0; g < SERIES; g++) {
        solid_diffuse(&p->cell[g], discharge(p, g), h);
    }
    write_outputs(p);
    for (int g = 0; g < SERIES; g++) { /* of one cell of the group */
        watts[g] = (p->value[VR_CURRENT] - p->bleed[g]) * (p->view[g].volts - p->view[g].open) / PARALLEL;
        celsius[g] = p->cell[g].temperature;
    }
    Chain chain = {.cells = SERIES, .capacity = p->value[VR_HEAT_CAPACITY], .conduction = p->value[VR_CONDUCTION],
            .cooling = p->value[VR_TIME] < p->value[VR_COOLING_FAILS] ? p->value[VR_COOLING] : 0,
            .ambient = p->value[VR_AMBIENT]};
    chain_warm(&chain, celsius, 0, watts, h);
    for (int g = 0; g < SERIES; g++) {
        p->cell[g].temperature = celsius[g];
    }
    p->value[VR_TIME] += h;
}

void model_start_values(void *model) {
    Pack *p = model;
    static const double START[VR_COUNT] = {
        [VR_AMBIENT] = 25, [VR_INITIAL_SOC] = 1, [VR_INITIAL_TEMPERATURE] = 25, [VR_HEAT_CAPACITY] = 0.068 * 900,
        [VR_COOLING] = 10 * 0.00531, [VR_CONDUCTION] = 0.1, [VR_CAPACITY_SPREAD] = 0.005, [VR_SEED] = 1,
        [VR_BALANCING_VOLTAGE] = 4.0, [VR_BALANCING_DIFFERENCE] = 0.005, [VR_BALANCING_RESISTANCE] = 33,
        [VR_COOLING_FAILS] = 1e12, [VR_CONDUCTIVITY] = 0.04, [VR_THICKNESS] = 30e-6, [VR_INTERFACE] = 2e-4};
    memcpy(p->value, START, sizeof START);
}

fmi3Status model_initialise(void *model, double start) {
    Pack *p = model;
    double soc = p->value[VR_INITIAL_SOC];
    if (!unit_can_begin(p, soc, p->value[VR_HEAT_CAPACITY], p->value[VR_COOLING])) {
        return fmi3Error;
    }
    const int positive[] = {VR_BALANCING_RESISTANCE, VR_SEED, VR_CONDUCTIVITY, VR_THICKNESS};
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++) {
        if (!(p->value[positive[i]] > 0)) {
            return slave_fail(p, "Parameter %d is %g but must be greater than 0", positive[i], p->value[positive[i]]);
        }
    }
    uint64_t seed = spread_seed(p->value[VR_SEED]);
    for (int g = 0; g < SERIES; g++) {
        double factor = 1 + p->value[VR_CAPACITY_SPREAD] / sqrt(PARALLEL) * spread_normal(&seed);
        double mine = soc + p->value[VR_SOC_SPREAD] * spread_normal(&seed);
        p->area[g] = AREA * PARALLEL * fmax(0.5, factor);
        p->bleed[g] = 0;
        solid_begin(&p->cell[g], fmax(0, fmin(1, mine)), p->value[VR_INITIAL_TEMPERATURE]);
    }
    p->value[VR_TIME] = start;
    write_outputs(p);
    return fmi3OK;
}

UNIT_STEP(Pack, VR_VOLTAGE, VR_SOC, LONGEST_SUBSTEP, "a particle holds no more lithium")

static int shown(fmi3ValueReference number) { return (int)number * SERIES / SHOWN; }

fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    const Pack *p = model;
    *used = 1;
    if (vr >= VR_CELL_VOLTAGE && vr < VR_CELL_VOLTAGE + SHOWN && room >= 1) {
        *values = p->view[shown(vr - VR_CELL_VOLTAGE)].volts;
        return fmi3OK;
    }
    if (vr >= VR_CELL_TEMPERATURE && vr < VR_CELL_TEMPERATURE + SHOWN && room >= 1) {
        *values = p->cell[shown(vr - VR_CELL_TEMPERATURE)].temperature;
        return fmi3OK;
    }
    return unit_get(p, p->value, VR_COUNT, vr, values, room, used);
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    Pack *p = model;
    fmi3Status status = unit_set(p, p->value, VR_INITIAL_SOC, VR_COUNT, vr, values, given, used);
    if (status == fmi3OK && vr == VR_CURRENT && p->area[0] > 0) {
        write_outputs(p); /* the voltages depend directly on the current */
    }
    return status;
}
