/*
 * The report of an import as a file that can be sent back: each rejected row as it was, with what
 * is wrong and what to do. Written while the source is read once more, so it costs no memory.
 */
#include "store/import-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  GOutputStream *stream;
  const QonysImportReport *report;
} Writer;

static void
add_field (GString *line, const char *text)
{
  if (line->len > 0)
    g_string_append_c (line, ';');
  g_string_append_c (line, '"');
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (line, '"');
    g_string_append_c (line, *at);
  }
  g_string_append_c (line, '"');
}

static gboolean
write_line (const Writer *writer, GString *line, GError **error)
{
  g_string_append (line, "\r\n");
  return g_output_stream_write_all (writer->stream, line->str, line->len, NULL, NULL, error);
}

static void
begin_line (GString *line, gint64 row, const char *outcome, const char *column, const char *reason,
            const char *cure)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row);

  g_string_append (line, number);
  add_field (line, outcome);
  add_field (line, column != NULL ? column : "");
  add_field (line, reason);
  add_field (line, cure);
}

static gboolean
write_head (const Writer *writer, const QonysImportSource *source, GError **error)
{
  g_autoptr (GString) line = g_string_new (_ ("Row"));

  g_string_prepend (line, "\xef\xbb\xbf");
  add_field (line, _ ("Outcome"));
  add_field (line, _ ("Column"));
  add_field (line, _ ("Reason"));
  add_field (line, _ ("What to do"));
  for (guint i = 0; i < source->n_columns; i++)
    if (!source->is_stripped[i])
      add_field (line, source->names[i]);
  return write_line (writer, line, error);
}

static gboolean
write_rejected (const QonysImportSource *source, const QonysRejectedRow *rejected, guint number,
                char *const *cells, gpointer data, GError **error)
{
  const Writer *writer = data;
  const GPtrArray *listed = writer->report->rejections;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *reason = NULL;
  const char *column = NULL;

  if (rejected->field >= 0)
    column = source->columns[rejected->field] >= 0
                 ? source->names[source->columns[rejected->field]]
                 : _ (source->schema->fields[rejected->field].label);
  if (number < listed->len) /* these say the value, too */
    reason = g_strdup (((const QonysRejection *)listed->pdata[number])->reason);
  else {
    g_autofree char *sentence = g_strdup_printf ("%s.", qonys_reason_describe (rejected->reason));

    reason = qonys_rejected_row_add_earlier (rejected, sentence);
  }
  begin_line (line, rejected->row, _ ("Rejected"), column, reason,
              qonys_reason_get_cure (rejected->reason));
  for (guint i = 0; i < source->n_columns; i++)
    if (!source->is_stripped[i])
      add_field (line, cells[i]);
  return write_line (writer, line, error);
}

static gboolean
write_doubtful (const Writer *writer, const GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++) {
    const QonysRejection *row = rows->pdata[i];
    g_autoptr (GString) line = g_string_new (NULL);

    begin_line (line, row->row, _ ("Stored"), row->column, row->reason, row->cure);
    if (!write_line (writer, line, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_all (const Writer *writer, QonysImportSource *source, QonysJob *job, GError **error)
{
  return write_head (writer, source, error) &&
         qonys_import_source_read_rejected (source, writer->report->rejected, G_MAXUINT,
                                            write_rejected, (gpointer)writer, job, error) &&
         write_doubtful (writer, writer->report->districts, error) &&
         write_doubtful (writer, writer->report->places, error);
}

static QonysImportSource *
open_source (const char *path, const QonysRecipe *recipe, QonysGdalScope *scope, GError **error)
{
  g_autoptr (QonysImportSource) source =
      qonys_import_source_open (path, FALSE, recipe, scope, NULL, error);

  if (source == NULL || !qonys_import_source_assign (source, recipe, NULL, error))
    return NULL;
  return g_steal_pointer (&source);
}

gboolean
qonys_store_write_import_report (const char *path, const QonysRecipe *recipe,
                                 const QonysImportReport *report, const char *target, QonysJob *job,
                                 GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_autoptr (QonysImportSource) source = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autoptr (GCancellable) give_up = g_cancellable_new ();
  g_autoptr (GFileOutputStream) output = NULL;
  g_autoptr (GOutputStream) buffered = NULL;
  GError *failure = NULL;
  Writer writer = {.report = report};
  gboolean ok;

  qonys_store_init ();
  qonys_gdal_scope_open (&scope, NULL);
  source = open_source (path, recipe, &scope, error);
  if (source == NULL)
    return FALSE;
  output = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, &failure);
  if (output == NULL) {
    qonys_error_set_from_gio (error, target, failure);
    return FALSE;
  }
  writer.stream = buffered = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (output), 1 << 16);
  ok = write_all (&writer, source, job, &failure);
  if (!ok) /* the file stays as it was */
    g_cancellable_cancel (give_up);
  ok = g_output_stream_close (buffered, give_up, ok ? &failure : NULL) && ok;
  if (!ok)
    qonys_error_set_from_gio (error, target, failure);
  return ok;
}
