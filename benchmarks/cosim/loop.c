/* The plain C loop that Voltwin is compared with: the same shared library, Jacobi, no recording. In processor time, which
 * other programs on the machine change less than the clock on the wall. */
#include "fmi3.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
typedef fmi3Instance (*Instantiate)(const char *, const char *, const char *, bool, bool, bool, bool,
        const fmi3ValueReference *, size_t, fmi3InstanceEnvironment, fmi3LogMessageCallback, void *);
typedef fmi3Status (*Enter)(fmi3Instance, bool, double, double, bool, double);
typedef fmi3Status (*Plain)(fmi3Instance);
typedef fmi3Status (*Get)(fmi3Instance, const fmi3ValueReference *, size_t, double *, size_t);
typedef fmi3Status (*Set)(fmi3Instance, const fmi3ValueReference *, size_t, const double *, size_t);
typedef fmi3Status (*Step)(fmi3Instance, double, double, bool, bool *, bool *, bool *, double *);
int main(int n, char **arguments) {
    if (n != 3) return 2;
    void *library = dlopen(arguments[1], RTLD_NOW);
    long steps = atol(arguments[2]);
    if (!library) { fprintf(stderr, "%s\n", dlerror()); return 1; }
    Instantiate instantiate = (Instantiate)dlsym(library, "fmi3InstantiateCoSimulation");
    Enter enter = (Enter)dlsym(library, "fmi3EnterInitializationMode");
    Plain leave = (Plain)dlsym(library, "fmi3ExitInitializationMode");
    Get get = (Get)dlsym(library, "fmi3GetFloat64");
    Set set = (Set)dlsym(library, "fmi3SetFloat64");
    Step step = (Step)dlsym(library, "fmi3DoStep");
    fmi3Instance a[2];
    const fmi3ValueReference input = 0, output = 1, gain = 2;
    double start[2] = {1, 0}, k[2] = {1, -4}, h = 1e-4, y[2];
    for (int i = 0; i < 2; i++) {
        a[i] = instantiate("a", "benchmark", "", false, false, false, false, NULL, 0, NULL, NULL, NULL);
        if (!a[i]) return 1;
        set(a[i], &output, 1, &start[i], 1);
        set(a[i], &gain, 1, &k[i], 1);
        enter(a[i], false, 0, 0, false, 0);
        leave(a[i]);
    }
    struct timespec t0, t1;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t0);
    for (long s = 0; s < steps; s++) {
        bool event, terminate, early;
        double reached;
        get(a[0], &output, 1, &y[0], 1);
        get(a[1], &output, 1, &y[1], 1);
        set(a[0], &input, 1, &y[1], 1);
        set(a[1], &input, 1, &y[0], 1);
        for (int i = 0; i < 2; i++) {
            if (step(a[i], s * h, h, false, &event, &terminate, &early, &reached) != fmi3OK) return 1;
        }
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t1);
    get(a[0], &output, 1, &y[0], 1);
    printf("%.0f %.17g\n", steps / (t1.tv_sec - t0.tv_sec + 1e-9 * (t1.tv_nsec - t0.tv_nsec)), y[0]);
    return 0;
}
