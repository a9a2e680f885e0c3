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
#include "fmi3.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const char MODEL_TOKEN[] = "{voltwin-cycler-1.1.0}";

enum { ROWS = 64, COLUMNS = 8, PROFILE_ROWS = 2048 };
/* Procedure */
enum { MODE, SETTING, VOLTAGE, MAX_TIME, UNTIL_VOLTAGE, UNTIL_CURRENT, UNTIL_SOC };
/* Procedure_Ends: NONE where there is none */
enum { UNTIL_WARMER, UNTIL_COLDER, UNTIL_CHARGE, UNTIL_ENERGY, AMBIENT, AMBIENT_RAMP, UNTIL_RATE, RATE };
enum { MODE_END, MODE_CURRENT, MODE_VOLTAGE, MODE_REST, MODE_POWER, MODE_LOOP, MODE_PROFILE, MODE_RESISTANCE };
enum { PROFILE_CURRENT, PROFILE_POWER, PROFILE_RATE };
enum { VR_TIME, VR_IN_VOLTAGE, VR_IN_SOC, VR_IN_TEMPERATURE, VR_OUT_CURRENT, VR_OUT_AMBIENT,
       VR_MIN_VOLTAGE, VR_MAX_VOLTAGE, VR_MAX_TEMPERATURE, VR_MAX_CURRENT, VR_AMBIENT_SETPOINT, VR_GAIN,
       VR_NOMINAL, VR_MIN_TEMPERATURE, VR_MIN_SOC, VR_MAX_SOC, VR_MAX_CHARGE, VR_MAX_ENERGY, VR_MAX_TIME,
       VR_MIN_CELL, VR_MAX_CELL, VR_IN_LOWEST, VR_IN_HIGHEST, VR_SCALARS,
       VR_PROCEDURE = 100, VR_ENDS, VR_PROFILE, VR_STEP = 110, VR_STOP_REASON, VR_CYCLE, VR_FINISHED = 120 };
enum { STOP_NONE, STOP_PROCEDURE_DONE, STOP_LOW_VOLTAGE, STOP_HIGH_VOLTAGE, STOP_HIGH_TEMPERATURE,
       STOP_LOW_TEMPERATURE, STOP_LOW_SOC, STOP_HIGH_SOC, STOP_CHARGE, STOP_ENERGY, STOP_TIME,
       STOP_LOW_CELL, STOP_HIGH_CELL };
enum { WHAT_ADVANCE = -1, WHAT_LAND = -2 }; /* other events are safety stops, by their number above */

typedef struct {
    Slave slave;
    double value[VR_SCALARS];
    double matrix[ROWS][COLUMNS];
    double ends[ROWS][COLUMNS];
    int passes[ROWS];                               /* of the loop in that row, so far */
    int row, cycle;
    int reason;
    bool finished, advance, has_previous;
    double started, entered;                        /* times at which the procedure and the row began */
    double voltage, soc, temperature;               /* at the end of the last accepted step */
    double lowest, highest;                         /* cell, the same */
    double charge, energy;                          /* As and J since the row began, signed */
    int profile_rows;
    double profile[PROFILE_ROWS][2];                /* s since the row began, value that holds from then; last: end */
} Cycler;

const size_t MODEL_SIZE = sizeof(Cycler);

size_t model_state_size(const void *model) {
    const Cycler *c = model;
    return offsetof(Cycler, profile) + (size_t)c->profile_rows * sizeof c->profile[0];
}

static const double NONE = -1e9;
static const double VOLTAGE_TOLERANCE = 1e-5;     /* V per 4 V; how far behind an end a step may end */
static const double SAFETY_MARGIN = 5e-4;         /* V; regulation and end tolerances stay inside it */
static const double CURRENT_TOLERANCE = 1e-5;     /* A */
static const double SOC_TOLERANCE = 1e-7;
static const double TEMPERATURE_TOLERANCE = 1e-3; /* K */
static const double RELATIVE_TOLERANCE = 1e-9;    /* of charge and energy, which are known exactly within a step */
static const double SHORTEST = 2e-6;              /* s; a jump cannot be located better */

static bool given(double value) { return value > -1e8; }

static int mode_of(const Cycler *c, int row) { return row >= ROWS ? MODE_END : (int)c->matrix[row][MODE]; }

static double clamp(double value, double limit) { return fmax(-limit, fmin(limit, value)); }

/* The row of the profile that holds at this time; ends of rows count to the row that begins there. */
static int profile_row(const Cycler *c, double since) {
    int low = 0, high = c->profile_rows - 1;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (c->profile[middle][0] <= since + 1e-9) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static double set_current(const Cycler *c) {
    double rate = c->ends[c->row][RATE];
    return given(rate) ? rate * c->value[VR_NOMINAL] : c->matrix[c->row][SETTING];
}

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

/* The row after this one, loops followed; counts their passes. */
static int following(const Cycler *c, int row, int passes[ROWS], int *cycle) {
    row++;
    while (mode_of(c, row) == MODE_LOOP) {
        if (++passes[row] < (int)c->matrix[row][VOLTAGE]) {
            ++*cycle;
            row = (int)c->matrix[row][SETTING] - 1;
        } else {
            passes[row] = 0; /* so that an outer loop begins it anew */
            row++;
        }
    }
    return row;
}

static bool ends_after(const Cycler *c) {
    int passes[ROWS], cycle = 0;
    memcpy(passes, c->passes, sizeof passes);
    return mode_of(c, following(c, c->row, passes, &cycle)) == MODE_END;
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

/* What is wrong with a row, or null. */
static const char *objection(const Cycler *c, int row) {
    const double *r = c->matrix[row];
    int mode = (int)r[MODE];
    if (mode < MODE_CURRENT || mode > MODE_RESISTANCE) {
        return "an unknown mode";
    }
    if (mode == MODE_LOOP) {
        return r[SETTING] >= 1 && r[SETTING] <= row && mode_of(c, (int)r[SETTING] - 1) != MODE_LOOP && r[VOLTAGE] >= 1
                ? NULL : "a loop that leads not to an earlier step, or less than one pass";
    }
    if (!(r[MAX_TIME] > 0)) {
        return "no longest time above 0 s";
    }
    if (mode == MODE_RESISTANCE && !(r[SETTING] > 0)) {
        return "a load resistance that is not above 0 Ohm";
    }
    if (mode == MODE_PROFILE && c->profile_rows < 2) {
        return "a profile, but Profile has less than two rows";
    }
    return NULL;
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

/* The same for what grows evenly within the step, so that the place is known exactly. */
static double reached(double before, double now, double limit) {
    double tolerance = RELATIVE_TOLERANCE * fmax(1, limit);
    if (now < limit - tolerance) {
        return 2;
    }
    return now <= limit + tolerance ? 1 : now > before ? fmax(0, (limit - before) / (now - before)) : 0;
}

static double at_time(double at, double now, double step) {
    double left = at - now;
    if (left > step * (1 + 1e-9)) { /* a step that ends at this time but for rounding ends at it */
        return 2;
    }
    return left >= step * (1 - 1e-9) ? 1 : fmax(0, left / step);
}

static void keep(double *first, int *what, double part, int candidate) {
    if (part < *first) {
        *first = part;
        *what = candidate;
    }
}

static double joules(const Cycler *c, double current, double step) {
    double before = c->has_previous ? c->voltage : c->value[VR_IN_VOLTAGE];
    return current * step * (before + c->value[VR_IN_VOLTAGE]) / 2;
}

/* Ends of the row itself. */
static void row_events(const Cycler *c, double current, double step, double now, double *first, int *what) {
    const double *row = c->matrix[c->row], *ends = c->ends[c->row];
    int mode = mode_of(c, c->row);
    double v = c->value[VR_IN_VOLTAGE], soc = c->value[VR_IN_SOC], t = c->value[VR_IN_TEMPERATURE];
    keep(first, what, at_time(c->entered + row[MAX_TIME], now, step), WHAT_ADVANCE);
    double direction = mode == MODE_REST ? 0 : current;
    double sign = direction > 0 ? 1 : -1;
    if (row[UNTIL_VOLTAGE] > 0 && direction != 0) {
        double tolerance = VOLTAGE_TOLERANCE * fmax(1, row[UNTIL_VOLTAGE] / 4);
        keep(first, what, passed(c->voltage, v, row[UNTIL_VOLTAGE], sign, tolerance), WHAT_ADVANCE);
    }
    if (row[UNTIL_SOC] >= 0 && direction != 0) {
        keep(first, what, passed(c->soc, soc, row[UNTIL_SOC], sign, SOC_TOLERANCE), WHAT_ADVANCE);
    }
    double until = given(ends[UNTIL_RATE]) ? fabs(ends[UNTIL_RATE]) * c->value[VR_NOMINAL] : row[UNTIL_CURRENT];
    if (mode == MODE_VOLTAGE && until > 0) {
        double before = c->has_previous ? fabs(c->value[VR_OUT_CURRENT]) : fabs(current);
        keep(first, what, passed(before, fabs(current), until, -1, CURRENT_TOLERANCE), WHAT_ADVANCE);
    }
    if (given(ends[UNTIL_WARMER])) {
        keep(first, what, passed(c->temperature, t, ends[UNTIL_WARMER], 1, TEMPERATURE_TOLERANCE), WHAT_ADVANCE);
    }
    if (given(ends[UNTIL_COLDER])) {
        keep(first, what, passed(c->temperature, t, ends[UNTIL_COLDER], -1, TEMPERATURE_TOLERANCE), WHAT_ADVANCE);
    }
    if (given(ends[UNTIL_CHARGE])) {
        double after = fabs(c->charge + current * step);
        keep(first, what, reached(fabs(c->charge), after, 3600 * ends[UNTIL_CHARGE]), WHAT_ADVANCE);
    }
    if (given(ends[UNTIL_ENERGY])) {
        double after = fabs(c->energy + joules(c, current, step));
        keep(first, what, reached(fabs(c->energy), after, 3600 * ends[UNTIL_ENERGY]), WHAT_ADVANCE);
    }
    if (mode == MODE_PROFILE) {
        int next = profile_row(c, now - c->entered) + 1;
        bool last = next == c->profile_rows - 1;
        keep(first, what, at_time(c->entered + c->profile[next][0], now, step), last ? WHAT_ADVANCE : WHAT_LAND);
    }
}

/* Limits of the unit under test. Low ones matter while it discharges, high ones while it charges. */
static void safety_events(const Cycler *c, double current, double step, double now, double *first, int *what) {
    const double *p = c->value;
    double v = p[VR_IN_VOLTAGE], soc = p[VR_IN_SOC], t = p[VR_IN_TEMPERATURE];
    double tolerance = VOLTAGE_TOLERANCE * fmax(1, p[VR_MAX_VOLTAGE] / 4);
    bool cells = given(p[VR_IN_LOWEST]) && given(p[VR_IN_HIGHEST]);
    if (current < 0) {
        keep(first, what, passed(c->voltage, v, p[VR_MIN_VOLTAGE] - SAFETY_MARGIN, -1, tolerance), STOP_LOW_VOLTAGE);
        keep(first, what, passed(c->soc, soc, p[VR_MIN_SOC], -1, SOC_TOLERANCE), STOP_LOW_SOC);
        if (cells) {
            keep(first, what, passed(c->lowest, p[VR_IN_LOWEST], p[VR_MIN_CELL] - SAFETY_MARGIN, -1,
                    VOLTAGE_TOLERANCE), STOP_LOW_CELL);
        }
    }
    if (current > 0) {
        keep(first, what, passed(c->voltage, v, p[VR_MAX_VOLTAGE] + SAFETY_MARGIN, 1, tolerance), STOP_HIGH_VOLTAGE);
        keep(first, what, passed(c->soc, soc, p[VR_MAX_SOC], 1, SOC_TOLERANCE), STOP_HIGH_SOC);
        if (cells) {
            keep(first, what, passed(c->highest, p[VR_IN_HIGHEST], p[VR_MAX_CELL] + SAFETY_MARGIN, 1,
                    VOLTAGE_TOLERANCE), STOP_HIGH_CELL);
        }
    }
    keep(first, what, passed(c->temperature, t, p[VR_MAX_TEMPERATURE], 1, TEMPERATURE_TOLERANCE),
            STOP_HIGH_TEMPERATURE);
    keep(first, what, passed(c->temperature, t, p[VR_MIN_TEMPERATURE], -1, TEMPERATURE_TOLERANCE),
            STOP_LOW_TEMPERATURE);
    keep(first, what, reached(fabs(c->charge), fabs(c->charge + current * step), 3600 * p[VR_MAX_CHARGE]), STOP_CHARGE);
    keep(first, what, reached(fabs(c->energy), fabs(c->energy + joules(c, current, step)), 3600 * p[VR_MAX_ENERGY]),
            STOP_ENERGY);
    keep(first, what, at_time(c->started + p[VR_MAX_TIME], now, step), STOP_TIME);
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
