/* Export rows of addresses and operations, for the official audience alone: up to a few million,
 * read in place. A flat's number is never among the columns, nor is one nobody gave. */

#include "release/rows-private.h"

#include <math.h>

/* Has any row a value? */
static gboolean
is_given (const QonysTable *table, guint field)
{
  switch (qonys_table_get_schema (table)->fields[field].type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_DATE:
    return qonys_table_get_ints (table, field) != NULL;
  case QONYS_FIELD_BIG:
    return qonys_table_get_bigs (table, field) != NULL;
  case QONYS_FIELD_DECIMAL:
    return qonys_table_get_decimals (table, field) != NULL;
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    return qonys_table_get_codes (table, field) != NULL;
  case QONYS_FIELD_TEXT:
    return qonys_table_get_n_text_values (table, field) > 0;
  default:
    for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
      if (qonys_table_get_text (table, row, field) != NULL)
        return TRUE;
    return FALSE;
  }
}

static QonysExportRows *
rows_new (const QonysRelease *release, QonysRecordType type)
{
  QonysExportRows *rows = _qonys_export_rows_alloc (release);

  rows->table = qonys_project_get_table (release->project, type);
  rows->n_rows = qonys_table_get_n_rows (rows->table);
  for (guint field = 0; field < qonys_schema_get (type)->n_fields; field++)
    if (is_given (rows->table, field) &&
        !(type == QONYS_RECORD_DWELLING && field == QONYS_DWELLING_FLAT))
      _qonys_export_rows_add_field (rows, field);
  _qonys_export_rows_add_source (rows, type);
  return rows;
}

QonysExportRows *
_qonys_export_dwellings (const QonysRelease *release, gboolean is_overcrowded_only)
{
  QonysExportRows *rows = rows_new (release, QONYS_RECORD_DWELLING);
  const gint32 *excess = release->safe->excess;
  gsize n = 0;

  _qonys_export_rows_add_ints (rows, "above_norm", excess);
  if (!is_overcrowded_only)
    return rows;
  rows->table_rows = g_new (guint32, rows->n_rows);
  for (gsize row = 0; row < rows->n_rows; row++)
    if (excess[row] > 0)
      rows->table_rows[n++] = row;
  rows->n_rows = n;
  return rows;
}

QonysExportRows *
_qonys_export_suspicions (const QonysRelease *release)
{
  QonysExportRows *rows = rows_new (release, QONYS_RECORD_SUSPICION);
  gsize n = 0;

  rows->table_rows = g_new (guint32, rows->n_rows);
  for (gsize row = 0; row < rows->n_rows; row++) {
    double lon_deg, lat_deg;

    if (!_qonys_suspicion_is_open (rows->table, row))
      continue;
    rows->table_rows[n++] = row;
    _qonys_suspicion_get_position (release->project, row, &lon_deg, &lat_deg);
    _qonys_export_rows_add_point (rows, lon_deg, lat_deg);
  }
  rows->n_rows = n;
  return rows;
}

QonysExportRows *
_qonys_export_operations (const QonysRelease *release)
{
  return rows_new (release, QONYS_RECORD_OPERATION);
}
