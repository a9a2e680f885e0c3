/* An FMI 3.0 model for tests, with the functions declared from the standard's text (FMI 3.0.2, chapters 2 and 4). Arrays
 * of N values of every type: output reference = input reference + 100, and the output is the input. Calls in a phase
 * that the standard does not allow abort. Events: a counter goes up at every time event (each 0.25 s), at each tick of
 * the periodic clock 60 (0.1 s), of the countdown clock 61 (0.07 s after each time event) and of the triggered clock 62;
 * each time event ticks the output clock 63. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#define MOST 8
typedef void *Instance;
typedef uint32_t Reference;
typedef void (*Log)(void *, int, const char *, const char *);
typedef void (*Update)(void *, double, bool, bool, bool, bool, bool *, double *);
typedef struct {
    float f32[MOST]; double f64[MOST]; int8_t i8[MOST]; uint8_t u8[MOST]; int16_t i16[MOST]; uint16_t u16[MOST];
    int32_t i32[MOST]; uint32_t u32[MOST]; int64_t i64[MOST]; uint64_t u64[MOST]; bool flags[MOST];
    int64_t choice; char text[MOST][32]; uint8_t bytes[MOST][32]; size_t sizes[MOST];
    uint64_t n; double x, rate, time, next_event, countdown; int32_t time_events, periodic, counted, triggered, seen; bool ticked;
    int32_t discrete, taken_over; char phase;
} Data;
typedef struct { void *environment; Log log; Update update; bool events, early; Data d; } Model;

static void legal(const Model *m, const char *phases, const char *what) {
    if (!strchr(phases, m->d.phase)) {
        fprintf(stderr, "%s called in phase %c\n", what, m->d.phase);
        abort();
    }
}
static int fail(Model *m, const char *what, Reference vr) {
    char text[100];
    snprintf(text, sizeof text, "%s: reference %u", what, vr);
    m->log(m->environment, 3, "logStatusError", text);
    return 3;
}

EXPORT const char *fmi3GetVersion(void) { return "3.0"; }
EXPORT Instance fmi3InstantiateCoSimulation(const char *name, const char *token, const char *resources, bool visible,
        bool logging, bool events, bool early, const Reference required[], size_t n, void *environment, Log log, Update update) {
    (void)name; (void)resources; (void)visible; (void)logging; (void)required; (void)n;
    if (strcmp(token, "{third}") != 0) {
        log(environment, 3, "logStatusError", "wrong token");
        return NULL;
    }
    Model *m = calloc(1, sizeof *m);
    m->environment = environment; m->log = log; m->update = update; m->events = events; m->early = early;
    m->d.n = 2; m->d.rate = 1; m->d.phase = 'I'; m->d.next_event = 0.25; m->d.countdown = -1;
    return m;
}
EXPORT void fmi3FreeInstance(Instance i) { free(i); }
#define MODE(name, from, to) EXPORT int fmi3##name(Instance i) { \
    legal(i, from, #name); ((Model *)i)->d.phase = to; return 0; }
MODE(EnterConfigurationMode, "I", 'C')
MODE(ExitConfigurationMode, "C", 'I')
EXPORT int fmi3EnterInitializationMode(Instance i, bool t, double tolerance, double start, bool s, double stop) {
    (void)t; (void)tolerance; (void)s; (void)stop;
    legal(i, "I", "EnterInitializationMode");
    ((Model *)i)->d.time = start;
    ((Model *)i)->d.phase = 'M';
    return 0;
}
EXPORT int fmi3ExitInitializationMode(Instance i) {
    legal(i, "M", "ExitInitializationMode");
    ((Model *)i)->d.phase = ((Model *)i)->events ? 'E' : 'S';
    return 0;
}
MODE(EnterEventMode, "S", 'E')
MODE(EnterStepMode, "E", 'S')
MODE(Terminate, "SE", 'T')

#define ARRAY(name, type, field, vr_in) \
    EXPORT int fmi3Get##name(Instance i, const Reference vr[], size_t n, type v[], size_t nv) { \
        Model *m = i; \
        if (n != 1 || (vr[0] != vr_in && vr[0] != vr_in + 100) || nv != m->d.n) return other_get_##field(m, vr[0], v); \
        memcpy(v, m->d.field, nv * sizeof(type)); return 0; } \
    EXPORT int fmi3Set##name(Instance i, const Reference vr[], size_t n, const type v[], size_t nv) { \
        Model *m = i; \
        if (n != 1 || vr[0] != vr_in || nv != m->d.n) return other_set_##field(m, vr[0], v); \
        memcpy(m->d.field, v, nv * sizeof(type)); return 0; }
#define NONE(field, type) \
    static int other_get_##field(Model *m, Reference vr, type *v) { (void)v; return fail(m, "get " #field, vr); } \
    static int other_set_##field(Model *m, Reference vr, const type *v) { (void)v; return fail(m, "set " #field, vr); }
NONE(f32, float) NONE(i8, int8_t) NONE(u8, uint8_t) NONE(i16, int16_t) NONE(u16, uint16_t) NONE(u32, uint32_t) NONE(flags, bool)
static int other_get_f64(Model *m, Reference vr, double *v) {
    if (vr != 1) return fail(m, "get f64", vr);
    *v = m->d.x;
    return 0;
}
static int other_set_f64(Model *m, Reference vr, const double *v) {
    if (vr != 4) return fail(m, "set f64", vr);
    m->d.rate = *v;
    return 0;
}
static int other_get_i32(Model *m, Reference vr, int32_t *v) {
    const int32_t all[] = {m->d.time_events, m->d.periodic, m->d.counted, m->d.triggered, m->d.taken_over, m->d.discrete};
    if (vr < 50 || vr > 55) return fail(m, "get i32", vr);
    *v = all[vr - 50];
    return 0;
}
static int other_set_i32(Model *m, Reference vr, const int32_t *v) {
    if (vr != 55) return fail(m, "set i32", vr);
    if (m->d.phase == 'S') abort(); /* a discrete input may not be set in step mode */
    m->d.discrete = *v;
    return 0;
}
static int other_get_i64(Model *m, Reference vr, int64_t *v) { if (vr != 3) return fail(m, "get i64", vr); *v = m->d.choice; return 0; }
static int other_set_i64(Model *m, Reference vr, const int64_t *v) { if (vr != 3) return fail(m, "set i64", vr); m->d.choice = *v; return 0; }
static int other_get_u64(Model *m, Reference vr, uint64_t *v) { if (vr != 2) return fail(m, "get u64", vr); *v = m->d.n; return 0; }
static int other_set_u64(Model *m, Reference vr, const uint64_t *v) {
    legal(m, "C", "setting a structural parameter");
    if (vr != 2 || *v > MOST) return fail(m, "set u64", vr);
    m->d.n = *v;
    return 0;
}
ARRAY(Float32, float, f32, 10) ARRAY(Float64, double, f64, 11) ARRAY(Int8, int8_t, i8, 12) ARRAY(UInt8, uint8_t, u8, 13)
ARRAY(Int16, int16_t, i16, 14) ARRAY(UInt16, uint16_t, u16, 15) ARRAY(Int32, int32_t, i32, 16)
ARRAY(UInt32, uint32_t, u32, 17) ARRAY(Int64, int64_t, i64, 18) ARRAY(UInt64, uint64_t, u64, 19) ARRAY(Boolean, bool, flags, 20)
EXPORT int fmi3GetString(Instance i, const Reference vr[], size_t n, const char *v[], size_t nv) {
    (void)vr; (void)n;
    for (size_t k = 0; k < nv; k++) v[k] = ((Model *)i)->d.text[k];
    return 0;
}
EXPORT int fmi3SetString(Instance i, const Reference vr[], size_t n, const char *const v[], size_t nv) {
    (void)vr; (void)n;
    for (size_t k = 0; k < nv; k++) snprintf(((Model *)i)->d.text[k], 32, "%s", v[k]);
    return 0;
}
EXPORT int fmi3GetBinary(Instance i, const Reference vr[], size_t n, size_t sizes[], const uint8_t *v[], size_t nv) {
    (void)vr; (void)n;
    for (size_t k = 0; k < nv; k++) { sizes[k] = ((Model *)i)->d.sizes[k]; v[k] = ((Model *)i)->d.bytes[k]; }
    return 0;
}
EXPORT int fmi3SetBinary(Instance i, const Reference vr[], size_t n, const size_t sizes[], const uint8_t *const v[], size_t nv) {
    (void)vr; (void)n;
    for (size_t k = 0; k < nv; k++) { ((Model *)i)->d.sizes[k] = sizes[k]; memcpy(((Model *)i)->d.bytes[k], v[k], sizes[k]); }
    return 0;
}

EXPORT int fmi3SetClock(Instance i, const Reference vr[], size_t n, const bool v[]) {
    Model *m = i;
    legal(m, "E", "SetClock");
    for (size_t k = 0; k < n; k++) {
        if (!v[k]) return fail(m, "SetClock inactive", vr[k]);
        int32_t *count = vr[k] == 60 ? &m->d.periodic : vr[k] == 61 ? &m->d.counted : vr[k] == 62 ? &m->d.triggered : NULL;
        if (!count) return fail(m, "SetClock", vr[k]);
        if (vr[k] == 60 && fabs(m->d.time - 0.1 * (*count + 1)) > 1e-9) return fail(m, "SetClock at the wrong time", vr[k]);
        (*count)++;
    }
    return 0;
}
EXPORT int fmi3GetClock(Instance i, const Reference vr[], size_t n, bool v[]) {
    Model *m = i;
    legal(m, "E", "GetClock");
    for (size_t k = 0; k < n; k++) {
        if (vr[k] != 63) return fail(m, "GetClock", vr[k]);
        v[k] = m->d.ticked;
        m->d.ticked = false;
    }
    return 0;
}
EXPORT int fmi3GetIntervalDecimal(Instance i, const Reference vr[], size_t n, double v[], int qualifiers[]) {
    Model *m = i;
    if (n != 1 || vr[0] != 61) return fail(m, "GetIntervalDecimal", vr[0]);
    v[0] = m->d.countdown;
    qualifiers[0] = m->d.countdown < 0 ? 0 : 2;
    m->d.countdown = -1;
    return 0;
}
EXPORT int fmi3UpdateDiscreteStates(Instance i, bool *again, bool *terminate, bool *nominals, bool *values, bool *defined, double *next) {
    Model *m = i;
    legal(m, "E", "UpdateDiscreteStates");
    *again = *terminate = *nominals = *values = false;
    if (m->d.time >= m->d.next_event - 1e-12) {
        m->d.time_events++;
        m->d.next_event += 0.25;
        m->d.countdown = 0.07;
        m->d.ticked = true;
        *again = true;
    }
    m->d.taken_over = m->d.discrete;
    *defined = true;
    *next = m->d.next_event;
    return 0;
}
EXPORT int fmi3DoStep(Instance i, double now, double step, bool no_earlier, bool *event, bool *terminate, bool *early, double *last) {
    Model *m = i;
    (void)no_earlier;
    legal(m, "S", "DoStep");
    if (fabs(now - m->d.time) > 1e-9) return fail(m, "DoStep from another time", 0);
    if (m->events && now + step > m->d.next_event + 1e-9) return fail(m, "DoStep over a time event", 0);
    double end = now + step;
    if (m->update) { /* one internal step in the middle */
        bool wanted = false;
        double at = now + step / 2;
        m->update(m->environment, at, false, true, true, m->early, &wanted, &at);
        if (wanted) {
            end = at;
            *early = true;
        }
    }
    m->d.x += m->d.rate * (end - now);
    m->d.time = end;
    *event = false;
    *terminate = false;
    *last = end;
    return 0;
}
EXPORT int fmi3GetFMUState(Instance i, void **s) {
    if (!*s) *s = malloc(sizeof(Data));
    memcpy(*s, &((Model *)i)->d, sizeof(Data));
    return 0;
}
EXPORT int fmi3SetFMUState(Instance i, void *s) { memcpy(&((Model *)i)->d, s, sizeof(Data)); return 0; }
EXPORT int fmi3FreeFMUState(Instance i, void **s) { (void)i; free(*s); *s = NULL; return 0; }
EXPORT int fmi3SerializedFMUStateSize(Instance i, void *s, size_t *n) { (void)i; (void)s; *n = sizeof(Data); return 0; }
EXPORT int fmi3SerializeFMUState(Instance i, void *s, uint8_t b[], size_t n) { (void)i; memcpy(b, s, n); return 0; }
EXPORT int fmi3DeserializeFMUState(Instance i, const uint8_t b[], size_t n, void **s) {
    (void)i;
    *s = malloc(n);
    memcpy(*s, b, n);
    return 0;
}
EXPORT int fmi3GetDirectionalDerivative(Instance i, const Reference of[], size_t n, const Reference by[], size_t k,
        const double seed[], size_t ns, double answer[], size_t na) {
    (void)i; (void)of; (void)by;
    if (n != na || k != ns) return 3;
    for (size_t a = 0; a < n; a++) {
        answer[a] = 0;
        for (size_t b = 0; b < k; b++) answer[a] += (double)(a + 1) * seed[b];
    }
    return 0;
}
