#pragma once

#include "release/release-private.h"
#include "release/text-private.h"

G_BEGIN_DECLS

/* The rows of one export layer: what both GeoJSON and CSV write. Columns are either a table's own
 * (frozen arrays, read row by row) or made here. Immutable once made: threads format it. */

typedef enum {
  QONYS_EXPORT_NULL,
  QONYS_EXPORT_INT,
  QONYS_EXPORT_DECIMAL,
  QONYS_EXPORT_TEXT,
  QONYS_EXPORT_DAY,
  QONYS_EXPORT_BOOL
} QonysExportKind;

typedef struct {
  QonysExportKind kind;
  union {
    gint64 integer; /* INT, BOOL, DAY */
    double decimal;
    const char *text; /* owned by the rows or what they are made of */
  };
} QonysExportValue;

typedef struct {
  const char *name;
  GArray *values;       /* element-type QonysExportValue; NULL: the table's field or @ints */
  gboolean is_constant; /* one value for all rows */
  const gint32 *ints;   /* by row of the table, owned by the release; NULL: the field */
  guint field;
} QonysExportColumn;

typedef struct {
  GArray *columns; /* element-type QonysExportColumn */
  gsize n_rows;
  const QonysTable *table;   /* nullable */
  guint32 *table_rows;       /* row → row of the table; NULL: the same */
  GArray *lon_deg, *lat_deg; /* element-type double: a point a row (areas: a point inside) */
  GPtrArray *geometries;     /* element-type char*: GeoJSON a row; NULL: the points */
  GStringChunk *strings;
  gboolean is_synthetic;
  int source; /* a record type; −1: the resolution's own content, or several */
  const QonysRelease *release;
} QonysExportRows;

/** Makes the rows of a layer as the audience may see them. Errors: no such layer; a layer of
 * addresses for another than the official audience. */
QonysExportRows *_qonys_export_rows_new (const QonysRelease *release, const char *layer,
                                         GError **error);
void _qonys_export_rows_free (QonysExportRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysExportRows, _qonys_export_rows_free)

QonysExportValue _qonys_export_rows_get (const QonysExportRows *rows, gsize row, guint column);
/** NaN where a row has no place. */
void _qonys_export_rows_get_point (const QonysExportRows *rows, gsize row, double *lon_deg,
                                   double *lat_deg);

/* ---- for those who make rows ---- */

QonysExportRows *_qonys_export_rows_alloc (const QonysRelease *release);
/** One value in every row. */
void _qonys_export_rows_add_constant (QonysExportRows *rows, const char *name,
                                      QonysExportValue value);
/** @ints: by row of the table; QONYS_INT_MISSING is null. */
void _qonys_export_rows_add_ints (QonysExportRows *rows, const char *name, const gint32 *ints);
/** The columns "synthetic" and, for JSON's sake, what the rows come from. */
void _qonys_export_rows_add_source (QonysExportRows *rows, QonysRecordType source);
void _qonys_export_rows_add_point (QonysExportRows *rows, double lon_deg, double lat_deg);
/** The same for a point of the mercator unit square. */
void _qonys_export_rows_add_mercator_point (QonysExportRows *rows, double x, double y);
/** The GeoJSON of the next row; the text is emptied. */
void _qonys_export_rows_add_geometry (QonysExportRows *rows, QonysText *text);
/** Returns: the number of the new column. */
guint _qonys_export_rows_add_column (QonysExportRows *rows, const char *name);
void _qonys_export_rows_add_field (QonysExportRows *rows, guint field);
void _qonys_export_rows_add (QonysExportRows *rows, guint column, QonysExportValue value);

static inline QonysExportValue
_qonys_export_null (void)
{
  return (QonysExportValue){.kind = QONYS_EXPORT_NULL};
}

static inline QonysExportValue
_qonys_export_int (gint64 value)
{
  return (QonysExportValue){
      .kind = value == QONYS_BIG_MISSING ? QONYS_EXPORT_NULL : QONYS_EXPORT_INT, .integer = value};
}

static inline QonysExportValue
_qonys_export_bool (gboolean value)
{
  return (QonysExportValue){.kind = QONYS_EXPORT_BOOL, .integer = value};
}

QonysExportValue _qonys_export_decimal (double value); /* NaN is null */
QonysExportValue _qonys_export_day (QonysDay day);     /* missing is null */
/** @text must live as long as the rows; NULL is null. */
QonysExportValue _qonys_export_text (const char *text);
/** A field of an entry by its type; ids with a comma between. */
QonysExportValue _qonys_export_entry_field (QonysExportRows *rows, const QonysEntry *entry,
                                            guint field);
/** "shown", "missing" or "suppressed". */
QonysExportValue _qonys_export_state (QonysValueState state);

/** Makers of layers, one a file or a group. */
QonysExportRows *_qonys_export_districts (const QonysRelease *release);
QonysExportRows *_qonys_export_cells (const QonysRelease *release, int only);
QonysExportRows *_qonys_export_raid_quarters (const QonysRelease *release);
QonysExportRows *_qonys_export_city (const QonysRelease *release);
QonysExportRows *_qonys_export_flows (const QonysRelease *release);
QonysExportRows *_qonys_export_dwellings (const QonysRelease *release,
                                          gboolean is_overcrowded_only);
QonysExportRows *_qonys_export_suspicions (const QonysRelease *release);
QonysExportRows *_qonys_export_operations (const QonysRelease *release);
QonysExportRows *_qonys_export_figures (const QonysRelease *release);
QonysExportRows *_qonys_export_problems (const QonysRelease *release);
QonysExportRows *_qonys_export_measures (const QonysRelease *release);
QonysExportRows *_qonys_export_items (const QonysRelease *release);
QonysExportRows *_qonys_export_annotations (const QonysRelease *release);

G_END_DECLS
