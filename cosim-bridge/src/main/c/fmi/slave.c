/* The FMI 3.0 co-simulation functions that are the same for all of Voltwin's models. A model is plain data, so its
 * state is a copy of it. Functions the models do not support answer fmi3Error, as the standard demands of them. */
#include "fmi3.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fmi3Status slave_fail(const void *model, const char *format, ...) {
    const Slave *slave = model;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (slave->log) {
        slave->log(slave->environment, fmi3Error, "logStatusError", text);
    }
    return fmi3Error;
}

FMI3_EXPORT const char *fmi3GetVersion(void) { return "3.0"; }

FMI3_EXPORT fmi3Status fmi3SetDebugLogging(fmi3Instance instance, bool on, size_t n, const char *const categories[]) {
    (void)n;
    (void)categories;
    ((Slave *)instance)->logging_on = on;
    return fmi3OK;
}

FMI3_EXPORT fmi3Instance fmi3InstantiateCoSimulation(const char *name, const char *token, const char *resources,
        bool visible, bool logging_on, bool event_mode, bool early_return,
        const fmi3ValueReference intermediate[], size_t n_intermediate, fmi3InstanceEnvironment environment,
        fmi3LogMessageCallback log, void *intermediate_update) {
    (void)name; (void)resources; (void)visible; (void)event_mode; (void)early_return;
    (void)intermediate; (void)n_intermediate; (void)intermediate_update;
    if (!token || strcmp(token, MODEL_TOKEN) != 0) {
        if (log) {
            log(environment, fmi3Error, "logStatusError", "The instantiation token is not this model's.");
        }
        return NULL;
    }
    Slave *slave = calloc(1, MODEL_SIZE);
    if (slave) {
        slave->environment = environment;
        slave->log = log;
        slave->logging_on = logging_on;
        model_start_values(slave);
    }
    return slave;
}

FMI3_EXPORT void fmi3FreeInstance(fmi3Instance instance) { free(instance); }

FMI3_EXPORT fmi3Status fmi3EnterInitializationMode(fmi3Instance instance, bool tolerance_defined, double tolerance,
        double start, bool stop_defined, double stop) {
    (void)tolerance_defined; (void)tolerance; (void)stop_defined; (void)stop;
    return model_initialise(instance, start);
}

FMI3_EXPORT fmi3Status fmi3ExitInitializationMode(fmi3Instance instance) { (void)instance; return fmi3OK; }
FMI3_EXPORT fmi3Status fmi3Terminate(fmi3Instance instance) { (void)instance; return fmi3OK; }

FMI3_EXPORT fmi3Status fmi3Reset(fmi3Instance instance) {
    Slave kept = *(Slave *)instance;
    memset(instance, 0, MODEL_SIZE);
    *(Slave *)instance = kept;
    model_start_values(instance);
    return fmi3OK;
}

/* Values of scalars and arrays one after the other; `word` is for the message when they are too many or too few. */
#define FLOAT64(name, qualifier, move, word) \
    FMI3_EXPORT fmi3Status name(fmi3Instance instance, const fmi3ValueReference vr[], size_t n, \
            qualifier double values[], size_t n_values) { \
        size_t at = 0; \
        for (size_t i = 0; i < n; i++) { \
            size_t used = 0; \
            fmi3Status status = move(instance, vr[i], values + at, n_values - at, &used); \
            if (status != fmi3OK) { \
                return status; \
            } \
            at += used; \
        } \
        return at == n_values ? fmi3OK : slave_fail(instance, #name ": %zu values fit, %zu " word, at, n_values); \
    }
FLOAT64(fmi3GetFloat64, , model_get_float64, "asked")
FLOAT64(fmi3SetFloat64, const, model_set_float64, "given")

#define SCALARS(name, type, get) \
    FMI3_EXPORT fmi3Status name(fmi3Instance instance, const fmi3ValueReference vr[], size_t n, type values[], \
            size_t n_values) { \
        for (size_t i = 0; i < n && i < n_values; i++) { \
            if (get(instance, vr[i], values + i) != fmi3OK) { \
                return fmi3Error; \
            } \
        } \
        return n == n_values ? fmi3OK : fmi3Error; \
    }
SCALARS(fmi3GetInt32, int32_t, model_get_int32)
SCALARS(fmi3GetBoolean, bool, model_get_boolean)

/* Most models have neither. */
__attribute__((weak)) fmi3Status model_get_int32(const void *model, fmi3ValueReference vr, int32_t *value) {
    (void)value;
    return slave_fail(model, "There is no Int32 with value reference %u", vr);
}

__attribute__((weak)) fmi3Status model_get_boolean(const void *model, fmi3ValueReference vr, bool *value) {
    (void)value;
    return slave_fail(model, "There is no Boolean with value reference %u", vr);
}

FMI3_EXPORT fmi3Status fmi3DoStep(fmi3Instance instance, double now, double step, bool no_earlier_state,
        bool *event_handling_needed, bool *terminate, bool *early_return, double *last_successful) {
    (void)no_earlier_state;
    *event_handling_needed = false;
    *terminate = false;
    *early_return = false;
    *last_successful = now + step;
    return model_step(instance, now, step, early_return, last_successful);
}

/* A model whose struct ends with much that is seldom used says how little a state needs. */
__attribute__((weak)) size_t model_state_size(const void *model) {
    (void)model;
    return MODEL_SIZE;
}

/* A state: its size, then the model behind its Slave, which belongs to the instance and not to the state. */
typedef struct {
    size_t size;
    char bytes[];
} State;

static size_t needed(const void *instance) { return sizeof(State) + model_state_size(instance) - sizeof(Slave); }

static void keep(const void *instance, State *state) {
    state->size = needed(instance);
    memcpy(state->bytes, (const char *)instance + sizeof(Slave), state->size - sizeof(State));
}

FMI3_EXPORT fmi3Status fmi3GetFMUState(fmi3Instance instance, fmi3FMUState *state) {
    if (!*state || ((State *)*state)->size < needed(instance)) {
        free(*state);
        if (!(*state = malloc(needed(instance)))) {
            return slave_fail(instance, "fmi3GetFMUState: no memory");
        }
    }
    keep(instance, *state);
    return fmi3OK;
}

FMI3_EXPORT fmi3Status fmi3SetFMUState(fmi3Instance instance, fmi3FMUState state) {
    if (!state) {
        return slave_fail(instance, "fmi3SetFMUState: no state");
    }
    const State *kept = state;
    memcpy((char *)instance + sizeof(Slave), kept->bytes, kept->size - sizeof(State));
    return fmi3OK;
}

FMI3_EXPORT fmi3Status fmi3FreeFMUState(fmi3Instance instance, fmi3FMUState *state) {
    (void)instance;
    free(*state);
    *state = NULL;
    return fmi3OK;
}

FMI3_EXPORT fmi3Status fmi3SerializedFMUStateSize(fmi3Instance instance, fmi3FMUState state, size_t *size) {
    if (!state) {
        return slave_fail(instance, "fmi3SerializedFMUStateSize: no state");
    }
    *size = ((const State *)state)->size;
    return fmi3OK;
}

FMI3_EXPORT fmi3Status fmi3SerializeFMUState(fmi3Instance instance, fmi3FMUState state, uint8_t bytes[], size_t size) {
    if (!state || size < ((const State *)state)->size) {
        return slave_fail(instance, "fmi3SerializeFMUState: no state, or too little room (%zu bytes)", size);
    }
    memcpy(bytes, state, ((const State *)state)->size);
    return fmi3OK;
}

/* Bytes of this very binary on a machine of the same kind; anything else is refused by its size. */
FMI3_EXPORT fmi3Status fmi3DeserializeFMUState(fmi3Instance instance, const uint8_t bytes[], size_t size,
        fmi3FMUState *state) {
    size_t said = 0;
    if (size >= sizeof(State)) {
        memcpy(&said, bytes, sizeof said);
    }
    if (said < sizeof(State) || said > size || said > sizeof(State) + MODEL_SIZE - sizeof(Slave)) {
        return slave_fail(instance, "fmi3DeserializeFMUState: %zu bytes are no state of this model", size);
    }
    free(*state);
    if (!(*state = malloc(said))) {
        return slave_fail(instance, "fmi3DeserializeFMUState: no memory");
    }
    memcpy(*state, bytes, said);
    return fmi3OK;
}

/* The rest of the interface. C callers pass arguments in registers, so an empty list is enough to refuse. */
#define REFUSED(name) FMI3_EXPORT fmi3Status name(void) { return fmi3Error; }
#define REFUSED_PAIR(type) REFUSED(fmi3Get##type) REFUSED(fmi3Set##type)
FMI3_EXPORT fmi3Instance fmi3InstantiateModelExchange(void) { return NULL; }
FMI3_EXPORT fmi3Instance fmi3InstantiateScheduledExecution(void) { return NULL; }
REFUSED_PAIR(Float32) REFUSED_PAIR(Int8) REFUSED_PAIR(UInt8) REFUSED_PAIR(Int16) REFUSED_PAIR(UInt16)
REFUSED_PAIR(UInt32) REFUSED_PAIR(Int64) REFUSED_PAIR(UInt64) REFUSED_PAIR(String) REFUSED_PAIR(Binary)
REFUSED_PAIR(Clock)
REFUSED(fmi3SetInt32) REFUSED(fmi3SetBoolean)
REFUSED(fmi3EnterEventMode) REFUSED(fmi3UpdateDiscreteStates) REFUSED(fmi3EnterStepMode)
REFUSED(fmi3EnterConfigurationMode) REFUSED(fmi3ExitConfigurationMode)
REFUSED(fmi3GetNumberOfVariableDependencies) REFUSED(fmi3GetVariableDependencies)
REFUSED(fmi3GetDirectionalDerivative) REFUSED(fmi3GetAdjointDerivative) REFUSED(fmi3GetOutputDerivatives)
REFUSED(fmi3GetIntervalDecimal) REFUSED(fmi3GetIntervalFraction) REFUSED(fmi3GetShiftDecimal)
REFUSED(fmi3GetShiftFraction) REFUSED(fmi3SetIntervalDecimal) REFUSED(fmi3SetIntervalFraction)
REFUSED(fmi3SetShiftDecimal) REFUSED(fmi3SetShiftFraction) REFUSED(fmi3EvaluateDiscreteStates)
REFUSED(fmi3EnterContinuousTimeMode) REFUSED(fmi3CompletedIntegratorStep) REFUSED(fmi3SetTime)
REFUSED(fmi3SetContinuousStates) REFUSED(fmi3GetContinuousStateDerivatives) REFUSED(fmi3GetEventIndicators)
REFUSED(fmi3GetContinuousStates) REFUSED(fmi3GetNominalsOfContinuousStates)
REFUSED(fmi3GetNumberOfEventIndicators) REFUSED(fmi3GetNumberOfContinuousStates) REFUSED(fmi3ActivateModelPartition)
