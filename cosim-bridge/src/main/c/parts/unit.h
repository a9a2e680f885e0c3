/* What the models of units under test (cell, module, pack) have in common: their inputs, and how they take a step. A
 * model keeps its scalars in an array by value reference: time, the inputs, outputs, then parameters to the end. */
#ifndef VOLTWIN_UNIT_H
#define VOLTWIN_UNIT_H
#include "fmi3.h"
#include <math.h>

enum { UNIT_CURRENT = 1, UNIT_AMBIENT = 2 }; /* A, positive charges; degC */

/* False, and logged, for a step or inputs that are no numbers. */
static inline bool unit_accepts(const void *model, const double *value, double step) {
    if (step >= 0 && isfinite(value[UNIT_CURRENT]) && isfinite(value[UNIT_AMBIENT])) {
        return true;
    }
    slave_fail(model, "Step %g s with Current %g A and Ambient_Temperature %g degC is not possible", step,
            value[UNIT_CURRENT], value[UNIT_AMBIENT]);
    return false;
}

/* Into how many parts a step is split so that none is longer than `longest`, but for rounding. */
static inline int unit_substeps(double step, double longest) {
    int parts = (int)ceil(step / longest - 1e-9);
    return parts < 1 ? 1 : parts;
}

static inline bool unit_settable(fmi3ValueReference vr, fmi3ValueReference first_parameter, fmi3ValueReference count) {
    return vr == UNIT_CURRENT || vr == UNIT_AMBIENT || (vr >= first_parameter && vr < count);
}

static inline fmi3Status unit_set(const void *model, double *value, fmi3ValueReference first_parameter,
        fmi3ValueReference count, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    if (!unit_settable(vr, first_parameter, count) || given < 1) {
        return slave_fail(model, "The Float64 with value reference %u cannot be set", vr);
    }
    value[vr] = *values;
    *used = 1;
    return fmi3OK;
}
#endif
