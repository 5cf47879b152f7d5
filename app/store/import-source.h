#pragma once

#include "base/job.h"
#include "store/crs.h"
#include "store/csv.h"
#include "store/position-text.h"
#include "store/row.h"
#include "store/sheet.h"
#include "store/source.h"

G_BEGIN_DECLS

/** The table rows are imported from, and which of its columns is which field. */
typedef struct {
  char *path;           /* as it is opened; within an archive a way into it */
  char *file;           /* as it is called: the archive; a database */
  GStrv members;        /* (nullable): tables of the archive */
  GDALDatasetH dataset; /* NULL: a sheet */
  OGRLayerH layer;      /* of it */
  QonysSheet *sheet;    /* (nullable) */
  const QonysSchema *schema;
  QonysRecipe *recipe;  /* with a column for each of the table's */
  QonysRowRules *rules; /* (nullable) */
  QonysDecoder decoder;
  guint n_columns;
  char **names;               /* n_columns, UTF-8; NULL behind the last */
  int *columns;               /* schema->n_fields: the column of each field, −1 none */
  gboolean *is_stripped;      /* n_columns */
  int lon_column, lat_column; /* −1: from the geometry, the text or none */
  int text_column;            /* positions in one text; −1 none */
  QonysRole text_role;        /* LAT_LON, WKT */
  gboolean is_address_whole;  /* the column of the street has whole addresses */
  gboolean has_geometry;
  gboolean is_head;   /* the dataset is the beginning of the file only */
  gint64 first_row;   /* of the records, as a spreadsheet shows it; 1 if there are no names */
  GArray *blank_rows; /* (nullable) (element-type gint64): that a spreadsheet counts and GDAL
                         does not, once they are asked for */
  QonysTransform *transform; /* (nullable): where there are positions */
} QonysImportSource;

/**
 * qonys_import_source_open:
 * @path: of a file or an archive of tables; "PG:…" a database
 * @may_be_head: whether the beginning of a large file is enough, which tells its columns
 * @recipe: its sheet (of an archive: a table in it), or else the one whose names fit best; its
 *   encoding
 *
 * Opens @path and reads the names of the columns. Returns: (transfer full)
 */
QonysImportSource *qonys_import_source_open (const char *path, gboolean may_be_head,
                                             const QonysRecipe *recipe, QonysGdalScope *scope,
                                             GPtrArray *diagnostics, GError **error);

/** Opens the whole file if its beginning was opened only, with fewer than @n_records. */
gboolean qonys_import_source_complete (QonysImportSource *source, gint64 n_records,
                                       QonysGdalScope *scope, GError **error);

/**
 * qonys_import_source_assign:
 * @recipe: what the columns are; none: told by their names
 *
 * A required field without a column is an error, after everything else is done: the table can be
 * scanned, not read.
 */
gboolean qonys_import_source_assign (QonysImportSource *source, const QonysRecipe *recipe,
                                     GPtrArray *diagnostics, GError **error);

void qonys_import_source_free (QonysImportSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysImportSource, qonys_import_source_free)

/** Chooses the way of the coordinates to WGS84 from the first 10,000 positions. */
gboolean qonys_import_source_locate (QonysImportSource *source, GPtrArray *diagnostics,
                                     GError **error);

/** Reads a feature into a row that is clear. Returns: FALSE if the row is rejected */
gboolean qonys_import_source_read (QonysImportSource *source, OGRFeatureH feature, QonysRow *row);

/** Reads the cells of a record, valid UTF-8, into a row that is clear. @cells: (array length=n):
 * may be fewer than there are columns. Returns: FALSE if the row is rejected */
gboolean qonys_import_source_read_cells (const QonysImportSource *source,
                                         const QonysCsvField *cells, guint n, QonysRow *row);

/**
 * qonys_import_source_next_record:
 *
 * The next row of a sheet that is neither title nor name: a record, a sum, a remark.
 *
 * Returns: FALSE at the end or with @error set
 */
gboolean qonys_import_source_next_record (const QonysImportSource *source, QonysSheetRow *row,
                                          GError **error);

/** Puts a row's cells where they are read from. @cells: (array): n_columns. Returns: how many */
guint qonys_import_source_get_cells (const QonysImportSource *source, const QonysSheetRow *row,
                                     QonysCsvField *cells);

/* Inside: of a table that is a sheet. */
gboolean qonys_import_source_open_sheet (QonysImportSource *source, const QonysRecipe *recipe,
                                         GPtrArray *diagnostics, GError **error);
void qonys_import_source_use_sheet (QonysImportSource *source, const GPtrArray *noticed,
                                    GPtrArray *diagnostics);
/** A text that was to be read through GDAL becomes a sheet of the same columns. Returns: FALSE if
 * it is none; nothing is changed */
gboolean qonys_import_source_turn_into_sheet (QonysImportSource *source, GPtrArray *diagnostics);

/** Brings the row's position, in the source's coordinates or NaN, to WGS84. Returns: FALSE if the
 * row is rejected */
gboolean qonys_import_source_place (const QonysImportSource *source, QonysRow *row);

/** The number a spreadsheet shows for a record, counted from 1 on. The first call may read the file
 * once more. */
gint64 qonys_import_source_get_row_number (QonysImportSource *source, gint64 ordinal);

/** The text of a column's cell. Returns: (transfer full) (nullable) */
char *qonys_import_source_get_text (const QonysImportSource *source, OGRFeatureH feature,
                                    guint column);

G_END_DECLS
