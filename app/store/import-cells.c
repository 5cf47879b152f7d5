/*
 * Records of a source as texts, read once more for people and the report: the first some thousand,
 * or those that were rejected. A microsecond or two a row.
 */
#include "store/import-cells.h"

static char **
get_cells (const QonysImportSource *source, OGRFeatureH feature)
{
  char **cells = g_new0 (char *, source->n_columns + 1);

  for (guint i = 0; i < source->n_columns; i++) {
    char *text = source->is_stripped[i] ? NULL : qonys_import_source_get_text (source, feature, i);

    cells[i] = text != NULL ? text : g_strdup ("");
  }
  return cells;
}

static char **
get_sheet_cells (const QonysImportSource *source, const QonysSheetRow *row)
{
  char **cells = g_new0 (char *, source->n_columns + 1);

  for (guint i = 0; i < source->n_columns; i++) {
    const char *text = source->is_stripped[i] || i >= row->row.n_cells ? NULL : row->row.cells[i];

    cells[i] = g_strdup (text != NULL ? text : "");
  }
  return cells;
}

gboolean
qonys_import_source_rewind (QonysImportSource *source, GError **error)
{
  if (source->sheet != NULL)
    return qonys_sheet_rewind (source->sheet, error);
  OGR_L_ResetReading (source->layer);
  return TRUE;
}

gboolean
qonys_import_source_list_titles (QonysImportSource *source, GPtrArray *rows, GError **error)
{
  g_autoptr (GError) failure = NULL;
  QonysSheetRow row;

  while (source->sheet != NULL && qonys_sheet_next (source->sheet, &row, &failure) &&
         row.kind == QONYS_ROW_TITLE) {
    QonysExaminedRow *title = g_new (QonysExaminedRow, 1);

    *title = (QonysExaminedRow){row.row.number, row.kind, get_sheet_cells (source, &row)};
    g_ptr_array_add (rows, title);
  }
  if (failure == NULL)
    return qonys_import_source_rewind (source, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
qonys_import_source_next_cells (QonysImportSource *source, gboolean is_wanted, char ***cells,
                                QonysRowKind *kind, gint64 *number, GError **error)
{
  g_auto (OGRFeatureH) feature = NULL;
  QonysSheetRow row;

  if (source->sheet != NULL) {
    if (!qonys_import_source_next_record (source, &row, error))
      return FALSE;
    *cells = is_wanted ? get_sheet_cells (source, &row) : NULL;
    *kind = row.kind;
    *number = row.row.number;
    return TRUE;
  }
  feature = OGR_L_GetNextFeature (source->layer);
  *number = 0;
  *cells = feature != NULL && is_wanted ? get_cells (source, feature) : NULL;
  *kind = *cells != NULL && qonys_row_is_total ((const char *const *)*cells, source->n_columns)
              ? QONYS_ROW_TOTAL
              : QONYS_ROW_DATA;
  return feature != NULL;
}

gboolean
qonys_import_source_read_rejected (QonysImportSource *source, const GArray *rejected, guint max,
                                   QonysRejectedFunc func, gpointer data, QonysJob *job,
                                   GError **error)
{
  gint64 ordinal = 0, row_number;
  guint number = 0;

  if (!qonys_import_source_rewind (source, error))
    return FALSE;
  for (guint i = 0; i < rejected->len && number < max; i++) {
    const QonysRejectedRow *row = &g_array_index (rejected, QonysRejectedRow, i);

    if (row->reason == QONYS_REASON_TOTAL || row->reason == QONYS_REASON_BLANK)
      continue;
    while (ordinal < row->ordinal) {
      g_auto (GStrv) cells = NULL;
      g_autoptr (GError) failure = NULL;
      QonysRowKind kind;

      if (!qonys_import_source_next_cells (source, ordinal + 1 == row->ordinal, &cells, &kind,
                                           &row_number, &failure)) {
        if (failure == NULL)
          return TRUE; /* it has become shorter */
        g_propagate_error (error, g_steal_pointer (&failure));
        return FALSE;
      }
      if (++ordinal % 8192 == 0 && qonys_job_is_cancelled (job, error))
        return FALSE;
      if (cells != NULL && !func (source, row, number++, cells, data, error))
        return FALSE;
    }
  }
  return TRUE;
}
