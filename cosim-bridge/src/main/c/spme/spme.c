/* LG M50: single-particle model with electrolyte, S. G. Marquis et al., J. Electrochem. Soc. 166 (2019) A3693, with the
 * parameters of C.-H. Chen et al., J. Electrochem. Soc. 167 (2020) 080534 (tables VII and IX), and the electrolyte of
 * A. Nyman et al., Electrochim. Acta 53 (2008) 6356 (LiPF6 in EC:EMC 3:7), as Chen et al. use it. Lumped thermal.
 *
 *   particles    dc/dt = D/r2 d/dr(r2 dc/dr), flux through the surface j/F, j_n = i/(a_n L_n), j_p = -i/(a_p L_p)
 *   electrolyte  eps dc/dt = d/dx(eps^1.5 De(c) dc/dx) + (1 - t+) s/F, s = i/L_n, 0, -i/L_p in the three regions
 *   voltage      Up - Un + eta_p - eta_n + eta_c + ohmic drops, with i the discharge current per area and
 *                eta_k = 2RT/F asinh(j_k / (2 j0_k)), j0_k = m_k exp(E_k/R (1/Tref - 1/T)) mean(sqrt(c_e)) sqrt(c_s (c_max - c_s))
 *                eta_c = 2RT/F (1 - t+) (mean_p ln c_e - mean_n ln c_e)
 *                drops = -i (L_n/3k_n + L_s/k_s + L_p/3k_p + L_n/3s_n + L_p/3s_p), k = eps^1.5 kappa(mean c_e)
 * Finite volumes (particles finer towards the surface), implicit Euler in steps of at most 1 s: lithium is conserved to
 * rounding. benchmarks/batteries/spme_reference.py solves the same equations independently; the tests compare.
 *
 * Limits: diffusion does not depend on temperature (Chen et al. measured at 25 degC), so use it near 25 degC; up to
 * about 1C, where the single particle per electrode holds; no ageing, hysteresis or entropic heat. Heat capacity and
 * cooling are round figures (battery.c). */
#include "fmi3.h"
#include "particle.h"
#include "unit.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-spme-1.0.0}";

enum { VR_TIME, VR_CURRENT = UNIT_CURRENT, VR_AMBIENT = UNIT_AMBIENT, VR_VOLTAGE, VR_SOC, VR_TEMPERATURE, VR_RESISTANCE, VR_OCV,
       VR_INITIAL_SOC, VR_INITIAL_TEMPERATURE, VR_HEAT_CAPACITY, VR_COOLING, VR_COUNT };
enum { NEG = 16, SEP = 8, POS = 16, CELLS = NEG + SEP + POS };

static const double SEPARATOR = 12e-6, SEPARATOR_POROSITY = 0.47, TRANSFERENCE = 0.2594;
static const double ELECTROLYTE_START = 1000, LONGEST_SUBSTEP = 1;

typedef struct {
    Slave slave;
    double value[VR_COUNT];
    double negative[SHELLS], positive[SHELLS]; /* mol/m3, from the centre */
    double electrolyte[CELLS];                 /* mol/m3, from the negative collector */
    double temperature;
} Spme;

const size_t MODEL_SIZE = sizeof(Spme);

static double tortuous_negative, tortuous_separator, tortuous_positive; /* porosities to 1.5 (Bruggeman) */

/* When the library is loaded. */
__attribute__((constructor)) static void lay_out(void) {
    tortuous_negative = pow(NEGATIVE.porosity, 1.5);
    tortuous_separator = pow(SEPARATOR_POROSITY, 1.5);
    tortuous_positive = pow(POSITIVE.porosity, 1.5);
}

static double width(int cell) {
    return cell < NEG ? NEGATIVE.thickness / NEG : cell < NEG + SEP ? SEPARATOR / SEP : POSITIVE.thickness / POS;
}

static double porosity(int cell) {
    return cell < NEG ? NEGATIVE.porosity : cell < NEG + SEP ? SEPARATOR_POROSITY : POSITIVE.porosity;
}

static double tortuous(int cell) {
    return cell < NEG ? tortuous_negative : cell < NEG + SEP ? tortuous_separator : tortuous_positive;
}

static double electrolyte_diffusivity(double c) {
    double x = c / 1000;
    return 8.794e-11 * x * x - 3.972e-10 * x + 4.862e-10;
}

static double electrolyte_conductivity(double c) {
    double x = c / 1000;
    return 0.1297 * x * x * x - 2.51 * x * sqrt(x) + 3.329 * x;
}

static void diffuse_electrolyte(Spme *m, double discharge, double h) {
    double a[CELLS], b[CELLS], c[CELLS], between[CELLS + 1];
    between[0] = between[CELLS] = 0;
    for (int i = 1; i < CELLS; i++) { /* conductances of half cells in series */
        double left = width(i - 1) / 2 / (tortuous(i - 1) * electrolyte_diffusivity(m->electrolyte[i - 1]));
        double right = width(i) / 2 / (tortuous(i) * electrolyte_diffusivity(m->electrolyte[i]));
        between[i] = 1 / (left + right);
    }
    for (int i = 0; i < CELLS; i++) {
        double scale = h / (porosity(i) * width(i));
        double source = i < NEG ? discharge / NEGATIVE.thickness : i < NEG + SEP ? 0 : -discharge / POSITIVE.thickness;
        a[i] = -scale * between[i];
        c[i] = -scale * between[i + 1];
        b[i] = 1 - a[i] - c[i];
        m->electrolyte[i] += h / porosity(i) * (1 - TRANSFERENCE) * source / FARADAY;
    }
    solve(CELLS, a, b, c, m->electrolyte);
}

static double mean(const double *c, int from, int n, double (*of)(double)) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
        sum += of(c[i]);
    }
    return sum / n;
}

static double same(double x) { return x; }

static double soc_of(const Spme *m) { return (average(m->negative) / NEGATIVE.maximum - X0) / (X100 - X0); }

static void write_outputs(Spme *m) {
    double discharge = -m->value[VR_CURRENT] / AREA;
    double thermal = 2 * GAS_CONSTANT * (m->temperature + ZERO_CELSIUS) / FARADAY;
    double flux_n = surface_flux(&NEGATIVE, discharge, 1), flux_p = surface_flux(&POSITIVE, discharge, -1);
    double c_n = surface(&NEGATIVE, m->negative, flux_n), c_p = surface(&POSITIVE, m->positive, flux_p);
    double j0_n = exchange_current(&NEGATIVE, c_n, mean(m->electrolyte, 0, NEG, sqrt), m->temperature);
    double j0_p = exchange_current(&POSITIVE, c_p, mean(m->electrolyte, NEG + SEP, POS, sqrt), m->temperature);
    double eta_n = thermal * asinh(flux_n * FARADAY / (2 * j0_n));
    double eta_p = thermal * asinh(flux_p * FARADAY / (2 * j0_p));
    const double *ce = m->electrolyte;
    double eta_c = thermal * (1 - TRANSFERENCE) * (mean(ce, NEG + SEP, POS, log) - mean(ce, 0, NEG, log));
    double k_n = tortuous_negative * electrolyte_conductivity(mean(ce, 0, NEG, same));
    double k_s = tortuous_separator * electrolyte_conductivity(mean(ce, NEG, SEP, same));
    double k_p = tortuous_positive * electrolyte_conductivity(mean(ce, NEG + SEP, POS, same));
    double ohmic = NEGATIVE.thickness / (3 * k_n) + SEPARATOR / k_s + POSITIVE.thickness / (3 * k_p)
            + NEGATIVE.thickness / (3 * NEGATIVE.conductivity) + POSITIVE.thickness / (3 * POSITIVE.conductivity);
    double transfer = thermal / 2 * (1 / (j0_n * 3 * NEGATIVE.active / NEGATIVE.radius * NEGATIVE.thickness)
            + 1 / (j0_p * 3 * POSITIVE.active / POSITIVE.radius * POSITIVE.thickness));
    m->value[VR_SOC] = soc_of(m);
    m->value[VR_OCV] = open_circuit(m->value[VR_SOC]);
    m->value[VR_RESISTANCE] = (ohmic + transfer) / AREA;
    m->value[VR_TEMPERATURE] = m->temperature;
    m->value[VR_VOLTAGE] = positive_potential(c_p / POSITIVE.maximum) - negative_potential(c_n / NEGATIVE.maximum)
            + eta_p - eta_n + eta_c - discharge * ohmic;
}

static void substep(Spme *m, double h) {
    double discharge = -m->value[VR_CURRENT] / AREA;
    diffuse_particle(&NEGATIVE, m->negative, surface_flux(&NEGATIVE, discharge, 1), h);
    diffuse_particle(&POSITIVE, m->positive, surface_flux(&POSITIVE, discharge, -1), h);
    diffuse_electrolyte(m, discharge, h);
    write_outputs(m);
    double watts = m->value[VR_CURRENT] * (m->value[VR_VOLTAGE] - m->value[VR_OCV]);
    double capacity = m->value[VR_HEAT_CAPACITY], cooling = m->value[VR_COOLING];
    m->temperature = (m->temperature + h / capacity * (watts + cooling * m->value[VR_AMBIENT]))
            / (1 + h * cooling / capacity);
}

void model_start_values(void *model) {
    Spme *m = model;
    m->value[VR_AMBIENT] = 25;
    m->value[VR_INITIAL_SOC] = 1;
    m->value[VR_INITIAL_TEMPERATURE] = 25;
    m->value[VR_HEAT_CAPACITY] = 0.068 * 900;
    m->value[VR_COOLING] = 10 * 0.00531;
}

fmi3Status model_initialise(void *model, double start) {
    Spme *m = model;
    double soc = m->value[VR_INITIAL_SOC];
    if (!unit_can_begin(m, soc, m->value[VR_HEAT_CAPACITY], m->value[VR_COOLING])) {
        return fmi3Error;
    }
    for (int i = 0; i < SHELLS; i++) {
        m->negative[i] = NEGATIVE.maximum * (X0 + soc * (X100 - X0));
        m->positive[i] = POSITIVE.maximum * (Y0 + soc * (Y100 - Y0));
    }
    for (int i = 0; i < CELLS; i++) {
        m->electrolyte[i] = ELECTROLYTE_START;
    }
    m->temperature = m->value[VR_INITIAL_TEMPERATURE];
    m->value[VR_TIME] = start;
    write_outputs(m);
    return fmi3OK;
}

UNIT_STEP(Spme, VR_VOLTAGE, VR_SOC, LONGEST_SUBSTEP, "a particle or the electrolyte has run out of lithium")
UNIT_SCALARS(Spme, VR_INITIAL_SOC, VR_COUNT)
