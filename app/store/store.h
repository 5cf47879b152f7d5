#pragma once

#include "base/diagnostic.h"
#include "base/job.h"
#include "domain/address-index.h"
#include "domain/history.h"
#include "domain/project.h"
#include "store/recipe.h"

G_BEGIN_DECLS

/* The only door to files and databases. One GDAL dataset a call, never shared between threads;
 * GDAL's errors become GError, its warnings diagnostics. */

/** Registers GDAL's drivers and silences its own printing. Idempotent, thread-safe; called by
 * every function here. */
void qonys_store_init (void);

/** "GDAL 3.6.2, PROJ 9.1.1". Returns: (transfer full) */
char *qonys_store_get_versions (void);

/** The bundled outlines and schematic base. Returns: (transfer full); errors are bugs. */
QonysDistricts *qonys_store_load_bundled_districts (GError **error);
GPtrArray *qonys_store_load_bundled_base (GError **error); /* element-type QonysBaseFeature */

/* ---- project file: one GeoPackage ---- */

/** A project of bundled districts and base and no records, without a path. */
QonysProject *qonys_store_new_project (GError **error);

/** Is the file a Qonys project (a GeoPackage with our tables)? Cheap. One that another program has
 * locked is taken for one: opening it says so. */
gboolean qonys_store_is_project (const char *path);

/**
 * qonys_store_open_project:
 * @diagnostics: (nullable) (element-type QonysDiagnostic)
 *
 * Reads a project. 1 M dwellings with all columns: about 0.6 s on two threads.
 *
 * Returns: (transfer full)
 */
QonysProject *qonys_store_open_project (const char *path, QonysJob *job, GPtrArray *diagnostics,
                                        GError **error);

/** A setting of a project file (domain/setting.h), without opening the project. Returns: (transfer
 * full) (nullable): NULL if it is not set, or the file is none or cannot be read */
char *qonys_store_read_setting (const char *path, const char *key);

/**
 * qonys_store_set_withdrawn:
 * @ids: (element-type gint32): of the datasets that shall not be in use; all others shall be
 *
 * The same project with other datasets in use. No file is written: who asks writes the setting.
 * Rows come from the project's file, as fast as it opens, or from what is kept in memory.
 *
 * Returns: (transfer full)
 */
QonysProject *qonys_store_set_withdrawn (QonysProject *project, const GArray *ids, QonysJob *job,
                                         GError **error);

/**
 * qonys_store_write_project:
 *
 * Writes a new project file; an existing one is replaced only when the new one is whole (written
 * beside it, synced, renamed). Same project, same bytes.
 */
gboolean qonys_store_write_project (QonysProject *project, const char *path, QonysJob *job,
                                    GError **error);

/**
 * qonys_store_write_copy:
 * @plan, @edits: what people wrote, written or not, and its journal (element-type QonysEdit)
 * @diagnostics: (nullable): what is left behind
 *
 * The same, of a project that is open: it does not hang on its file. What only that holds (rows
 * out of use, recipes) is left behind if the file is gone or locked, and @diagnostics says so.
 */
gboolean qonys_store_write_copy (QonysProject *project, const QonysPlan *plan,
                                 const GPtrArray *edits, const char *path, GPtrArray *diagnostics,
                                 QonysJob *job, GError **error);

/* ---- what people wrote ---- */

/**
 * qonys_store_read_plan:
 * @history: (out)
 * @diagnostics: (nullable) (element-type QonysDiagnostic)
 *
 * Reads the entries and the journal of a project file; of one that has none yet the measures of
 * the resolution. What another program changed since becomes an edit of the journal, in the file
 * too if it can be written.
 *
 * Returns: (transfer full)
 */
QonysPlan *qonys_store_read_plan (const char *path, QonysHistory **history, GPtrArray *diagnostics,
                                  GError **error);

/** Does a change fit: each value its field, and nobody named? The error names the cure. */
gboolean qonys_store_check_change (const QonysEntryChange *change, GError **error);

/**
 * qonys_store_apply_edit:
 * @edit: gets the next number, unless it has one: that of the last one, whose place it then takes,
 *   or the next
 * @last_number: of the journal as the caller knows it
 *
 * Writes an edit: entries, their states and the journal in one transaction. On an error the file
 * is as it was: locked, full, read-only, changed by somebody else, or a value that does not fit.
 */
gboolean qonys_store_apply_edit (const char *path, QonysEdit *edit, gint64 last_number,
                                 GError **error);

/**
 * qonys_store_recover:
 * @copy_path: a project of this name is made, one that is there is replaced
 * @diagnostics: (nullable): what is lost, table by table
 *
 * Saves what can be read of a project that is damaged, cut off or half written into a new one.
 * The file itself is only read. The error is that nothing could be read, or of the copy.
 */
gboolean qonys_store_recover (const char *path, const char *copy_path, GPtrArray *diagnostics,
                              GError **error);

/** Can the file be read but not written: its medium, its folder or itself? */
gboolean qonys_store_is_read_only (const char *path);

/** Is it a database of which something is missing or broken, so that qonys_store_recover() may
 * help? Reads all of it: to be asked after opening it failed. */
gboolean qonys_store_is_damaged (const char *path);

/* ---- any other source ---- */

/** A layer of a source, for `qonys info` and for choosing. */
typedef struct {
  char *name;
  char *geometry_type; /* "Multi Polygon", "None" */
  char *crs;           /* "EPSG:4326 WGS 84"; NULL unknown */
  gint64 n_features;   /* −1 unknown */
  QonysBox extent;     /* in the layer's CRS; empty unknown */
  char **field_names;
  char **field_types;
} QonysLayerInfo;

typedef struct {
  char *driver;      /* "GeoJSON", "ESRI Shapefile" */
  GPtrArray *layers; /* element-type QonysLayerInfo */
} QonysSourceInfo;

void qonys_source_info_free (QonysSourceInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSourceInfo, qonys_source_info_free)

/** Looks into a source without reading rows. A directory, an empty or 0-byte file, one without
 * permission or of no known format gives an error whose sentence names the cure. */
QonysSourceInfo *qonys_store_get_info (const char *path, GError **error);

/**
 * qonys_store_read_districts:
 * @crs: (nullable): "EPSG:28412" where the file does not say, or says wrongly
 * @day: the day whose districts these shall be; missing: told from which districts there are
 *
 * Reads district outlines from any vector source: transforms (pinned operation for Pulkovo 1942
 * zone 12, its name and accuracy in a diagnostic), decodes legacy encodings, repairs rings, finds
 * which feature is which district by KATO or name, and says what it did. Errors: no polygons, not
 * Astana (another city, swapped axes: with the cure), fewer than all districts is a warning.
 *
 * Returns: (transfer full)
 */
QonysDistricts *qonys_store_read_districts (const char *path, const char *crs, QonysDay day,
                                            QonysJob *job, GPtrArray *diagnostics, GError **error);

/**
 * qonys_store_add_districts:
 *
 * Puts these districts into a project; of versions it has besides them nothing changes. If it has a
 * path they are kept in the file, in one transaction; it is an edit that puts them to use there
 * (qonys_edit_set_districts()), and what the plan says is what a file shows that is written.
 *
 * Returns: (transfer full): the next state, in which they are in use
 */
QonysProject *qonys_store_add_districts (QonysProject *project, QonysDistricts *districts,
                                         QonysJob *job, GError **error);

/** The same project with others of its outlines in use, by number. No file is written: who asks
 * writes the setting. Returns: (transfer full) */
QonysProject *qonys_store_set_districts (QonysProject *project, guint set, GError **error);

/* ---- import ---- */

/** A row that was not stored, or one that is strange. */
typedef struct {
  gint64 row;     /* as a spreadsheet shows it; of formats without a row of names the number of the
                     feature */
  char *column;   /* (nullable): as the file names it */
  char *reason;   /* translated sentence */
  char *cure;     /* translated sentence: what to do with the row */
  char *original; /* (nullable): its cells with tabs between, those of stripped columns left out */
} QonysRejection;

/** What was read and what became of it: rows, or the sum of one column that counts. */
typedef struct {
  const char *field;             /* its name; NULL: rows */
  const char *kato;              /* the district the rows name; NULL: none; "": all of them */
  double read, stored, rejected; /* read = stored + rejected */
} QonysReconciliation;

/** A row of sums in the file («Барлығы», «Итого»): it is left out. */
typedef struct {
  gint64 row;
  char *column;          /* the first that does not agree; NULL: all do */
  double stated, summed; /* of that column */
} QonysTotalRow;

typedef struct {
  gint64 n_read, n_stored, n_rejected; /* n_read = n_stored + n_rejected */
  gint64 n_totals, n_blank;            /* rows that are no records: of sums, of nothing */
  GPtrArray *rejections;               /* element-type QonysRejection; the first 1,000 */
  GHashTable *n_by_reason;             /* reason without values → count (GINT_TO_POINTER) */
  GPtrArray *totals;                   /* element-type QonysTotalRow; the first 100 */
  GPtrArray *districts;    /* element-type QonysRejection: stored, but the district it names is
                              not where it lies; the first 1,000 */
  gint64 n_districts;      /* of these */
  GPtrArray *places;       /* element-type QonysRejection: stored without a place, since the address
                              is doubtful or unknown; the first 1,000 */
  GArray *reconciliations; /* element-type QonysReconciliation: all rows first, then by district in
                              order of KATO; of each the rows, then the columns that count */
  GPtrArray *diagnostics;  /* element-type QonysDiagnostic */
  GPtrArray *findings;     /* element-type QonysFinding: warnings of the identifier scan */
  GArray *rejected;        /* element-type QonysRejectedRow: all of them, for the report file */
} QonysImportReport;

/** An account of nothing. */
QonysImportReport *qonys_import_report_new (void);
void qonys_import_report_free (QonysImportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysImportReport, qonys_import_report_free)

/**
 * qonys_store_import_by:
 * @project: what to add to
 * @path: any GDAL source
 * @recipe: what the columns are; without columns that is told by their names
 * @addresses: (nullable): where dwellings without coordinates are placed by their addresses
 * @is_dry_run: read and judge all, store nothing
 * @report: (out) (optional): the account, set with an error too
 *
 * First scans every cell of every column of every sheet for personal identifiers: a finding refuses
 * the file with %QONYS_ERROR_PERSONAL_DATA before a byte is stored, unless all of them stand in
 * columns that the recipe strips. Then reads: coordinates from geometry or columns in any system,
 * dates, decimal commas, missing kept missing; each row is stored or rejected with its reason
 * (required field missing, not a number, out of range, living > useful > total area, sums of
 * registrants that do not agree, operation not ended, position outside Astana…). District names and
 * codes become KATO. Rows of sums are left out and compared. A file with the same SHA-256 already
 * imported is an error.
 *
 * If the project has a path the new dataset is added to the file in one transaction, and the recipe
 * with it if it has columns.
 *
 * Returns: (transfer full): the next state of the project; after a dry run @project itself
 */
QonysProject *qonys_store_import_by (QonysProject *project, const char *path,
                                     const QonysRecipe *recipe, const QonysAddressIndex *addresses,
                                     gboolean is_dry_run, QonysJob *job, QonysImportReport **report,
                                     GError **error);

/**
 * qonys_store_write_import_report:
 * @report: of an import of @path by @recipe
 * @target: a CSV file (`;`, with a byte order mark), replaced when the new one is whole
 *
 * All rejected rows, however many: number, column, reason, cure, the row as it was. Reads the
 * source a second time; what is in stripped columns is not written.
 */
gboolean qonys_store_write_import_report (const char *path, const QonysRecipe *recipe,
                                          const QonysImportReport *report, const char *target,
                                          QonysJob *job, GError **error);

/**
 * qonys_store_propose_recipe:
 * @recipe: (nullable): what is known of the file, maybe without columns or, as
 *   %QONYS_N_RECORD_TYPES, without a type; NULL: all is told, a recipe of the
 *   project with the same headers wins
 * @is_decided: whether rows whose values do not fit shall be rejected; if not, a column of which
 *   a tenth does not fit, and that no recipe speaks of, is a %QONYS_ERROR_FIELDS
 * @diagnostics: (nullable)
 *
 * What the columns of a file seem to be, from their names and the first rows. Nothing is stored.
 *
 * Returns: (transfer full)
 */
QonysRecipe *qonys_store_propose_recipe (QonysProject *project, const char *path,
                                         const QonysRecipe *recipe, gboolean is_decided,
                                         GPtrArray *diagnostics, GError **error);

/** The recipes of a project, the newest first. Returns: (transfer full) (element-type
 * QonysRecipe): empty for a project without a path */
GPtrArray *qonys_store_list_recipes (QonysProject *project, GError **error);

G_END_DECLS
