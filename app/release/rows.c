/* Rows for export: up to a few million of some thirty columns, read in place from the frozen
 * tables; the small layers are made whole. */

#include "release/rows-private.h"

#include "base/error.h"
#include "geo/mercator.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
clear_column (gpointer data)
{
  g_clear_pointer (&((QonysExportColumn *)data)->values, g_array_unref);
}

QonysExportRows *
_qonys_export_rows_alloc (const QonysRelease *release)
{
  QonysExportRows *rows = g_new0 (QonysExportRows, 1);

  rows->release = release;
  rows->source = -1;
  rows->columns = g_array_new (FALSE, FALSE, sizeof (QonysExportColumn));
  g_array_set_clear_func (rows->columns, clear_column);
  rows->strings = g_string_chunk_new (4096);
  return rows;
}

void
_qonys_export_rows_free (QonysExportRows *rows)
{
  g_array_unref (rows->columns);
  g_clear_pointer (&rows->lon_deg, g_array_unref);
  g_clear_pointer (&rows->lat_deg, g_array_unref);
  g_clear_pointer (&rows->geometries, g_ptr_array_unref);
  g_string_chunk_free (rows->strings);
  g_free (rows->table_rows);
  g_free (rows);
}

guint
_qonys_export_rows_add_column (QonysExportRows *rows, const char *name)
{
  QonysExportColumn column = {.name = name,
                              .values = g_array_new (FALSE, FALSE, sizeof (QonysExportValue))};

  g_array_append_val (rows->columns, column);
  return rows->columns->len - 1;
}

void
_qonys_export_rows_add_field (QonysExportRows *rows, guint field)
{
  QonysExportColumn column = {.name = qonys_table_get_schema (rows->table)->fields[field].name,
                              .field = field};

  g_array_append_val (rows->columns, column);
}

void
_qonys_export_rows_add_constant (QonysExportRows *rows, const char *name, QonysExportValue value)
{
  guint column = _qonys_export_rows_add_column (rows, name);

  _qonys_export_rows_add (rows, column, value);
  g_array_index (rows->columns, QonysExportColumn, column).is_constant = TRUE;
}

void
_qonys_export_rows_add_ints (QonysExportRows *rows, const char *name, const gint32 *ints)
{
  QonysExportColumn column = {.name = name, .ints = ints};

  g_array_append_val (rows->columns, column);
}

void
_qonys_export_rows_add_source (QonysExportRows *rows, QonysRecordType source)
{
  rows->source = source;
  rows->is_synthetic = _qonys_type_is_synthetic (rows->release->project, source);
  _qonys_export_rows_add_constant (rows, "synthetic", _qonys_export_bool (rows->is_synthetic));
}

void
_qonys_export_rows_add_point (QonysExportRows *rows, double lon_deg, double lat_deg)
{
  if (rows->lon_deg == NULL) {
    rows->lon_deg = g_array_new (FALSE, FALSE, sizeof (double));
    rows->lat_deg = g_array_new (FALSE, FALSE, sizeof (double));
  }
  g_array_append_val (rows->lon_deg, lon_deg);
  g_array_append_val (rows->lat_deg, lat_deg);
}

void
_qonys_export_rows_add_mercator_point (QonysExportRows *rows, double x, double y)
{
  _qonys_export_rows_add_point (rows, qonys_mercator_lon_deg (x), qonys_mercator_lat_deg (y));
}

void
_qonys_export_rows_add_geometry (QonysExportRows *rows, QonysText *text)
{
  if (rows->geometries == NULL)
    rows->geometries = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (rows->geometries, g_strndup (text->data, text->length));
  text->length = 0;
}

void
_qonys_export_rows_add (QonysExportRows *rows, guint column, QonysExportValue value)
{
  g_array_append_val (g_array_index (rows->columns, QonysExportColumn, column).values, value);
}

QonysExportValue
_qonys_export_decimal (double value)
{
  return isfinite (value) ? (QonysExportValue){.kind = QONYS_EXPORT_DECIMAL, .decimal = value}
                          : _qonys_export_null ();
}

QonysExportValue
_qonys_export_day (QonysDay day)
{
  return day != QONYS_DAY_MISSING ? (QonysExportValue){.kind = QONYS_EXPORT_DAY, .integer = day}
                                  : _qonys_export_null ();
}

QonysExportValue
_qonys_export_text (const char *text)
{
  return text != NULL ? (QonysExportValue){.kind = QONYS_EXPORT_TEXT, .text = text}
                      : _qonys_export_null ();
}

QonysExportValue
_qonys_export_state (QonysValueState state)
{
  static const char *const words[] = {"shown", "missing", "suppressed"};

  return _qonys_export_text (words[state]);
}

static QonysExportValue
get_field (const QonysTable *table, gsize row, guint number)
{
  const QonysField *field = &qonys_table_get_schema (table)->fields[number];
  gint32 integer;
  guint8 code;

  switch (field->type) {
  case QONYS_FIELD_INT:
    integer = qonys_table_get_int (table, row, number);
    return _qonys_export_int (integer == QONYS_INT_MISSING ? QONYS_BIG_MISSING : integer);
  case QONYS_FIELD_DATE:
    return _qonys_export_day (qonys_table_get_int (table, row, number));
  case QONYS_FIELD_BIG:
    return _qonys_export_int (qonys_table_get_big (table, row, number));
  case QONYS_FIELD_DECIMAL:
    return _qonys_export_decimal (qonys_table_get_decimal (table, row, number));
  case QONYS_FIELD_ENUM:
    code = qonys_table_get_code (table, row, number);
    return code == QONYS_CODE_MISSING ? _qonys_export_null ()
                                      : _qonys_export_text (field->values[code]);
  case QONYS_FIELD_BOOL:
    code = qonys_table_get_code (table, row, number);
    return code == QONYS_CODE_MISSING ? _qonys_export_null () : _qonys_export_bool (code);
  default:
    return _qonys_export_text (qonys_table_get_text (table, row, number));
  }
}

QonysExportValue
_qonys_export_rows_get (const QonysExportRows *rows, gsize row, guint number)
{
  const QonysExportColumn *column = &g_array_index (rows->columns, QonysExportColumn, number);

  if (column->values != NULL)
    return g_array_index (column->values, QonysExportValue, column->is_constant ? 0 : row);
  if (rows->table_rows != NULL)
    row = rows->table_rows[row];
  if (column->ints != NULL)
    return _qonys_export_int (column->ints[row] == QONYS_INT_MISSING ? QONYS_BIG_MISSING
                                                                     : column->ints[row]);
  return get_field (rows->table, row, column->field);
}

void
_qonys_export_rows_get_point (const QonysExportRows *rows, gsize row, double *lon_deg,
                              double *lat_deg)
{
  const double *lon = NULL, *lat = NULL;

  *lon_deg = *lat_deg = NAN;
  if (rows->lon_deg != NULL) {
    lon = (const double *)rows->lon_deg->data;
    lat = (const double *)rows->lat_deg->data;
  } else if (rows->table != NULL) {
    lon = qonys_table_get_lon_deg (rows->table);
    lat = qonys_table_get_lat_deg (rows->table);
    if (rows->table_rows != NULL)
      row = rows->table_rows[row];
  }
  if (lon != NULL) {
    *lon_deg = lon[row];
    *lat_deg = lat[row];
  }
}

/* ---- which layer ---- */

const char *const *
qonys_release_get_export_layers (void)
{
  static const char *const layers[] = {
      "districts", "cells", "fictitious", "overcrowded", "raids", "dwellings",   "flows",
      "figures",   "city",  "problems",   "measures",    "items", "annotations", NULL};

  return layers;
}

static QonysExportRows *
refuse_addresses (GError **error)
{
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_REFUSED,
                       _ ("Addresses are not given out in this view: an address with a count of "
                          "registrants leads to the people who live there. Use the layer "
                          "“cells” (squares of 500 m), or the official audience with a purpose."));
  return NULL;
}

QonysExportRows *
_qonys_export_rows_new (const QonysRelease *release, const char *layer, GError **error)
{
  gboolean is_official = _qonys_release_is_official (release);
  g_autofree char *known = NULL;

  if (g_str_equal (layer, "districts"))
    return _qonys_export_districts (release);
  if (g_str_equal (layer, "cells"))
    return _qonys_export_cells (release, -1);
  if (g_str_equal (layer, "fictitious"))
    return is_official ? _qonys_export_suspicions (release)
                       : _qonys_export_cells (release, QONYS_COUNT_SUSPECTED);
  if (g_str_equal (layer, "overcrowded"))
    return is_official ? _qonys_export_dwellings (release, TRUE)
                       : _qonys_export_cells (release, QONYS_COUNT_OVERCROWDED);
  if (g_str_equal (layer, "raids"))
    return is_official ? _qonys_export_operations (release) : _qonys_export_raid_quarters (release);
  if (g_str_equal (layer, "dwellings"))
    return is_official ? _qonys_export_dwellings (release, FALSE) : refuse_addresses (error);
  if (g_str_equal (layer, "flows"))
    return _qonys_export_flows (release);
  if (g_str_equal (layer, "figures"))
    return _qonys_export_figures (release);
  if (g_str_equal (layer, "city"))
    return _qonys_export_city (release);
  if (g_str_equal (layer, "problems"))
    return _qonys_export_problems (release);
  if (g_str_equal (layer, "measures"))
    return _qonys_export_measures (release);
  if (g_str_equal (layer, "items"))
    return _qonys_export_items (release);
  if (g_str_equal (layer, "annotations"))
    return _qonys_export_annotations (release);

  known = g_strjoinv (", ", (char **)qonys_release_get_export_layers ());
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
               _ ("There is no layer “%s”. Choose one of: %s."), layer, known);
  return NULL;
}
