/* A model for tests: does harm in its step at t >= 2 s as Mode says, or when it is initialised, as -Mode says.
   1 writes to address 0, 2 aborts, 3 endless loop, 4 allocates without end, 5 prints without end, 6 closes all files,
   7 forks without end, 8 exit(0), 9 writes protocol lines to all files, 10 runs a program, 11 opens a connection,
   12 reads a secret, 13 writes outside of its folder, 14 kills its parent, 15 endless recursion, 16 threads without end,
   17 writes a line without end to all files, 20 does 7 and 10 to 14. It says in its log what it got away with. */
#define _GNU_SOURCE
#include "fmi3.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#pragma GCC diagnostic ignored "-Winfinite-recursion"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
const char MODEL_TOKEN[] = "{hostile}";
typedef struct { Slave slave; double mode, soc; } Hostile;
const size_t MODEL_SIZE = sizeof(Hostile);
static void say(const char *what, int worked) { fprintf(stderr, "hostile: %s %s\n", what, worked ? "worked" : "was refused"); }
static int deeper(volatile int n) { volatile char room[4096]; room[0] = (char)n; return deeper(n + 1) + room[0]; }
static void *idle(void *p) { for (;;) sleep(1000); return p; }
static void harm(int mode) {
    static char line[1 << 16];
    fprintf(stderr, "hostile: doing %d\n", mode);
    switch (mode) {
        case 20: harm(7); for (int i = 10; i <= 14; i++) harm(i); break;
        case 1: *(volatile int *)0 = 1; break;
        case 2: abort();
        case 3: for (volatile int go = 1; go;) {} break;
        case 4: for (;;) { char *p = malloc(16 << 20); if (p) memset(p, 1, 16 << 20); } break;
        case 5: for (int i = 0; i < 3000000; i++) printf("R 0 1 0 0 noise on standard output, line %d\n", i); break;
        case 6: for (int i = 0; i < 1024; i++) close(i); break;
        case 7: for (int i = 0; i < 1000; i++) { pid_t p = fork(); if (p == 0) { for (;;) sleep(1000); } if (i == 0) say("fork", p > 0); if (p < 0) break; } break;
        case 8: exit(0);
        case 9: for (int i = 0; i < 64; i++) { dprintf(i, "R x y z\nS {\nD {\"rows\":\"many\"}\n"); } break;
        case 10: say("system", system("true") == 0); break;
        case 11: { int s = socket(AF_INET, SOCK_STREAM, 0); say("socket", s >= 0); break; }
        case 12: { const char *f = getenv("HOSTILE_SECRET"); FILE *s = fopen("/etc/shadow", "r"); say("secret of the environment", f != NULL); say("secret file", s != NULL); break; }
        case 13: { FILE *f = fopen("/usr/hostile", "w"); say("file outside", f != NULL); if (f) { fclose(f); unlink("/usr/hostile"); } f = fopen("inside", "w"); say("file inside", f != NULL); break; }
        case 14: say("kill", kill(getppid(), SIGKILL) == 0); break;
        case 15: deeper(0); break;
        case 16: { int n = 0; pthread_t t; while (n < 100000 && pthread_create(&t, NULL, idle, NULL) == 0) n++; say("100000 threads", n == 100000); break; }
        case 17: memset(line, 'x', sizeof line); for (int k = 0; k < 1024; k++) for (int i = 3; i < 16; i++) if (write(i, line, sizeof line) < 0) continue; break;
    }
}
void model_start_values(void *m) { ((Hostile *)m)->mode = START_MODE; }
fmi3Status model_initialise(void *m, double t) { (void)t; Hostile *h = m; h->soc = 0; if (h->mode < 0) harm((int)-h->mode); return fmi3OK; }
fmi3Status model_step(void *m, double now, double step, bool *early, double *reached) {
    Hostile *h = m;
    (void)early;
    h->soc = (now + step) / 100;
    *reached = now + step;
    if (now >= 2 && now < 2.5 && h->mode > 0) harm((int)h->mode);
    return fmi3OK;
}
fmi3Status model_get_float64(const void *m, fmi3ValueReference vr, double *v, size_t room, size_t *used) {
    (void)room; *used = 1; *v = vr == 1 ? ((const Hostile *)m)->mode : ((const Hostile *)m)->soc; return fmi3OK;
}
fmi3Status model_set_float64(void *m, fmi3ValueReference vr, const double *v, size_t given, size_t *used) {
    (void)given; (void)vr; *used = 1; ((Hostile *)m)->mode = *v; return fmi3OK;
}
