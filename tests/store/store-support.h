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

/* ---- projects ---- */

#define SUPPORT_N_ROWS 2000

/** Values that depend on row and field; every third is missing. */
QonysTable *make_table (QonysRecordType type, gsize n_rows, gint32 dataset_id);
QonysDataset *make_dataset (gint32 id, QonysRecordType type, const char *as_of);

/** A project without a path, SUPPORT_N_ROWS in each table; dataset ids are type + 1. */
QonysProject *make_project (void);

void write_project (QonysProject *project, const char *path);
QonysProject *open_project (const char *path, GPtrArray *diagnostics);

void assert_same_tables (const QonysTable *a, const QonysTable *b);
void assert_same_projects (QonysProject *a, QonysProject *b);

/* ---- imports ---- */

/** Imports a file whose columns bear the names of the fields, or words for them. */
QonysProject *import_file (QonysProject *project, const char *path, QonysRecordType type,
                           gboolean is_synthetic, QonysJob *job, QonysImportReport **report,
                           GError **error);

/** Imports; fails the test on an error or if the report's counts do not add up. */
QonysProject *import_ok (QonysProject *project, const char *path, QonysRecordType type,
                         QonysImportReport **report);

/** Fails the test unless the import fails with this code and these words. */
void import_error (QonysProject *project, const char *path, QonysRecordType type, QonysError code,
                   const char *cure);

/** A project of the bundle in a file. @path: (out) */
QonysProject *new_file_project (char **path);

/** Three dwellings of many spellings, in `;` CSV. */
extern const char SUPPORT_DWELLINGS[];

G_END_DECLS
