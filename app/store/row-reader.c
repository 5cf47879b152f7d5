/*
 * A raw row: one buffer for all its cells. One a row of a file, a few of them at a time.
 */
#include "store/row-reader.h"

#define MAX_ROW (16 << 20)

void
qonys_cell_count_add (QonysCellCount *count, gint64 row, guint column)
{
  if (count->n++ == 0) {
    count->row = row;
    count->column = column;
  }
}

QonysRawRow *
qonys_raw_row_new (void)
{
  QonysRawRow *row = g_new0 (QonysRawRow, 1);

  row->text = g_string_sized_new (256);
  row->offsets = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 16);
  return row;
}

void
qonys_raw_row_free (QonysRawRow *row)
{
  g_string_free (row->text, TRUE);
  g_array_unref (row->offsets);
  g_free (row);
}

void
qonys_raw_row_clear (QonysRawRow *row)
{
  row->number = 0;
  row->n_fields = 0;
  row->is_hidden = row->is_cut = FALSE;
  g_string_truncate (row->text, 0);
  g_array_set_size (row->offsets, 0);
}

gboolean
qonys_raw_row_add (QonysRawRow *row, guint column, const char *text, gsize length)
{
  guint32 empty = G_MAXUINT32, offset = (guint32)row->text->len;

  if (column >= QONYS_MAX_COLUMNS || length > QONYS_MAX_CELL || row->text->len + length > MAX_ROW) {
    row->is_cut |= length > 0;
    return length == 0;
  }
  if (length == 0 || column < row->offsets->len)
    return TRUE;
  while (row->offsets->len < column)
    g_array_append_val (row->offsets, empty);
  g_array_append_val (row->offsets, offset);
  g_string_append_len (row->text, text, length);
  g_string_append_c (row->text, '\0');
  return TRUE;
}

QonysRawRow *
qonys_row_reader_feed (QonysXml *xml, GQueue *ready, gboolean *is_at_end, GError **error)
{
  while (ready->length == 0 && !*is_at_end) {
    int more = qonys_xml_feed (xml, error);

    if (more < 0)
      return NULL;
    *is_at_end |= more == 0;
  }
  return g_queue_pop_head (ready);
}
