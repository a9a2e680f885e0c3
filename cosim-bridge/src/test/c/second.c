/* An FMI 2.0 model for tests, with the functions declared from the standard's text (FMI 2.0.4, chapters 2 and 4):
 * dx/dt = gain * u, stepped exactly for an input that is held or has a slope, and echoes of the other types. Mode 1: discards steps at t >= 5
 * half-way; 2: asks to end at t >= 5; 3: logs a long formatted message in each step; 4: answers an error at t >= 5;
 * 5: aborts when terminated or freed; 6: hangs when u is read. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
typedef void *Component;
typedef unsigned Reference;
typedef void (*Logger)(void *, const char *, int, const char *, const char *, ...);
typedef struct {
    Logger logger;
    void *(*allocate)(size_t, size_t);
    void (*release)(void *);
    void (*step_finished)(void *, int);
    void *environment;
} Callbacks;
typedef struct { double u, x, gain, slope, rises; int whole, flag, choice, mode; char text[64]; } Data;
typedef struct { const Callbacks *callbacks; char name[64]; Data d; double last; int ended; char phase; } Model;

static int fail(Model *m, const char *what) {
    m->phase = 'E';
    m->callbacks->logger(m->callbacks->environment, m->name, 3, "logStatusError", "%s refused, %d %% sure", what, 100);
    return 3;
}

EXPORT const char *fmi2GetVersion(void) { return "2.0"; }
EXPORT const char *fmi2GetTypesPlatform(void) { return "default"; }
EXPORT Component fmi2Instantiate(const char *name, int type, const char *guid, const char *resources,
        const Callbacks *callbacks, int visible, int logging) {
    (void)visible; (void)logging;
    if (type != 1 || strcmp(guid, "{second}") != 0 || strncmp(resources, "file:///", 8) != 0) {
        callbacks->logger(callbacks->environment, name, 3, "logStatusError", "not for me: %s, %s", guid, resources);
        return NULL;
    }
    Model *m = callbacks->allocate(1, sizeof *m);
    m->callbacks = callbacks;
    m->d.gain = 2;
    strcpy(m->d.text, "text of the model");
    snprintf(m->name, sizeof m->name, "%s", name);
    m->phase = 'I';
    return m;
}
EXPORT void fmi2FreeInstance(Component c) {
    Model *m = c;
    if (m->d.mode == 5 && m->phase != 'E' && m->phase != 'T') abort();
    m->callbacks->release(m);
}
EXPORT int fmi2SetupExperiment(Component c, int has_tolerance, double tolerance, double start, int has_stop, double stop) {
    (void)has_tolerance; (void)tolerance; (void)has_stop; (void)stop;
    ((Model *)c)->last = start;
    return 0;
}
EXPORT int fmi2EnterInitializationMode(Component c) { ((Model *)c)->phase = 'M'; return 0; }
EXPORT int fmi2ExitInitializationMode(Component c) { ((Model *)c)->phase = 'S'; return 0; }
EXPORT int fmi2Terminate(Component c) {
    Model *m = c;
    if (m->phase != 'S') abort(); /* legal in step mode only */
    m->phase = 'T';
    return 0;
}
static double *real(Model *m, Reference vr) { return vr == 0 ? &m->d.u : vr == 1 ? &m->d.x : vr == 2 ? &m->d.gain : NULL; }
static int *integer(Model *m, Reference vr) { return vr == 0 ? &m->d.whole : vr == 1 ? &m->d.choice : vr == 2 ? &m->d.mode : NULL; }
#define ACCESS(name, type, find) \
    EXPORT int fmi2Get##name(Component c, const Reference vr[], size_t n, type v[]) { \
        for (size_t i = 0; i < n; i++) { if (!find(c, vr[i])) return fail(c, "fmi2Get" #name); v[i] = *find(c, vr[i]); } \
        return 0; } \
    EXPORT int fmi2Set##name(Component c, const Reference vr[], size_t n, const type v[]) { \
        for (size_t i = 0; i < n; i++) { if (!find(c, vr[i])) return fail(c, "fmi2Set" #name); *find(c, vr[i]) = v[i]; } \
        return 0; }
ACCESS(Real, double, real)
ACCESS(Integer, int, integer)
static int *boolean(Model *m, Reference vr) { return vr == 0 ? &m->d.flag : NULL; }
ACCESS(Boolean, int, boolean)
EXPORT int fmi2GetString(Component c, const Reference vr[], size_t n, const char *v[]) {
    (void)vr; (void)n;
    v[0] = ((Model *)c)->d.text;
    return 0;
}
EXPORT int fmi2SetString(Component c, const Reference vr[], size_t n, const char *const v[]) {
    (void)vr; (void)n;
    snprintf(((Model *)c)->d.text, 64, "%s", v[0]);
    return 0;
}
EXPORT int fmi2DoStep(Component c, double now, double step, int no_earlier_state) {
    (void)no_earlier_state;
    Model *m = c;
    int late = now + step > 5;
    if (m->d.mode == 4 && late) return fail(m, "fmi2DoStep");
    double taken = late && m->d.mode == 1 && step > 0.3 ? step / 2 : step;
    if (m->d.mode == 3) {
        m->callbacks->logger(m->callbacks->environment, m->name, 0, "logAll", "%0*d at %g s, %s", 6000, 7, now, "said");
    }
    m->ended = m->d.mode == 2 && late;
    m->d.x += m->d.gain * (m->d.u + m->d.slope * taken / 2) * taken;
    m->d.rises = m->d.gain * (m->d.u + m->d.slope * taken);
    m->last = now + taken;
    return taken < step || m->ended ? 2 : 0;
}
EXPORT int fmi2SetRealInputDerivatives(Component c, const Reference vr[], size_t n, const int order[], const double v[]) {
    if (n != 1 || vr[0] != 0 || order[0] != 1) return fail(c, "fmi2SetRealInputDerivatives");
    ((Model *)c)->d.slope = v[0];
    return 0;
}
EXPORT int fmi2GetRealOutputDerivatives(Component c, const Reference vr[], size_t n, const int order[], double v[]) {
    if (n != 1 || vr[0] != 1 || order[0] != 1) return fail(c, "fmi2GetRealOutputDerivatives");
    v[0] = ((Model *)c)->d.rises;
    return 0;
}
EXPORT int fmi2GetRealStatus(Component c, int kind, double *v) { *v = ((Model *)c)->last; return kind == 2 ? 0 : 2; }
EXPORT int fmi2GetBooleanStatus(Component c, int kind, int *v) { *v = ((Model *)c)->ended; return kind == 3 ? 0 : 2; }
EXPORT int fmi2GetFMUstate(Component c, void **s) {
    if (!*s) *s = malloc(sizeof(Data));
    memcpy(*s, &((Model *)c)->d, sizeof(Data));
    return 0;
}
EXPORT int fmi2SetFMUstate(Component c, void *s) { memcpy(&((Model *)c)->d, s, sizeof(Data)); return 0; }
EXPORT int fmi2FreeFMUstate(Component c, void **s) { (void)c; free(*s); *s = NULL; return 0; }
EXPORT int fmi2SerializedFMUstateSize(Component c, void *s, size_t *n) { (void)c; (void)s; *n = sizeof(Data); return 0; }
EXPORT int fmi2SerializeFMUstate(Component c, void *s, char b[], size_t n) { (void)c; memcpy(b, s, n); return 0; }
EXPORT int fmi2DeSerializeFMUstate(Component c, const char b[], size_t n, void **s) {
    (void)c;
    if (n != sizeof(Data)) return 3;
    *s = malloc(n);
    memcpy(*s, b, n);
    return 0;
}
EXPORT int fmi2GetDirectionalDerivative(Component c, const Reference of[], size_t n, const Reference by[], size_t k,
        const double seed[], double answer[]) {
    /* the derivative dx/dt, not x, depends on u at once; for the test x stands for it */
    for (size_t i = 0; i < n; i++) {
        answer[i] = 0;
        for (size_t j = 0; j < k; j++) answer[i] += of[i] == 1 && by[j] == 0 ? ((Model *)c)->d.gain * seed[j] : 0;
    }
    return 0;
}
