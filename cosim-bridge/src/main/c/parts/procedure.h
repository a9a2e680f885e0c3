/* The cycler's procedure: a matrix of steps, where it stands, and which step follows. */
#ifndef VOLTWIN_PROCEDURE_H
#define VOLTWIN_PROCEDURE_H

#include "fmi3.h"

#include <stdbool.h>
#include <string.h>

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

static const double NONE = -1e9;

static bool given(double value) { return value > -1e8; }

static int mode_of(const Cycler *c, int row) { return row >= ROWS ? MODE_END : (int)c->matrix[row][MODE]; }

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

#endif
