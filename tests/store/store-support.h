#pragma once

#include "support.h" /* first: assertions stay in */

#include "base/error.h"
#include "store/store.h"

G_BEGIN_DECLS

/** Writes a text file into the test's folder. Returns: (transfer full): its path */
char *put_text (const char *name, const char *text);

/** SHA-256 of a file. Returns: (transfer full) */
char *hash_file (const char *path);

/** Does any diagnostic contain the text? */
gboolean has_note (const GPtrArray *diagnostics, QonysSeverity severity, const char *text);

/** A square as a GeoJSON feature; @properties as JSON. Returns: (transfer full) */
char *make_square (double x, double y, double half, const char *properties);

/** A GeoJSON file of features (a NULL-terminated list, each freed). Returns: its path */
char *put_features (const char *name, char *feature, ...) G_GNUC_NULL_TERMINATED;

/** Runs SQL on a GeoPackage. */
void run_sql (const char *path, const char *sql);

/** Fails the test unless @error has the code; frees it. */
void assert_code (GError **error, QonysError code);

QonysDay day_of (const char *iso);

G_END_DECLS
