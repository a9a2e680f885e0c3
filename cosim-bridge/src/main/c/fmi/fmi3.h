/* The part of the FMI 3.0 C interface (fmi-standard.org, version 3.0.2, section 2.2 and 4.2) that Voltwin's own models
 * need, declared from the standard's text. Names, order and types of arguments are those of the standard. */
#ifndef VOLTWIN_FMI3_H
#define VOLTWIN_FMI3_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FMI3_EXPORT __attribute__((visibility("default")))

typedef void *fmi3Instance;
typedef void *fmi3InstanceEnvironment;
typedef void *fmi3FMUState;
typedef uint32_t fmi3ValueReference;
typedef enum { fmi3OK, fmi3Warning, fmi3Discard, fmi3Error, fmi3Fatal } fmi3Status;
typedef void (*fmi3LogMessageCallback)(fmi3InstanceEnvironment, fmi3Status, const char *category, const char *message);

/* What a model provides to the common part below it (slave.c). */
typedef struct {
    fmi3InstanceEnvironment environment;
    fmi3LogMessageCallback log;
    bool logging_on;
    bool failed;
} Slave;

extern const char MODEL_TOKEN[];
extern const size_t MODEL_SIZE; /* of the model's struct, whose first member is a Slave; plain data, so a copy is a state */
void model_start_values(void *model);
fmi3Status model_get_float64(const void *model, fmi3ValueReference vr, double *values, size_t room, size_t *used);
fmi3Status model_set_float64(void *model, fmi3ValueReference vr, const double *values, size_t given, size_t *used);
fmi3Status model_initialise(void *model, double start);
fmi3Status model_step(void *model, double now, double step, bool *early, double *reached);
/* Those that slave.c has for models that do not define them: all of the struct is the state; no Int32, no Boolean. */
size_t model_state_size(const void *model); /* how much of the struct a state needs: what lies behind it is unused */
fmi3Status model_get_int32(const void *model, fmi3ValueReference vr, int32_t *value);
fmi3Status model_get_boolean(const void *model, fmi3ValueReference vr, bool *value);

fmi3Status slave_fail(const void *model, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
