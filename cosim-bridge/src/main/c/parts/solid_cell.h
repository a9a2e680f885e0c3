/* A cell lithium | garnet | NMC 811, shared by the cell and the module model; equations and limits: solid.c.
 *
 * Published, with their source:
 *   potential, capacity, diffusion and kinetics of the positive electrode: particle.h and lgm50.h, Chen et al. 2020
 *   lithium against clean garnet  2 Ohm cm2         A. Sharafi et al., Chem. Mater. 29 (2017) 7961; known from
 *                                                   memory: the paper's text could not be had
 *   garnet                        4e-4 S/cm         E. J. Cussen, J. Mater. Chem. 20 (2010) 5167; its abstract says "up
 *                                                   to 4e-4 S/cm at room temperature", so this is the upper end
 * Engineering estimates, in no publication for this cell:
 *   activation energy 0.3 eV (round), separator 30 um, 100 V per unit of charge beyond EMPTY, exchange current of a liquid
 *   of 1 mol/l, pores filled with garnet at the liquid's porosity and a Bruggeman exponent of 1.5 */
#ifndef VOLTWIN_SOLID_CELL_H
#define VOLTWIN_SOLID_CELL_H
#include "particle.h"

static const double SOLID_FULL = 0.30462755635781258, SOLID_EMPTY = 0.9084; /* lithium in the positive electrode */
static const double SOLID_ACTIVATION = 28945;                               /* J/mol, 0.3 eV */
static const double SOLID_LIQUID = 1000;                                    /* mol/m3, of the exchange current */

typedef struct {
    double conductivity, thickness, interface; /* S/m at 25 degC, m, Ohm m2 */
} SolidParameters;

typedef struct {
    double positive[SHELLS]; /* mol/m3, from the centre */
    double temperature;      /* degC */
} SolidCell;

/* What a cell shows at a discharge current per area, A/m2. */
typedef struct {
    double volts, open, soc, ohms; /* ohms: of a square metre, ohmic and charge transfer at rest */
} SolidView;

static inline double solid_potential(double y) {
    return positive_potential(y) - 100 * fmax(0, y - SOLID_EMPTY) / (SOLID_EMPTY - SOLID_FULL);
}

static inline void solid_begin(SolidCell *cell, double soc, double celsius) {
    for (int i = 0; i < SHELLS; i++) {
        cell->positive[i] = POSITIVE.maximum * (SOLID_EMPTY + soc * (SOLID_FULL - SOLID_EMPTY));
    }
    cell->temperature = celsius;
}

static inline double solid_ohmic(const SolidParameters *p, double celsius) { /* Ohm m2 */
    double conductivity = p->conductivity * arrhenius(SOLID_ACTIVATION, celsius);
    return p->interface + p->thickness / conductivity
            + POSITIVE.thickness / (3 * pow(POSITIVE.porosity, 1.5) * conductivity)
            + POSITIVE.thickness / (3 * POSITIVE.conductivity);
}

static inline SolidView solid_view(const SolidParameters *p, const SolidCell *cell, double discharge) {
    double flux = surface_flux(&POSITIVE, discharge, -1);
    double concentration = surface(&POSITIVE, cell->positive, flux);
    double thermal = 2 * GAS_CONSTANT * (cell->temperature + ZERO_CELSIUS) / FARADAY;
    double j0 = exchange_current(&POSITIVE, concentration, sqrt(SOLID_LIQUID), cell->temperature);
    double mean = average(cell->positive) / POSITIVE.maximum;
    double ohmic = solid_ohmic(p, cell->temperature);
    double transfer = thermal / 2 / (j0 * 3 * POSITIVE.active / POSITIVE.radius * POSITIVE.thickness);
    return (SolidView){
        .soc = (SOLID_EMPTY - mean) / (SOLID_EMPTY - SOLID_FULL),
        .open = solid_potential(mean),
        .ohms = ohmic + transfer,
        .volts = solid_potential(concentration / POSITIVE.maximum) + thermal * asinh(flux * FARADAY / (2 * j0))
                - discharge * ohmic};
}

static inline void solid_diffuse(SolidCell *cell, double discharge, double h) {
    diffuse_particle(&POSITIVE, cell->positive, surface_flux(&POSITIVE, discharge, -1), h);
}
#endif
