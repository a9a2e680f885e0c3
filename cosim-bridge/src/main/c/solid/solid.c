/* A solid-state cell (generation 4): lithium metal | garnet Li7La3Zr2O12 | NMC 811 with garnet in its pores. A single
 * particle stands for the positive electrode; the electrolyte conducts lithium ions alone, so it has no concentrations.
 *
 *   particle     as in spme.c
 *   voltage      Up(c_s/c_max) - eta_p - i (R_Li + L_s/k + L_p/(3 e^1.5 k) + L_p/(3 s_p)), i the discharge current per area
 *                eta_p = 2RT/F asinh(j / (2 j0)) as in spme.c;  k = k25 exp(E/R (1/Tref - 1/T))
 * It is composed of published parts; nobody has measured this very cell:
 *   NMC 811      potential, capacity, diffusion, kinetics: C.-H. Chen et al., J. Electrochem. Soc. 167 (2020) 080534, from
 *                0.3046 (4.2 V against lithium) to 0.9084, the paper's end of discharge: 5.27 Ah on the LG M50's area.
 *                The exchange current is that against a liquid of 1 mol/l, which flatters a solid interface.
 *   lithium      2 Ohm cm2 against clean garnet: A. Sharafi et al., Chem. Mater. 29 (2017) 7961
 *   garnet       up to 4e-4 S/cm at room temperature: E. J. Cussen, J. Mater. Chem. 20 (2010) 5167; activation energy 0.3 eV,
 *                the usual round figure. It is 30 um thick: an assumption, thinner than what is made today.
 * Which figures are published and which are estimates: parts/solid_cell.h. Beyond 0.9084 the potential falls by 100 V per unit of charge, as the published fit ends there: an assumption.
 *
 * Limits: up to about C/3 at 25 degC, where the reaction is spread over the electrode; no contact loss, no pressure, no
 * voids, no dendrites: a critical current that real cells have is not in it; no ageing; lumped thermal with the figures of
 * battery.c. It shows how such a cell reacts, above all to cold, and is no prediction for any product. Polymer and
 * polymer-oxide electrolytes have anions that move, and are other models. */
#include "fmi3.h"
#include "solid_cell.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-solid-1.0.0}";

enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_SOC, VR_TEMPERATURE, VR_RESISTANCE,
       VR_OCV, VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_HEAT_CAPACITY, VR_COOLING, VR_CONDUCTIVITY, VR_THICKNESS,
       VR_INTERFACE, VR_COUNT };

static const double LONGEST_SUBSTEP = 1; /* s */

typedef struct {
    Slave slave;
    double value[VR_COUNT];
    SolidCell cell;
} Solid;

const size_t MODEL_SIZE = sizeof(Solid);

static SolidParameters parameters(const Solid *m) {
    return (SolidParameters){m->value[VR_CONDUCTIVITY], m->value[VR_THICKNESS], m->value[VR_INTERFACE]};
}

static double discharge(const Solid *m) { return -m->value[VR_CURRENT] / AREA; }

static void write_outputs(Solid *m) {
    SolidParameters p = parameters(m);
    SolidView view = solid_view(&p, &m->cell, discharge(m));
    m->value[VR_SOC] = view.soc;
    m->value[VR_OCV] = view.open;
    m->value[VR_RESISTANCE] = view.ohms / AREA;
    m->value[VR_TEMPERATURE] = m->cell.temperature;
    m->value[VR_VOLTAGE] = view.volts;
}

static void substep(Solid *m, double h) {
    solid_diffuse(&m->cell, discharge(m), h);
    write_outputs(m);
    double watts = m->value[VR_CURRENT] * (m->value[VR_VOLTAGE] - m->value[VR_OCV]);
    m->cell.temperature = unit_warmed(m->cell.temperature, m->value[VR_AMBIENT], watts, m->value[VR_HEAT_CAPACITY],
            m->value[VR_COOLING], h);
}

void model_start_values(void *model) {
    Solid *m = model;
    static const double START[VR_COUNT] = {
        [VR_AMBIENT] = 25, [VR_INITIAL_SOC] = 1, [VR_INITIAL_TEMPERATURE] = 25, [VR_HEAT_CAPACITY] = 0.068 * 900,
        [VR_COOLING] = 10 * 0.00531, [VR_CONDUCTIVITY] = 0.04, [VR_THICKNESS] = 30e-6, [VR_INTERFACE] = 2e-4};
    memcpy(m->value, START, sizeof START);
}

fmi3Status model_initialise(void *model, double start) {
    Solid *m = model;
    double soc = m->value[VR_INITIAL_SOC];
    if (!unit_can_begin(m, soc, m->value[VR_HEAT_CAPACITY], m->value[VR_COOLING])) {
        return fmi3Error;
    }
    if (!(m->value[VR_CONDUCTIVITY] > 0) || !(m->value[VR_THICKNESS] > 0) || !(m->value[VR_INTERFACE] >= 0)) {
        return slave_fail(m, "Conductivity, Thickness and Interface_Resistance are %g, %g and %g but must be above, above "
                "and not below 0", m->value[VR_CONDUCTIVITY], m->value[VR_THICKNESS], m->value[VR_INTERFACE]);
    }
    solid_begin(&m->cell, soc, m->value[VR_INITIAL_TEMPERATURE]);
    m->value[VR_TIME] = start;
    write_outputs(m);
    return fmi3OK;
}

UNIT_STEP(Solid, VR_VOLTAGE, VR_SOC, LONGEST_SUBSTEP, "the particle holds no more lithium")
UNIT_SCALARS(Solid, VR_INITIAL_SOC, VR_COUNT)
