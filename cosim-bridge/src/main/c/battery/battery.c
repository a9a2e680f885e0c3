/* LG M50 (INR21700 M50, NMC 811 | graphite-SiOx, nominal 5 Ah): equivalent circuit with two RC pairs, lumped thermal.
 *
 *   V = OCV(SoC) + R0 I + v1 + v2,  dv_k/dt = I / C_k - v_k / (R_k C_k),  dSoC/dt = I / (3600 Q),  I > 0 charges
 *   C_th dT/dt = I (V - OCV(SoC)) - hA (T - T_ambient)
 *
 * Published: the half-cell open-circuit potentials, the electrodes' capacities and the activation energies of the
 * exchange currents are those of C.-H. Chen et al., J. Electrochem. Soc. 167 (2020) 080534 (equations 8 and 9, tables
 * VII and IX). The stoichiometries at 0 % and 100 % follow from them: they solve Up(y) - Un(x) = 2.5 V and 4.2 V with
 * the paper's cyclable lithium, which also gives the capacity between these voltages, 5.1532 Ah (nominal: 5 Ah). The
 * cooled surface 5.31e-3 m2 is that of a 21700 cylinder; 10 W/(m2 K) is the usual figure for still air.
 *
 * Not published, and the limit of this model: R0, R1, C1, R2, C2 at 25 degC are round figures of the size that pulse
 * tests of such cells give, not a fit to measurements, and do not depend on the state of charge; one activation
 * energy, the mean of the two electrodes', serves all three resistances; the heat capacity is a round 900 J/(kg K) on
 * 68 g; entropic heat, hysteresis, self-discharge and ageing are left out. Use it to exercise a laboratory, not to
 * predict a cell. */
#include "fmi3.h"
#include "lgm50.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-battery-1.0.0}";

enum { VR_TIME, VR_CURRENT, VR_AMBIENT, VR_VOLTAGE, VR_SOC, VR_TEMPERATURE, VR_RESISTANCE, VR_OCV,
       VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_CAPACITY, VR_R0, VR_R1, VR_C1, VR_R2, VR_C2, VR_ACTIVATION,
       VR_HEAT_CAPACITY, VR_COOLING, VR_COUNT };

typedef struct {
    Slave slave;
    double value[VR_COUNT]; /* by value reference; inputs, parameters and outputs */
    double soc, v1, v2, temperature;
} Battery;

const size_t MODEL_SIZE = sizeof(Battery);

static const double LONGEST_SUBSTEP = 0.5; /* s; resistances are constant within one */

static double arrhenius(const Battery *b, double celsius) {
    return exp(b->value[VR_ACTIVATION] / GAS_CONSTANT * (1 / (celsius + ZERO_CELSIUS) - 1 / REFERENCE_KELVIN));
}

static void write_outputs(Battery *b) {
    double factor = arrhenius(b, b->temperature);
    b->value[VR_OCV] = open_circuit(b->soc);
    b->value[VR_RESISTANCE] = b->value[VR_R0] * factor;
    b->value[VR_VOLTAGE] = b->value[VR_OCV] + b->value[VR_CURRENT] * b->value[VR_RESISTANCE] + b->v1 + b->v2;
    b->value[VR_SOC] = b->soc;
    b->value[VR_TEMPERATURE] = b->temperature;
}

static double heat(const Battery *b, double celsius) {
    double current = b->value[VR_CURRENT];
    return current * (current * b->value[VR_R0] * arrhenius(b, celsius) + b->v1 + b->v2);
}

/* Temperature after h under constant heat: exact. */
static double warmed(const Battery *b, double watts, double h) {
    double cooling = b->value[VR_COOLING];
    if (cooling <= 0) {
        return b->temperature + watts * h / b->value[VR_HEAT_CAPACITY];
    }
    double steady = b->value[VR_AMBIENT] + watts / cooling;
    return steady + (b->temperature - steady) * exp(-h * cooling / b->value[VR_HEAT_CAPACITY]);
}

/* Heat balance over h: with the heat at its middle, which makes it second order. */
static void warm(Battery *b, double h) {
    double middle = warmed(b, heat(b, b->temperature), h / 2);
    b->temperature = warmed(b, heat(b, middle), h);
}

static double relax(double v, double current, double resistance, double capacitance, double h) {
    double steady = current * resistance;
    return steady + (v - steady) * exp(-h / (resistance * capacitance));
}

/* Strang splitting: half a step of heat, a whole one of charge (exact for constant resistances), half a step of heat. */
static void substep(Battery *b, double h) {
    double current = b->value[VR_CURRENT];
    warm(b, h / 2);
    double factor = arrhenius(b, b->temperature);
    b->v1 = relax(b->v1, current, b->value[VR_R1] * factor, b->value[VR_C1], h);
    b->v2 = relax(b->v2, current, b->value[VR_R2] * factor, b->value[VR_C2], h);
    b->soc += current * h / (3600 * b->value[VR_CAPACITY]);
    warm(b, h / 2);
}

void model_start_values(void *model) {
    Battery *b = model;
    b->value[VR_AMBIENT] = 25;
    b->value[VR_INITIAL_SOC] = 1;
    b->value[VR_INITIAL_TEMPERATURE] = 25;
    b->value[VR_CAPACITY] = 5.1532;
    b->value[VR_R0] = 0.022;
    b->value[VR_R1] = 0.008;
    b->value[VR_C1] = 2500;
    b->value[VR_R2] = 0.015;
    b->value[VR_C2] = 40000;
    b->value[VR_ACTIVATION] = 26400; /* mean of 35000 (graphite) and 17800 (NMC) J/mol */
    b->value[VR_HEAT_CAPACITY] = 0.068 * 900;
    b->value[VR_COOLING] = 10 * 0.00531;
}

fmi3Status model_initialise(void *model, double start) {
    Battery *b = model;
    double soc = b->value[VR_INITIAL_SOC];
    if (!(soc >= 0 && soc <= 1)) {
        return slave_fail(b, "Initial_SoC is %g but must be from 0 to 1", soc);
    }
    const int positive[] = {VR_CAPACITY, VR_R0, VR_R1, VR_C1, VR_R2, VR_C2, VR_HEAT_CAPACITY};
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++) {
        if (!(b->value[positive[i]] > 0)) {
            return slave_fail(b, "Parameter %d is %g but must be greater than 0", positive[i], b->value[positive[i]]);
        }
    }
    b->value[VR_TIME] = start;
    b->soc = soc;
    b->v1 = b->v2 = 0;
    b->temperature = b->value[VR_INITIAL_TEMPERATURE];
    write_outputs(b);
    return fmi3OK;
}

fmi3Status model_step(void *model, double now, double step, bool *early, double *reached) {
    Battery *b = model;
    (void)early;
    if (!(step >= 0) || !isfinite(b->value[VR_CURRENT]) || !isfinite(b->value[VR_AMBIENT])) {
        return slave_fail(b, "Step %g s with Current %g A and Ambient_Temperature %g degC is not possible", step,
                b->value[VR_CURRENT], b->value[VR_AMBIENT]);
    }
    int parts = (int)ceil(step / LONGEST_SUBSTEP);
    for (int i = 0; i < parts; i++) {
        substep(b, step / parts);
    }
    b->value[VR_TIME] = now + step;
    *reached = now + step;
    write_outputs(b);
    return fmi3OK;
}

fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    const Battery *b = model;
    if (vr >= VR_COUNT || room < 1) {
        return slave_fail(b, "There is no Float64 with value reference %u", vr);
    }
    *values = b->value[vr];
    *used = 1;
    return fmi3OK;
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    Battery *b = model;
    bool settable = vr == VR_CURRENT || vr == VR_AMBIENT || (vr >= VR_INITIAL_SOC && vr < VR_COUNT);
    if (!settable || given < 1) {
        return slave_fail(b, "The Float64 with value reference %u cannot be set", vr);
    }
    b->value[vr] = *values;
    *used = 1;
    if (vr == VR_CURRENT) {
        write_outputs(b); /* the voltage depends directly on the current */
    }
    return fmi3OK;
}

fmi3Status model_get_int32(const void *model, fmi3ValueReference vr, int32_t *value) {
    (void)value;
    return slave_fail(model, "There is no Int32 with value reference %u", vr);
}

fmi3Status model_get_boolean(const void *model, fmi3ValueReference vr, bool *value) {
    (void)value;
    return slave_fail(model, "There is no Boolean with value reference %u", vr);
}
