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
 *   garnet       4e-4 S/cm at room temperature: E. J. Cussen, J. Mater. Chem. 20 (2010) 5167; activation energy 0.3 eV,
 *                the usual round figure. It is 30 um thick: an assumption, thinner than what is made today.
 * Beyond 0.9084 the potential falls by 100 V per unit of charge, as the published fit ends there: an assumption.
 *
 * Limits: up to about C/3 at 25 degC, where the reaction is spread over the electrode; no contact loss, no pressure, no
 * voids, no dendrites: a critical current that real cells have is not in it; no ageing; lumped thermal with the figures of
 * battery.c. It shows how such a cell reacts, above all to cold, and is no prediction for any product. Polymer and
 * polymer-oxide electrolytes have anions that move, and are other models. */
#include "fmi3.h"
#include "particle.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-solid-1.0.0}";

enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_SOC, VR_TEMPERATURE, VR_RESISTANCE,
       VR_OCV, VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_HEAT_CAPACITY, VR_COOLING, VR_CONDUCTIVITY, VR_THICKNESS,
       VR_INTERFACE, VR_COUNT };

static const double FULL = 0.30462755635781258, EMPTY = 0.9084; /* lithium in the positive electrode */
static const double ACTIVATION = 28945;                         /* J/mol, 0.3 eV */
static const double LIQUID = 1000;                              /* mol/m3, of the exchange current */
static const double LONGEST_SUBSTEP = 1;                        /* s */

typedef struct {
    Slave slave;
    double value[VR_COUNT];
    double positive[SHELLS]; /* mol/m3, from the centre */
    double temperature;
} Solid;

const size_t MODEL_SIZE = sizeof(Solid);

static double potential(double y) {
    return positive_potential(y) - 100 * fmax(0, y - EMPTY) / (EMPTY - FULL);
}

static double discharge(const Solid *m) { return -m->value[VR_CURRENT] / AREA; }

static double ohmic(const Solid *m) { /* Ohm m2 */
    double conductivity = m->value[VR_CONDUCTIVITY] * arrhenius(ACTIVATION, m->temperature);
    return m->value[VR_INTERFACE] + m->value[VR_THICKNESS] / conductivity
            + POSITIVE.thickness / (3 * pow(POSITIVE.porosity, 1.5) * conductivity)
            + POSITIVE.thickness / (3 * POSITIVE.conductivity);
}

static void write_outputs(Solid *m) {
    double flux = surface_flux(&POSITIVE, discharge(m), -1);
    double concentration = surface(&POSITIVE, m->positive, flux);
    double thermal = 2 * GAS_CONSTANT * (m->temperature + ZERO_CELSIUS) / FARADAY;
    double j0 = exchange_current(&POSITIVE, concentration, sqrt(LIQUID), m->temperature);
    double mean = average(m->positive) / POSITIVE.maximum;
    double transfer = thermal / 2 / (j0 * 3 * POSITIVE.active / POSITIVE.radius * POSITIVE.thickness);
    m->value[VR_SOC] = (EMPTY - mean) / (EMPTY - FULL);
    m->value[VR_OCV] = potential(mean);
    m->value[VR_RESISTANCE] = (ohmic(m) + transfer) / AREA;
    m->value[VR_TEMPERATURE] = m->temperature;
    m->value[VR_VOLTAGE] = potential(concentration / POSITIVE.maximum) + thermal * asinh(flux * FARADAY / (2 * j0))
            - discharge(m) * ohmic(m);
}

static void substep(Solid *m, double h) {
    diffuse_particle(&POSITIVE, m->positive, surface_flux(&POSITIVE, discharge(m), -1), h);
    write_outputs(m);
    double watts = m->value[VR_CURRENT] * (m->value[VR_VOLTAGE] - m->value[VR_OCV]);
    m->temperature = unit_warmed(m->temperature, m->value[VR_AMBIENT], watts, m->value[VR_HEAT_CAPACITY],
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
    for (int i = 0; i < SHELLS; i++) {
        m->positive[i] = POSITIVE.maximum * (EMPTY + soc * (FULL - EMPTY));
    }
    m->temperature = m->value[VR_INITIAL_TEMPERATURE];
    m->value[VR_TIME] = start;
    write_outputs(m);
    return fmi3OK;
}

fmi3Status model_step(void *model, double now, double step, bool *early, double *reached) {
    Solid *m = model;
    (void)early;
    if (!unit_accepts(m, m->value, step)) {
        return fmi3Error;
    }
    int parts = unit_substeps(step, LONGEST_SUBSTEP);
    for (int i = 0; i < parts; i++) {
        substep(m, step / parts);
    }
    m->value[VR_TIME] = *reached = now + step;
    write_outputs(m);
    return isfinite(m->value[VR_VOLTAGE]) ? fmi3OK
                                          : slave_fail(m, "At %g s the particle holds no more lithium (SoC %g, %g A)",
                                                  now + step, m->value[VR_SOC], m->value[VR_CURRENT]);
}

fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    const Solid *m = model;
    return unit_get(m, m->value, VR_COUNT, vr, values, room, used);
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    Solid *m = model;
    fmi3Status status = unit_set(m, m->value, VR_INITIAL_SOC, VR_COUNT, vr, values, given, used);
    if (status == fmi3OK && vr == VR_CURRENT) {
        write_outputs(m); /* the voltage depends directly on the current */
    }
    return status;
}
