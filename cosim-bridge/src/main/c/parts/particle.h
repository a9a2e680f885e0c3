/* The electrodes of the LG M50 (C.-H. Chen et al., J. Electrochem. Soc. 167 (2020) 080534, tables VII and IX) as single
 * particles: diffusion in a sphere by finite volumes, finer towards the surface, implicit Euler; lithium is conserved to
 * rounding.
 *
 *   dc/dt = D/r2 d/dr(r2 dc/dr), flux through the surface j/F, j = i/(a L)
 *   j0 = m exp(E/R (1/Tref - 1/T)) sqrt(c_e) sqrt(c_s (c_max - c_s)) */
#ifndef VOLTWIN_PARTICLE_H
#define VOLTWIN_PARTICLE_H
#include "lgm50.h"

enum { SHELLS = 40 };

typedef struct {
    double thickness, porosity, radius, active, maximum, diffusivity, rate, activation, conductivity;
} Electrode;

__attribute__((unused)) static const Electrode NEGATIVE = {85.2e-6, 0.25, 5.86e-6, 0.75, 33133, 3.3e-14, 6.48e-7, 35000, 215};
static const Electrode POSITIVE = {75.6e-6, 0.335, 5.22e-6, 0.665, 63104, 4e-15, 3.42e-6, 17800, 0.18};
static const double AREA = 0.065 * 1.58, FARADAY = 96485.33212; /* m2, C/mol */

static double face[SHELLS + 1]; /* parts of the radius, finer outside */
static double centre[SHELLS];   /* where a shell's mean lies: the radius that halves its volume */
static double volume[SHELLS];   /* times three, in parts of the radius */

/* When the library is loaded. */
__attribute__((constructor)) static void lay_out_particle(void) {
    for (int i = 0; i <= SHELLS; i++) {
        face[i] = sin(acos(-1.0) / 2 * i / SHELLS);
    }
    for (int i = 0; i < SHELLS; i++) {
        double inner = face[i] * face[i] * face[i], outer = face[i + 1] * face[i + 1] * face[i + 1];
        centre[i] = cbrt((inner + outer) / 2);
        volume[i] = outer - inner;
    }
}

static inline double surface_flux(const Electrode *e, double discharge, double sign) { /* mol/(m2 s), out of the particle */
    double area_per_volume = 3 * e->active / e->radius;
    return sign * discharge / (area_per_volume * e->thickness) / FARADAY;
}

static inline double surface(const Electrode *e, const double *c, double flux) {
    return c[SHELLS - 1] - flux / e->diffusivity * e->radius * (1 - centre[SHELLS - 1]);
}

/* Solves the tridiagonal system; the arrays are used up, the answer is in d. */
static inline void solve(int n, const double *a, double *b, const double *c, double *d) {
    for (int i = 1; i < n; i++) {
        double w = a[i] / b[i - 1];
        b[i] -= w * c[i - 1];
        d[i] -= w * d[i - 1];
    }
    d[n - 1] /= b[n - 1];
    for (int i = n - 2; i >= 0; i--) {
        d[i] = (d[i] - c[i] * d[i + 1]) / b[i];
    }
}

static inline void diffuse_particle(const Electrode *e, double *shell, double flux, double h) {
    double a[SHELLS], b[SHELLS], c[SHELLS];
    double scale = h * e->diffusivity / (e->radius * e->radius);
    for (int i = 0; i < SHELLS; i++) {
        double inner = face[i], outer = face[i + 1], third = volume[i] / 3;
        a[i] = i == 0 ? 0 : -scale * inner * inner / (centre[i] - centre[i - 1]) / third;
        c[i] = i == SHELLS - 1 ? 0 : -scale * outer * outer / (centre[i + 1] - centre[i]) / third;
        b[i] = 1 - a[i] - c[i];
        if (i == SHELLS - 1) {
            shell[i] -= h * flux / e->radius / third;
        }
    }
    solve(SHELLS, a, b, c, shell);
}

static inline double average(const double *shell) {
    double sum = 0;
    for (int i = 0; i < SHELLS; i++) {
        sum += shell[i] * volume[i];
    }
    return sum;
}

/* Of the rate at REFERENCE_KELVIN, for an activation energy in J/mol. */
static inline double arrhenius(double activation, double celsius) {
    return exp(activation / GAS_CONSTANT * (1 / REFERENCE_KELVIN - 1 / (celsius + ZERO_CELSIUS)));
}

/* A/m2, with the root of the electrolyte's concentration. */
static inline double exchange_current(const Electrode *e, double surface_concentration, double root, double celsius) {
    double free = fmax(surface_concentration * (e->maximum - surface_concentration), 1e-6);
    return e->rate * arrhenius(e->activation, celsius) * root * sqrt(free);
}
#endif
