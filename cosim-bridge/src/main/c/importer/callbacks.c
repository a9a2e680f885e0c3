/* What FMUs call back: loggers of FMI 2.0 (variadic, so Java cannot provide it) and 3.0, and the intermediate update.
 * Nothing here calls Java: short FMI functions can so be called without leaving Java's state of the thread, which an
 * upcall would not survive. Messages are kept until Java takes them, and written at once to a file descriptor besides,
 * because a model that crashes takes what is only kept with it. */
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define MOST_KEPT (1 << 20)

/* Java reads and writes the first members by their places (Journal.java). */
typedef struct {
    int64_t pending;      /* bytes kept */
    int64_t lost;         /* messages dropped since there was no room */
    double return_after;  /* ask for early return from this time on; infinity for never */
    int64_t updates;      /* intermediate updates so far */
    double updated_to;    /* time of the last one */
    int32_t descriptor;   /* -1 for none */
    pthread_mutex_t lock; /* models may log from threads of their own */
    char *text;
    size_t room;
    char name[];
} Journal;

EXPORT Journal *voltwin_journal_open(const char *name, int32_t descriptor) {
    Journal *journal = calloc(1, sizeof *journal + strlen(name) + 1);
    if (journal) {
        journal->return_after = INFINITY;
        journal->updated_to = NAN;
        journal->descriptor = descriptor;
        pthread_mutex_init(&journal->lock, NULL);
        strcpy(journal->name, name);
    }
    return journal;
}

EXPORT void voltwin_journal_close(Journal *journal) {
    pthread_mutex_destroy(&journal->lock);
    free(journal->text);
    free(journal);
}

/* Copies at most `room` bytes of the messages, each ended by a zero, and forgets all; answers how many there were. */
EXPORT int64_t voltwin_journal_take(Journal *journal, char *into, int64_t room) {
    pthread_mutex_lock(&journal->lock);
    int64_t all = journal->pending;
    if (all > 0) {
        memcpy(into, journal->text, (size_t)(all < room ? all : room));
    }
    journal->pending = 0;
    pthread_mutex_unlock(&journal->lock);
    return all;
}

static void write_all(int descriptor, const char *text, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, text, length);
        if (written <= 0) {
            return; /* nobody reads the log any more; the model shall run on */
        }
        text += written;
        length -= (size_t)written;
    }
}

static void keep(Journal *journal, const char *line, size_t length) {
    size_t wanted = (size_t)journal->pending + length;
    if (wanted > MOST_KEPT) {
        journal->lost++;
        return;
    }
    if (wanted > journal->room) {
        char *larger = realloc(journal->text, 2 * wanted);
        if (!larger) {
            journal->lost++;
            return;
        }
        journal->text = larger;
        journal->room = 2 * wanted;
    }
    memcpy(journal->text + journal->pending, line, length);
    journal->pending += (int64_t)length;
}

static void log_line(Journal *journal, int status, const char *category, const char *message) {
    if (!journal) {
        dprintf(STDERR_FILENO, "%d %s: %s\n", status, category ? category : "", message ? message : "");
        return;
    }
    char *line = NULL;
    int length = asprintf(&line, "%d %s: %s", status, category ? category : "", message ? message : "");
    pthread_mutex_lock(&journal->lock);
    if (length < 0) {
        journal->lost++;
    } else {
        keep(journal, line, (size_t)length + 1);
        if (journal->descriptor >= 0) {
            write_all(journal->descriptor, journal->name, strlen(journal->name));
            write_all(journal->descriptor, ": ", 2);
            line[length] = '\n';
            write_all(journal->descriptor, line, (size_t)length + 1);
        }
        free(line);
    }
    pthread_mutex_unlock(&journal->lock);
}

EXPORT void voltwin_log3(void *environment, int status, const char *category, const char *message) {
    log_line(environment, status, category, message);
}

EXPORT void voltwin_log2(void *environment, const char *name, int status, const char *category, const char *format, ...) {
    (void)name;
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = format ? vasprintf(&text, format, arguments) : -1;
    va_end(arguments);
    log_line(environment, status, category, length < 0 ? format : text);
    if (length >= 0) {
        free(text);
    }
}

EXPORT void voltwin_intermediate_update(void *environment, double time, bool set_requested, bool get_allowed,
        bool step_finished, bool can_return_early, bool *early_return_requested, double *early_return_time) {
    (void)set_requested; (void)get_allowed; (void)step_finished;
    Journal *journal = environment;
    bool wanted = false;
    if (journal) {
        journal->updates++;
        journal->updated_to = time;
        wanted = can_return_early && time >= journal->return_after;
    }
    if (early_return_requested) {
        *early_return_requested = wanted;
    }
    if (early_return_time) {
        *early_return_time = time;
    }
}
