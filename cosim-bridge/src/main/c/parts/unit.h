/* What the models of units under test (cell, module, pack) have in common: their inputs, and how they take a step. A
 * model keeps its scalars in an array by value reference: time, the inputs, outputs, then parameters to the end. */
#ifndef VOLTWIN_UNIT_H
#define VOLTWIN_UNIT_H
#include "fmi3.h"
#include <math.h>

enum { UNIT_TIME = 0, UNIT_CURRENT = 1, UNIT_AMBIENT = 2 }; /* s; A, positive charges; degC */

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

/* Of models whose outputs and parameters are all scalars. */
static inline fmi3Status unit_get(const void *model, const double *value, fmi3ValueReference count,
        fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    if (vr >= count || room < 1) {
        return slave_fail(model, "There is no Float64 with value reference %u", vr);
    }
    *values = value[vr];
    *used = 1;
    return fmi3OK;
}

/* Defines how the values of a model whose scalars are all in `value` are read and set; a current that is set shows in the
 * voltage at once, as that depends directly on it. */
#define UNIT_SCALARS(Model, first_parameter, count)                                                                         \
    fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {     \
        const Model *m = model;                                                                                             \
        return unit_get(m, m->value, count, vr, values, room, used);                                                        \
    }                                                                                                                       \
    fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {    \
        Model *m = model;                                                                                                   \
        fmi3Status status = unit_set(m, m->value, first_parameter, count, vr, values, given, used);                         \
        if (status == fmi3OK && vr == UNIT_CURRENT) {                                                                       \
            write_outputs(m);                                                                                               \
        }                                                                                                                   \
        return status;                                                                                                      \
    }

/* Defines how a model goes over a step in equal parts, and says which of its stores ran empty when its voltage is no
 * number any more. */
#define UNIT_STEP(Model, voltage, soc, longest, store)                                                                      \
    fmi3Status model_step(void *model, double now, double step, bool *early, double *reached) {                             \
        Model *m = model;                                                                                                   \
        (void)early;                                                                                                        \
        if (!unit_accepts(m, m->value, step)) {                                                                             \
            return fmi3Error;                                                                                               \
        }                                                                                                                   \
        int parts = unit_substeps(step, longest);                                                                           \
        for (int i = 0; i < parts; i++) {                                                                                   \
            substep(m, step / parts);                                                                                       \
        }                                                                                                                   \
        m->value[UNIT_TIME] = *reached = now + step;                                                                        \
        write_outputs(m);                                                                                                   \
        return isfinite(m->value[voltage]) ? fmi3OK                                                                         \
                                           : slave_fail(m, "At %g s " store " (SoC %g, %g A)", now + step, m->value[soc],   \
                                                   m->value[UNIT_CURRENT]);                                                 \
    }

/* False, and logged, for parameters that no lumped cell can have. */
static inline bool unit_can_begin(const void *model, double soc, double heat_capacity, double cooling) {
    if (!(soc >= 0 && soc <= 1)) {
        slave_fail(model, "Initial_SoC is %g but must be from 0 to 1", soc);
        return false;
    }
    if (!(heat_capacity > 0) || !(cooling >= 0)) {
        slave_fail(model, "Heat_Capacity is %g and Cooling %g but must be above and not below 0", heat_capacity, cooling);
        return false;
    }
    return true;
}

/* Temperature of a lumped cell after h under constant heat: exact. degC, W, J/K, W/K. */
static inline double unit_warmed(double from, double ambient, double watts, double heat_capacity, double cooling,
        double h) {
    if (cooling <= 0) {
        return from + watts * h / heat_capacity;
    }
    double steady = ambient + watts / cooling;
    return steady + (from - steady) * exp(-h * cooling / heat_capacity);
}
#endif
