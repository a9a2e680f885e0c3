/* x' = k u, solved exactly for a held input: two of them, k = 1 and k = -4, are an oscillator of 2 rad/s. */
#include "fmi3.h"
typedef struct { Slave slave; double u, x, k; } Model;
const char MODEL_TOKEN[] = "benchmark";
const size_t MODEL_SIZE = sizeof(Model);
void model_start_values(void *m) { ((Model *)m)->k = 1; }
fmi3Status model_initialise(void *m, double start) { (void)m; (void)start; return fmi3OK; }
static double *at(const void *m, fmi3ValueReference vr) {
    Model *model = (Model *)m;
    return vr == 0 ? &model->u : vr == 1 ? &model->x : vr == 2 ? &model->k : NULL;
}
fmi3Status model_get_float64(const void *m, fmi3ValueReference vr, double *v, size_t room, size_t *used) {
    if (!at(m, vr) || room < 1) return fmi3Error;
    *v = *at(m, vr);
    *used = 1;
    return fmi3OK;
}
fmi3Status model_set_float64(void *m, fmi3ValueReference vr, const double *v, size_t given, size_t *used) {
    if (!at(m, vr) || given < 1) return fmi3Error;
    *at(m, vr) = *v;
    *used = 1;
    return fmi3OK;
}
fmi3Status model_get_int32(const void *m, fmi3ValueReference vr, int32_t *v) { (void)m; (void)vr; (void)v; return fmi3Error; }
fmi3Status model_get_boolean(const void *m, fmi3ValueReference vr, bool *v) { (void)m; (void)vr; (void)v; return fmi3Error; }
fmi3Status model_step(void *m, double now, double step, bool *early, double *reached) {
    (void)now; (void)early; (void)reached;
    Model *model = m;
    model->x += model->k * model->u * step;
    return fmi3OK;
}
