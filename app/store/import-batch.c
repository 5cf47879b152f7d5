/*
 * Rows between reading and storing, some thousands at a time. Judging a row is done on many
 * threads, joining on one: about 0.1 µs a row.
 */
#include "store/import-batch.h"

#include <string.h>

#define EXPECTED_ROWS 8192
#define NO_TEXT G_MAXSIZE
#define AHEAD 16 /* rows */

typedef struct {
  gsize text; /* identity, or the value that is wrong */
  guint32 hash;
  guint8 reason, notes;
  gint8 field;
} Verdict;

QonysBatch *
qonys_batch_new (const QonysSchema *schema)
{
  QonysBatch *batch = g_new (QonysBatch, 1);

  batch->builder = qonys_table_builder_new (schema->type, EXPECTED_ROWS);
  batch->verdicts = g_array_sized_new (FALSE, FALSE, sizeof (Verdict), EXPECTED_ROWS);
  batch->texts = g_string_new (NULL);
  return batch;
}

void
qonys_batch_free (QonysBatch *batch)
{
  qonys_table_builder_free (batch->builder);
  g_array_unref (batch->verdicts);
  g_string_free (batch->texts, TRUE);
  g_free (batch);
}

gsize
qonys_batch_get_n_rows (const QonysBatch *batch)
{
  return batch->verdicts->len;
}

void
qonys_batch_add (QonysBatch *batch, QonysRow *row, const QonysImportContext *context,
                 QonysDay today, gint32 dataset_id)
{
  Verdict verdict = {.text = NO_TEXT, .field = -1};
  gsize at = batch->texts->len;

  if (row->reason == QONYS_REASON_NONE && qonys_row_validate (row, today)) {
    verdict.text = at;
    qonys_row_add_identity (row, batch->texts);
    verdict.hash = qonys_identity_hash (batch->texts->str + at);
    verdict.notes = qonys_import_context_join (context, row);
    qonys_row_append (row, batch->builder, dataset_id);
  } else {
    verdict.reason = row->reason;
    verdict.field = row->field;
    if (row->value != NULL) {
      verdict.text = at;
      g_string_append (batch->texts, row->value);
    }
  }
  if (verdict.text != NO_TEXT)
    g_string_append_c (batch->texts, '\0');
  g_array_append_val (batch->verdicts, verdict);
}

/* The key of a row that is there already: alone it is the identity. */
static void
reject_known (QonysImportReport *report, const QonysSchema *schema, QonysReason reason,
              const char *identity)
{
  g_autofree char *key =
      schema->key_field >= 0 ? g_strndup (identity, strlen (identity) - 1) : NULL;

  qonys_import_report_reject (report, report->n_read, schema, reason, schema->key_field, key);
}

void
qonys_batch_join (const QonysBatch *batch, QonysImportContext *context, QonysTableBuilder *builder,
                  QonysImportReport *report, const QonysSchema *schema)
{
  g_autofree guint8 *keep = g_new (guint8, batch->verdicts->len + 1);
  gsize n_good = 0, n_kept = 0;

  for (guint i = 0; i < batch->verdicts->len; i++) {
    const Verdict *verdict = &g_array_index (batch->verdicts, Verdict, i);
    const char *text = verdict->text != NO_TEXT ? batch->texts->str + verdict->text : NULL;
    QonysReason reason;

    if (i + AHEAD < batch->verdicts->len)
      qonys_import_context_expect (context, verdict[AHEAD].hash);
    report->n_read++;
    if (verdict->reason != QONYS_REASON_NONE) {
      qonys_import_report_reject (report, report->n_read, schema, verdict->reason, verdict->field,
                                  text);
      continue;
    }
    reason = qonys_import_context_admit (context, text, verdict->hash, verdict->notes);
    keep[n_good] = reason == QONYS_REASON_NONE;
    n_kept += keep[n_good++];
    if (reason != QONYS_REASON_NONE)
      reject_known (report, schema, reason, text);
  }
  report->n_stored += n_kept;
  qonys_table_builder_join (builder, batch->builder, n_kept < n_good ? keep : NULL);
}
