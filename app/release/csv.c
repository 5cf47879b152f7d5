/* CSV of RFC 4180 for spreadsheets: UTF-8 with a BOM, ';' between fields, CR LF, decimal points.
 * A missing value is an empty field; areas bear a point inside them as lon, lat. */

#include "release/write-private.h"

#include <math.h>

static gboolean
has_points (const QonysExportRows *rows)
{
  return rows->lon_deg != NULL ||
         (rows->table != NULL && qonys_table_get_lon_deg (rows->table) != NULL);
}

static void
add_value (QonysText *text, QonysExportValue value)
{
  switch (value.kind) {
  case QONYS_EXPORT_NULL:
    break;
  case QONYS_EXPORT_INT:
    _qonys_text_add_int (text, value.integer);
    break;
  case QONYS_EXPORT_DECIMAL:
    _qonys_text_add_decimal (text, value.decimal);
    break;
  case QONYS_EXPORT_TEXT:
    _qonys_text_add_csv_string (text, value.text);
    break;
  case QONYS_EXPORT_DAY:
    _qonys_text_add_day (text, value.integer);
    break;
  case QONYS_EXPORT_BOOL:
    _qonys_text_add (text, value.integer ? "true" : "false", value.integer ? 4 : 5);
    break;
  }
}

static void
add_point (QonysText *text, const QonysExportRows *rows, gsize row)
{
  double lon_deg, lat_deg;

  _qonys_export_rows_get_point (rows, row, &lon_deg, &lat_deg);
  _qonys_text_add_char (text, ';');
  if (!isnan (lon_deg))
    _qonys_text_add_degrees (text, lon_deg);
  _qonys_text_add_char (text, ';');
  if (!isnan (lat_deg))
    _qonys_text_add_degrees (text, lat_deg);
}

static void
format_lines (const QonysExportRows *rows, gsize begin, gsize end, QonysText *text)
{
  gboolean is_with_points = has_points (rows);

  for (gsize row = begin; row < end; row++) {
    for (guint column = 0; column < rows->columns->len; column++) {
      if (column > 0)
        _qonys_text_add_char (text, ';');
      add_value (text, _qonys_export_rows_get (rows, row, column));
    }
    if (is_with_points)
      add_point (text, rows, row);
    _qonys_text_add_literal (text, "\r\n");
  }
}

static void
add_head (QonysText *text, const QonysExportRows *rows)
{
  _qonys_text_add_literal (text, "\xef\xbb\xbf");
  for (guint column = 0; column < rows->columns->len; column++) {
    if (column > 0)
      _qonys_text_add_char (text, ';');
    _qonys_text_add_csv_string (text,
                                g_array_index (rows->columns, QonysExportColumn, column).name);
  }
  if (has_points (rows))
    _qonys_text_add_literal (text, ";lon;lat");
  _qonys_text_add_literal (text, "\r\n");
}

gboolean
qonys_release_write_csv (QonysRelease *release, const char *layer, const char *path, QonysJob *job,
                         GError **error)
{
  g_autoptr (QonysExportRows) rows = _qonys_export_rows_new (release, layer, error);
  QonysText head = {0};
  gboolean is_ok;

  if (rows == NULL)
    return FALSE;
  add_head (&head, rows);
  is_ok = _qonys_write_rows (rows, layer, "csv", path, &head, format_lines, "", job, error);
  _qonys_text_clear (&head);
  return is_ok;
}
