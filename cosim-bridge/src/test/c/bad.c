/* A model for tests: misbehaves in its step at t >= 5 s as Mode says. 0 well, 1 abort, 2 endless loop, 3 prints, 4 error,
 * 5 takes a tenth of a second, 6 endless loop when its output is read. */
#include "fmi3.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
const char MODEL_TOKEN[] = "{bad}";
typedef struct { Slave slave; double mode, soc; } Bad;
const size_t MODEL_SIZE = sizeof(Bad);
void model_start_values(void *m) { (void)m; }
fmi3Status model_initialise(void *m, double t) { (void)t; ((Bad *)m)->soc = 0; return fmi3OK; }
fmi3Status model_step(void *m, double now, double step, bool *early, double *reached) {
    Bad *b = m;
    (void)early;
    b->soc = (now + step) / 100;
    *reached = now + step;
    if (now >= 5) {
        switch ((int)b->mode) {
            case 1: slave_fail(b, "about to crash"); abort();
            case 2: for (volatile int go = 1; go;) {} break;
            case 3: printf("R 0 1 0 0 noise on standard output\n"); fflush(stdout); break;
            case 5: nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL); break;
            case 4: return slave_fail(b, "the test's own error");
        }
    }
    return fmi3OK;
}
fmi3Status model_get_float64(const void *m, fmi3ValueReference vr, double *v, size_t room, size_t *used) {
    if (vr == 2 && ((const Bad *)m)->mode == 6) {
        slave_fail(m, "about to hang");
        for (volatile int go = 1; go;) {}
    }
    (void)room; *used = 1; *v = vr == 1 ? ((const Bad *)m)->mode : ((const Bad *)m)->soc; return fmi3OK;
}
fmi3Status model_set_float64(void *m, fmi3ValueReference vr, const double *v, size_t given, size_t *used) {
    (void)given; (void)vr; *used = 1; ((Bad *)m)->mode = *v; return fmi3OK;
}
fmi3Status model_get_int32(const void *m, fmi3ValueReference vr, int32_t *v) { (void)m; (void)vr; (void)v; return fmi3Error; }
fmi3Status model_get_boolean(const void *m, fmi3ValueReference vr, bool *v) { (void)m; (void)vr; (void)v; return fmi3Error; }
