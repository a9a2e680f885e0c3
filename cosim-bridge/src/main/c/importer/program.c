/* Runs a list of calls of FMI functions (CallProgram.java): what one communication step takes is so one call out of Java
 * instead of one for each value. Comes back before the end where Java has to look: an FMU that answers anything but OK,
 * returns early, wants to terminate or has logged, and calls that only Java can make. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

typedef int (*Access3)(void *instance, const uint32_t *references, size_t n, void *values, size_t n_values);
typedef int (*Access2)(void *instance, const uint32_t *references, size_t n, void *values);
typedef int (*Step3)(void *instance, double now, double step, bool no_earlier_state, bool *event, bool *terminate,
        bool *early, double *reached);
typedef int (*Step2)(void *instance, double now, double step, int no_earlier_state);
typedef int (*GetState)(void *instance, void **state);
typedef int (*SetState)(void *instance, void *state);

/* As in Instruction.java. The suffix is the version of FMI. */
enum { JAVA, GET3_FLOAT64, GET3_INT32, GET3_BOOLEAN, SET3_FLOAT64, GET2_REAL, GET2_INTEGER, GET2_BOOLEAN, SET2_REAL,
    STEP3, STEP2, SAVE, RESTORE };

typedef struct {
    bool event, terminate, early;
    double reached;
} Answers;

/* Java writes it, member by member (Instruction.java); 96 bytes. */
typedef struct {
    int32_t kind;
    int32_t status;      /* of the last call */
    uint32_t reference;
    int32_t count;       /* values of an array, or own steps within a step */
    void *function;
    void *instance;
    void *values;        /* doubles, or the pointer to a state */
    double factor;       /* of a value that was got */
    double offset;
    int64_t own_steps;   /* taken of a step that is not done yet */
    Answers *answers;
    const int64_t *pending; /* bytes that the FMU has logged and Java has not taken */
    int64_t nanoseconds; /* spent in steps that were timed */
    int64_t shortest;    /* of them; 0 before the first */
} Instruction;

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int get_int(const Instruction *i, bool third, bool truth) {
    int32_t whole = 0;
    int status = third ? ((Access3)i->function)(i->instance, &i->reference, 1, &whole, 1)
                       : ((Access2)i->function)(i->instance, &i->reference, 1, &whole);
    *(double *)i->values = i->factor * (truth ? whole != 0 : whole) + i->offset;
    return status;
}

static int get_bool(const Instruction *i) {
    uint8_t truth = 0;
    int status = ((Access3)i->function)(i->instance, &i->reference, 1, &truth, 1);
    *(double *)i->values = i->factor * (truth != 0) + i->offset;
    return status;
}

static inline void transform(const Instruction *i) {
    double *values = i->values;
    if (i->count == 1) { /* nearly always; the loop costs more than a small model */
        *values = i->factor * *values + i->offset;
        return;
    }
    for (int32_t at = 0; at < i->count; at++) {
        values[at] = i->factor * values[at] + i->offset;
    }
}

/* True when all own steps were taken and nothing is to be looked at. */
static bool step(Instruction *i, double now, double length) {
    double own = i->count == 1 ? length : length / i->count;
    for (; i->own_steps < i->count; i->own_steps++) {
        double begin = now + (double)i->own_steps * own;
        bool quiet = true;
        if (i->kind == STEP3) {
            Answers *a = i->answers;
            a->event = a->terminate = a->early = false;
            a->reached = begin + own;
            i->status = ((Step3)i->function)(i->instance, begin, own, false, &a->event, &a->terminate, &a->early, &a->reached);
            quiet = !a->early && !a->terminate;
        } else {
            i->status = ((Step2)i->function)(i->instance, begin, own, 1);
        }
        if (!quiet || i->status != 0 || *i->pending != 0) {
            return false;
        }
    }
    i->own_steps = 0;
    return true;
}

/* Runs instructions from `from` on; answers `to`, or the one that Java has to look at. */
__attribute__((visibility("default")))
int64_t voltwin_program_run(Instruction *program, int64_t from, int64_t to, double now, double length, int32_t timed) {
    for (int64_t at = from; at < to; at++) {
        Instruction *i = program + at;
        switch (i->kind) {
        case GET3_FLOAT64:
            i->status = ((Access3)i->function)(i->instance, &i->reference, 1, i->values, (size_t)i->count);
            transform(i);
            break;
        case SET3_FLOAT64:
            i->status = ((Access3)i->function)(i->instance, &i->reference, 1, i->values, (size_t)i->count);
            break;
        case GET2_REAL:
            i->status = ((Access2)i->function)(i->instance, &i->reference, 1, i->values);
            transform(i);
            break;
        case SET2_REAL:
            i->status = ((Access2)i->function)(i->instance, &i->reference, 1, i->values);
            break;
        case GET3_INT32: i->status = get_int(i, true, false); break;
        case GET3_BOOLEAN: i->status = get_bool(i); break;
        case GET2_INTEGER: i->status = get_int(i, false, false); break;
        case GET2_BOOLEAN: i->status = get_int(i, false, true); break;
        case STEP3:
        case STEP2: {
            int64_t began = timed ? nanoseconds() : 0;
            bool done = step(i, now, length);
            if (timed) {
                int64_t taken = nanoseconds() - began;
                i->nanoseconds += taken;
                i->shortest = i->shortest == 0 || taken < i->shortest ? taken : i->shortest;
            }
            if (!done) {
                return at;
            }
            break;
        }
        case SAVE:
            i->status = ((GetState)i->function)(i->instance, i->values);
            if (*i->pending != 0) {
                return at;
            }
            break;
        case RESTORE:
            i->status = ((SetState)i->function)(i->instance, *(void **)i->values);
            if (*i->pending != 0) {
                return at;
            }
            break;
        default:
            return at;
        }
        if (i->status != 0) {
            return at;
        }
    }
    return to;
}
