/* What ends a step of the cycler's procedure, and what ends the whole: when within a communication step it happens. */
#ifndef VOLTWIN_CYCLER_EVENTS_H
#define VOLTWIN_CYCLER_EVENTS_H

#include "procedure.h"

#include <math.h>

static const double VOLTAGE_TOLERANCE = 1e-5;     /* V per 4 V; how far behind an end a step may end */
static const double SAFETY_MARGIN = 5e-4;         /* V; regulation and end tolerances stay inside it */
static const double CURRENT_TOLERANCE = 1e-5;     /* A */
static const double SOC_TOLERANCE = 1e-7;
static const double TEMPERATURE_TOLERANCE = 1e-3; /* K */
static const double RELATIVE_TOLERANCE = 1e-9;    /* of charge and energy, which are known exactly within a step */
static const double SHORTEST = 2e-6;              /* s; a jump cannot be located better */

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

#endif
