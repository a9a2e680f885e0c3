/* Numbers from which a module's cells get their spread: the same for the same seed, on every machine. */
#ifndef VOLTWIN_SPREAD_H
#define VOLTWIN_SPREAD_H
#include <math.h>
#include <stdint.h>

static inline uint64_t spread_seed(double seed) { return (uint64_t)seed % 2147483646 + 1; }

/* Uniform in (0, 1): S. K. Park, K. W. Miller, Commun. ACM 31 (1988) 1192, with the multiplier 48271 that they
 * recommend in the same journal 36 (1993) 108. */
static inline double spread_uniform(uint64_t *seed) {
    *seed = *seed * 48271 % 2147483647;
    return (double)*seed / 2147483647;
}

/* G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29 (1958) 610. */
static inline double spread_normal(uint64_t *seed) {
    double u = spread_uniform(seed), v = spread_uniform(seed);
    return sqrt(-2 * log(u)) * cos(2 * acos(-1.0) * v);
}
#endif
