/* A virtual battery cycler: interprets a step matrix in simulated time.
 *
 * Within a communication step it sees the battery's answer at the step's end and gives the current over the step.
 *  - Constant voltage is an integral regulator of high gain (1e5 A/V): the importer solves the loop with the battery,
 *    so the voltage is off by (change of current within the step) / gain.
 *  - When an end or a safety limit was passed within the step by more than a tolerance, fmi3DoStep returns early, with
 *    the time at which it was passed by linear interpolation. The importer takes all models back with
 *    fmi3SetFMUState and tries that shorter step. Nothing changes until a step ends close enough behind the limit;
 *    the next procedure step begins with the next call, so outputs at the end of a step are still those of that step.
 * A safety limit ends the whole procedure. An end of the step itself that is reached at the same time comes first. */
#include "fmi3.h"

#include <math.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-cycler-1.0.0}";

enum { ROWS = 64, COLUMNS = 8 };
enum { MODE, CURRENT, VOLTAGE, MAX_TIME, UNTIL_VOLTAGE, UNTIL_CURRENT, UNTIL_SOC };
enum { MODE_END = 0, MODE_CURRENT = 1, MODE_VOLTAGE = 2, MODE_REST = 3 };
enum { VR_TIME, VR_IN_VOLTAGE, VR_IN_SOC, VR_IN_TEMPERATURE, VR_OUT_CURRENT, VR_OUT_AMBIENT,
       VR_MIN_VOLTAGE, VR_MAX_VOLTAGE, VR_MAX_TEMPERATURE, VR_MAX_CURRENT, VR_AMBIENT_SETPOINT, VR_GAIN, VR_SCALARS,
       VR_PROCEDURE = 20, VR_STEP = 30, VR_STOP_REASON = 31, VR_FINISHED = 40 };
enum { STOP_NONE, STOP_PROCEDURE_DONE, STOP_LOW_VOLTAGE, STOP_HIGH_VOLTAGE, STOP_HIGH_TEMPERATURE };

typedef struct {
    Slave slave;
    double value[VR_SCALARS];
    double matrix[ROWS][COLUMNS];
    int row;
    int reason;
    bool finished, advance, has_previous;
    double entered;                                 /* time at which the row began */
    double voltage, soc, temperature;               /* at the end of the last accepted step */
} Cycler;

const size_t MODEL_SIZE = sizeof(Cycler);

static const double VOLTAGE_TOLERANCE = 1e-5;     /* V; how far behind an end a step may end */
static const double SAFETY_MARGIN = 5e-4;         /* V; regulation and end tolerances stay inside it */
static const double CURRENT_TOLERANCE = 1e-5;     /* A */
static const double SOC_TOLERANCE = 1e-7;
static const double TEMPERATURE_TOLERANCE = 1e-3; /* K */
static const double SHORTEST = 2e-6;              /* s; a jump cannot be located better */

static double largest_current(const Cycler *c) { return c->value[VR_MAX_CURRENT]; }

static double clamp(double current, double limit) { return fmax(-limit, fmin(limit, current)); }

static double wanted_current(const Cycler *c) {
    const double *row = c->matrix[c->row];
    switch ((int)row[MODE]) {
        case MODE_CURRENT: return clamp(row[CURRENT], largest_current(c));
        case MODE_VOLTAGE:
            return clamp(c->value[VR_OUT_CURRENT] + c->value[VR_GAIN] * (row[VOLTAGE] - c->value[VR_IN_VOLTAGE]),
                    largest_current(c));
        default: return 0;
    }
}

static bool at_end(const Cycler *c) { return c->row >= ROWS || c->matrix[c->row][MODE] == MODE_END; }

static void stop(Cycler *c, int reason) {
    c->finished = true;
    c->reason = reason;
}

void model_start_values(void *model) {
    Cycler *c = model;
    c->value[VR_MIN_VOLTAGE] = 2.5;
    c->value[VR_MAX_VOLTAGE] = 4.2;
    c->value[VR_MAX_TEMPERATURE] = 60;
    c->value[VR_MAX_CURRENT] = 15;
    c->value[VR_AMBIENT_SETPOINT] = 25;
    c->value[VR_OUT_AMBIENT] = 25;
    c->value[VR_GAIN] = 1e5;
    c->value[VR_IN_VOLTAGE] = 3.6;
    c->value[VR_IN_SOC] = 0.5;
    c->value[VR_IN_TEMPERATURE] = 25;
}

fmi3Status model_initialise(void *model, double start) {
    Cycler *c = model;
    for (int i = 0; i < ROWS && c->matrix[i][MODE] != MODE_END; i++) {
        int mode = (int)c->matrix[i][MODE];
        if (mode < MODE_END || mode > MODE_REST || !(c->matrix[i][MAX_TIME] > 0)) {
            return slave_fail(c, "Row %d of the Procedure has mode %g and maximum time %g s", i + 1,
                    c->matrix[i][MODE], c->matrix[i][MAX_TIME]);
        }
    }
    if (!(c->value[VR_MIN_VOLTAGE] < c->value[VR_MAX_VOLTAGE]) || !(c->value[VR_MAX_CURRENT] > 0)
            || !(c->value[VR_GAIN] > 0)) {
        return slave_fail(c, "Limits contradict each other: %g V to %g V, %g A", c->value[VR_MIN_VOLTAGE],
                c->value[VR_MAX_VOLTAGE], c->value[VR_MAX_CURRENT]);
    }
    c->value[VR_TIME] = start;
    c->value[VR_OUT_AMBIENT] = c->value[VR_AMBIENT_SETPOINT];
    c->value[VR_OUT_CURRENT] = 0;
    c->row = 0;
    c->entered = start;
    c->finished = c->advance = c->has_previous = false;
    c->reason = STOP_NONE;
    if (at_end(c)) {
        stop(c, STOP_PROCEDURE_DONE);
    }
    return fmi3OK;
}

/* Where a quantity that went from `before` to `now` passed `limit`, as a part of the step; 2 when it did not.
 * `sign` is 1 for limits from below. A step that ends within the tolerance behind the limit counts as exact: 1. */
static double passed(double before, double now, double limit, double sign, double tolerance) {
    double over = sign * (now - limit);
    if (over < 0) {
        return 2;
    }
    if (over <= tolerance) {
        return 1;
    }
    double reach = sign * (now - before);
    double wanted = sign * (limit - before) + tolerance / 2;
    return reach > 0 && wanted > 0 ? fmin(0.8, wanted / reach) : 0;
}

static void keep(double *first, int *what, double part, int candidate) {
    if (part < *first) {
        *first = part;
        *what = candidate;
    }
}

/* The first end of the running row within the step; -1 stands for it, other numbers are safety stops. */
static double first_event(const Cycler *c, double current, double step, double now, int *what) {
    const double *row = c->matrix[c->row];
    double first = 2;
    double left = c->entered + row[MAX_TIME] - now;
    double v = c->value[VR_IN_VOLTAGE], soc = c->value[VR_IN_SOC], t = c->value[VR_IN_TEMPERATURE];
    if (left <= step * (1 + 1e-9)) { /* a step that ends at this time but for rounding ends at it */
        keep(&first, what, left >= step * (1 - 1e-9) ? 1 : fmax(0, left / step), -1);
    }
    double direction = (int)row[MODE] == MODE_REST ? 0 : current;
    if (row[UNTIL_VOLTAGE] > 0 && direction != 0) {
        double part = passed(c->voltage, v, row[UNTIL_VOLTAGE], direction > 0 ? 1 : -1, VOLTAGE_TOLERANCE);
        keep(&first, what, part, -1);
    }
    if (row[UNTIL_SOC] >= 0 && direction != 0) {
        keep(&first, what, passed(c->soc, soc, row[UNTIL_SOC], direction > 0 ? 1 : -1, SOC_TOLERANCE), -1);
    }
    if ((int)row[MODE] == MODE_VOLTAGE && row[UNTIL_CURRENT] > 0) {
        double before = c->has_previous ? fabs(c->value[VR_OUT_CURRENT]) : fabs(current);
        keep(&first, what, passed(before, fabs(current), row[UNTIL_CURRENT], -1, CURRENT_TOLERANCE), -1);
    }
    double low = c->value[VR_MIN_VOLTAGE] - SAFETY_MARGIN, high = c->value[VR_MAX_VOLTAGE] + SAFETY_MARGIN;
    if (current < 0) {
        keep(&first, what, passed(c->voltage, v, low, -1, VOLTAGE_TOLERANCE), STOP_LOW_VOLTAGE);
    }
    if (current > 0) {
        keep(&first, what, passed(c->voltage, v, high, 1, VOLTAGE_TOLERANCE), STOP_HIGH_VOLTAGE);
    }
    keep(&first, what, passed(c->temperature, t, c->value[VR_MAX_TEMPERATURE], 1, TEMPERATURE_TOLERANCE),
            STOP_HIGH_TEMPERATURE);
    return first;
}

static void begin(Cycler *c, double now) {
    if (!c->has_previous) { /* The voltage jumps where a row begins: an end in this step is sought right behind that. */
        c->voltage = c->value[VR_IN_VOLTAGE];
        c->soc = c->value[VR_IN_SOC];
        c->temperature = c->value[VR_IN_TEMPERATURE];
    }
    if (c->advance) {
        c->row++;
        c->entered = now;
        c->advance = c->has_previous = false;
        if (at_end(c)) {
            stop(c, STOP_PROCEDURE_DONE);
        }
    }
}

fmi3Status model_step(void *model, double now, double step, bool *early, double *reached) {
    Cycler *c = model;
    double v = c->value[VR_IN_VOLTAGE];
    if (!isfinite(v) || !isfinite(c->value[VR_IN_SOC]) || !isfinite(c->value[VR_IN_TEMPERATURE])) {
        return slave_fail(c, "The battery answers %g V, SoC %g, %g degC", v, c->value[VR_IN_SOC],
                c->value[VR_IN_TEMPERATURE]);
    }
    begin(c, now);
    double current = c->finished ? 0 : wanted_current(c);
    if (!c->finished) {
        int what = 0;
        double first = first_event(c, current, step, now, &what);
        if (first < 1 && step * first > SHORTEST / 2) {
            *early = true;
            *reached = now + fmax(step * first, SHORTEST / 2);
        } else if (first < 1 && step > SHORTEST) {
            *early = true;
            *reached = now + SHORTEST / 2;
        } else if (first <= 1 && what == -1) {
            c->advance = true;
        } else if (first <= 1) {
            stop(c, what);
        }
    }
    c->value[VR_OUT_CURRENT] = current;
    c->value[VR_OUT_AMBIENT] = c->value[VR_AMBIENT_SETPOINT];
    c->value[VR_TIME] = *reached;
    c->voltage = v;
    c->soc = c->value[VR_IN_SOC];
    c->temperature = c->value[VR_IN_TEMPERATURE];
    c->has_previous = true;
    if (c->advance && (c->row + 1 >= ROWS || c->matrix[c->row + 1][MODE] == MODE_END)) {
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
    if (vr == VR_PROCEDURE && room >= ROWS * COLUMNS) {
        memcpy(values, c->matrix, sizeof c->matrix);
        *used = ROWS * COLUMNS;
        return fmi3OK;
    }
    return slave_fail(c, "There is no Float64 with value reference %u, or too little room", vr);
}

fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used) {
    Cycler *c = model;
    bool settable = (vr >= VR_IN_VOLTAGE && vr <= VR_IN_TEMPERATURE) || (vr >= VR_MIN_VOLTAGE && vr < VR_SCALARS);
    if (settable && given >= 1) {
        c->value[vr] = *values;
        *used = 1;
        return fmi3OK;
    }
    if (vr == VR_PROCEDURE && given >= ROWS * COLUMNS) {
        memcpy(c->matrix, values, sizeof c->matrix);
        *used = ROWS * COLUMNS;
        return fmi3OK;
    }
    return slave_fail(c, "The Float64 with value reference %u cannot be set", vr);
}

fmi3Status model_get_int32(const void *model, fmi3ValueReference vr, int32_t *value) {
    const Cycler *c = model;
    if (vr != VR_STEP && vr != VR_STOP_REASON) {
        return slave_fail(c, "There is no Int32 with value reference %u", vr);
    }
    *value = vr == VR_STEP ? c->row + 1 : c->reason;
    return fmi3OK;
}

fmi3Status model_get_boolean(const void *model, fmi3ValueReference vr, bool *value) {
    const Cycler *c = model;
    if (vr != VR_FINISHED) {
        return slave_fail(c, "There is no Boolean with value reference %u", vr);
    }
    *value = c->finished;
    return fmi3OK;
}
