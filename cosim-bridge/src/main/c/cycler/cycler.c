/* A virtual battery cycler: interprets a step matrix in simulated time.
 *
 * Within a communication step it sees the battery's answer at the step's end and gives the current over the step.
 *  - Constant voltage is an integral regulator of high gain (1e5 A/V): the importer solves the loop with the battery,
 *    so the voltage is off by (change of current within the step) / gain. Constant power and a load resistor are
 *    functions of the voltage, and the loop is solved the same way.
 *  - When an end or a safety limit was passed within the step by more than a tolerance, fmi3DoStep returns early, with
 *    the time at which it was passed by linear interpolation. The importer takes all models back with
 *    fmi3SetFMUState and tries that shorter step. Nothing changes until a step ends close enough behind the limit;
 *    the next procedure step begins with the next call, so outputs at the end of a step are still those of that step.
 *  - C-rates are resolved when a row is executed, with Nominal_Capacity.
 * A safety limit ends the whole procedure, whatever the procedure says, and Stop_Reason names it. An end of the step
 * itself that is reached at the same time comes first. Max_Current is a limit that holds: the current is cut there. */
#include "cycler_events.h"
#include "fmi3.h"
#include "procedure.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-cycler-1.1.0}";

const size_t MODEL_SIZE = sizeof(Cycler);

size_t model_state_size(const void *model) {
    const Cycler *c = model;
    return offsetof(Cycler, profile) + (size_t)c->profile_rows * sizeof c->profile[0];
}

static double clamp(double value, double limit) { return fmax(-limit, fmin(limit, value)); }

static double unlimited_current(const Cycler *c, double now) {
    const double *row = c->matrix[c->row];
    double v = c->value[VR_IN_VOLTAGE];
    switch (mode_of(c, c->row)) {
        case MODE_CURRENT: return set_current(c);
        case MODE_VOLTAGE: return c->value[VR_OUT_CURRENT] + c->value[VR_GAIN] * (row[VOLTAGE] - v);
        case MODE_POWER: return row[SETTING] / fmax(v, 1e-3);
        case MODE_RESISTANCE: return -v / row[SETTING];
        case MODE_PROFILE: {
            double value = row[SETTING] * c->profile[profile_row(c, now - c->entered)][1];
            switch ((int)row[VOLTAGE]) {
                case PROFILE_POWER: return value / fmax(v, 1e-3);
                case PROFILE_RATE: return value * c->value[VR_NOMINAL];
                default: return value;
            }
        }
        default: return 0;
    }
}

static void stop(Cycler *c, int reason) {
    c->finished = true;
    c->reason = reason;
}

void model_start_values(void *model) {
    Cycler *c = model;
    static const double START[VR_SCALARS] = {
        [VR_IN_VOLTAGE] = 3.6, [VR_IN_SOC] = 0.5, [VR_IN_TEMPERATURE] = 25, [VR_OUT_AMBIENT] = 25,
        [VR_MIN_VOLTAGE] = 2.5, [VR_MAX_VOLTAGE] = 4.2, [VR_MAX_TEMPERATURE] = 60, [VR_MAX_CURRENT] = 15,
        [VR_AMBIENT_SETPOINT] = 25, [VR_GAIN] = 1e5, [VR_NOMINAL] = 5, [VR_MIN_TEMPERATURE] = -1e9,
        [VR_MIN_SOC] = -1e9, [VR_MAX_SOC] = 1e9, [VR_MAX_CHARGE] = 1e9, [VR_MAX_ENERGY] = 1e9, [VR_MAX_TIME] = 1e12,
        [VR_MIN_CELL] = -1e9, [VR_MAX_CELL] = 1e9, [VR_IN_LOWEST] = -1e9, [VR_IN_HIGHEST] = -1e9};
    memcpy(c->value, START, sizeof START);
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            c->ends[i][j] = NONE;
        }
    }
}

fmi3Status model_initialise(void *model, double start) {
    Cycler *c = model;
    for (int i = 0; mode_of(c, i) != MODE_END; i++) {
        const char *wrong = objection(c, i);
        if (wrong) {
            return slave_fail(c, "Row %d of the Procedure (mode %g, maximum time %g s) has %s", i + 1,
                    c->matrix[i][MODE], c->matrix[i][MAX_TIME], wrong);
        }
    }
    for (int i = 1; i < c->profile_rows; i++) {
        if (!(c->profile[i][0] > c->profile[i - 1][0]) || c->profile[0][0] != 0) {
            return slave_fail(c, "The times of Profile must begin at 0 s and ascend; row %d is %g s", i + 1,
                    c->profile[i][0]);
        }
    }
    c->value[VR_TIME] = c->started = c->entered = start;
    c->value[VR_OUT_AMBIENT] = c->value[VR_AMBIENT_SETPOINT];
    c->value[VR_OUT_CURRENT] = 0;
    memset(c->passes, 0, sizeof c->passes);
    c->row = 0;
    c->cycle = 1;
    c->finished = c->advance = c->has_previous = false;
    c->reason = STOP_NONE;
    c->charge = c->energy = 0;
    if (mode_of(c, 0) == MODE_END) {
        stop(c, STOP_PROCEDURE_DONE);
    }
    return fmi3OK;
}

static void remember(Cycler *c) {
    c->voltage = c->value[VR_IN_VOLTAGE];
    c->soc = c->value[VR_IN_SOC];
    c->temperature = c->value[VR_IN_TEMPERATURE];
    c->lowest = c->value[VR_IN_LOWEST];
    c->highest = c->value[VR_IN_HIGHEST];
}

static void begin(Cycler *c, double now) {
    if (c->advance) {
        c->row = following(c, c->row, c->passes, &c->cycle);
        c->entered = now;
        c->charge = c->energy = 0;
        c->advance = c->has_previous = false;
        if (mode_of(c, c->row) == MODE_END) {
            stop(c, STOP_PROCEDURE_DONE);
        }
    }
    if (!c->has_previous) { /* The voltage jumps where a row begins: an end in this step is sought right behind that. */
        remember(c);
    }
}

/* The climate chamber: jumps to the row's temperature, or goes there with its ramp. */
static double ambient_after(const Cycler *c, double step) {
    if (c->finished) {
        return c->value[VR_OUT_AMBIENT];
    }
    double wanted = c->ends[c->row][AMBIENT], ramp = c->ends[c->row][AMBIENT_RAMP];
    if (!given(wanted)) {
        return c->value[VR_OUT_AMBIENT];
    }
    if (!given(ramp) || ramp <= 0) {
        return wanted;
    }
    return c->value[VR_OUT_AMBIENT] + clamp(wanted - c->value[VR_OUT_AMBIENT], ramp / 60 * step);
}

fmi3Status model_step(void *model, double now, double step, bool *early, double *until) {
    Cycler *c = model;
    double v = c->value[VR_IN_VOLTAGE];
    if (!isfinite(v) || !isfinite(c->value[VR_IN_SOC]) || !isfinite(c->value[VR_IN_TEMPERATURE])) {
        return slave_fail(c, "The battery answers %g V, SoC %g, %g degC", v, c->value[VR_IN_SOC],
                c->value[VR_IN_TEMPERATURE]);
    }
    begin(c, now);
    double current = c->finished ? 0 : clamp(unlimited_current(c, now), c->value[VR_MAX_CURRENT]);
    if (!c->finished) {
        int what = WHAT_LAND;
        double first = 2;
        row_events(c, current, step, now, &first, &what);
        safety_events(c, current, step, now, &first, &what);
        if (first < 1 && step * first > SHORTEST / 2) {
            *early = true;
            *until = now + fmax(step * first, SHORTEST / 2);
        } else if (first < 1 && step > SHORTEST) {
            *early = true;
            *until = now + SHORTEST / 2;
        } else if (first <= 1 && what == WHAT_ADVANCE) {
            c->advance = true;
        } else if (first <= 1 && what > STOP_NONE) {
            stop(c, what);
        }
    }
    c->value[VR_OUT_AMBIENT] = ambient_after(c, step);
    c->charge += current * step;
    c->energy += joules(c, current, step);
    c->value[VR_OUT_CURRENT] = current;
    c->value[VR_TIME] = *until;
    remember(c);
    c->has_previous = true;
    if (c->advance && !c->finished && ends_after(c)) {
        stop(c, STOP_PROCEDURE_DONE);
    }
    return fmi3OK;
}

fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used) {
    const Cycler *c = model;
    if (vr < VR_SCALARS && room >= 1) {
        *values = c->value[vr];
        *used = 1;
        return fmi3OK;
    }
    const void *array = vr == VR_PROCEDURE ? (const void *)c->matrix : vr == VR_ENDS ? (const void *)c->ends
            : vr == VR_PROFILE ? (const void *)c->profile : NULL;
    size_t size = vr == VR_PROFILE ? PROFILE_ROWS * 2 : ROWS * COLUMNS;
    if (array && room >= size) {
        memcpy(values, array, size * sizeof(double));
        *used = size;
        return fmi3OK;
    }
    return slave_fail(c, "There is no Float64 with value reference %u, or too little room", vr);
}

static bool settable(fmi3ValueReference vr) {
    return (vr >= VR_IN_VOLTAGE && vr <= VR_IN_TEMPERATURE) || (vr >= VR_MIN_VOLTAGE && vr < VR_SCALARS);
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given_values,
        size_t *used) {
    Cycler *c = model;
    if (settable(vr) && given_values >= 1) {
        c->value[vr] = *values;
        *used = 1;
        return fmi3OK;
    }
    void *array = vr == VR_PROCEDURE ? (void *)c->matrix : vr == VR_ENDS ? (void *)c->ends
            : vr == VR_PROFILE ? (void *)c->profile : NULL;
    size_t size = vr == VR_PROFILE ? PROFILE_ROWS * 2 : ROWS * COLUMNS;
    if (array && given_values >= size) {
        memcpy(array, values, size * sizeof(double));
        *used = size;
        if (vr == VR_PROFILE) { /* rows behind the first whose time does not ascend are unused */
            c->profile_rows = 1;
            while (c->profile_rows < PROFILE_ROWS
                    && c->profile[c->profile_rows][0] > c->profile[c->profile_rows - 1][0]) {
                c->profile_rows++;
            }
        }
        return fmi3OK;
    }
    return slave_fail(c, "The Float64 with value reference %u cannot be set", vr);
}

fmi3Status model_get_int32(const void *model, fmi3ValueReference vr, int32_t *value) {
    const Cycler *c = model;
    switch (vr) {
        case VR_STEP: *value = c->row + 1; return fmi3OK;
        case VR_STOP_REASON: *value = c->reason; return fmi3OK;
        case VR_CYCLE: *value = c->cycle; return fmi3OK;
        default: return slave_fail(c, "There is no Int32 with value reference %u", vr);
    }
}

fmi3Status model_get_boolean(const void *model, fmi3ValueReference vr, bool *value) {
    const Cycler *c = model;
    if (vr != VR_FINISHED) {
        return slave_fail(c, "There is no Boolean with value reference %u", vr);
    }
    *value = c->finished;
    return fmi3OK;
}
