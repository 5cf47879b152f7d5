#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How much a diagnostic matters. */
typedef enum {
  QONYS_NOTE,    /* done for you: transformed, repaired, recognised */
  QONYS_WARNING, /* look at it: a doubt, something left out */
} QonysSeverity;

/** One thing noticed while reading that did not stop it. */
typedef struct {
  QonysSeverity severity;
  char *text; /* translated, a whole sentence */
} QonysDiagnostic;

/** Returns: (transfer full) (element-type QonysDiagnostic): an empty list that frees its items. */
GPtrArray *qonys_diagnostics_new (void);

/** Adds a diagnostic; @diagnostics may be %NULL, a text already there is not added twice. */
void qonys_diagnostics_add (GPtrArray *diagnostics, QonysSeverity severity, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
