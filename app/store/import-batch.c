/*
 * Rows between reading and storing, some thousands at a time. Judging a row is done on many
 * threads, joining on one: about 0.1 µs a row.
 */
#include "store/import-batch.h"

#include <math.h>
#include <string.h>

#define EXPECTED_ROWS 8192
#define NO_TEXT G_MAXSIZE
#define AHEAD 16 /* rows */
#define MAX_TOTALS 100

typedef struct {
  gint64 number; /* of the row; 0: by its place */
  gsize text;    /* identity, or the value that is wrong */
  guint32 hash;
  guint8 reason, notes;
  gint8 field;
} Verdict;

/* A row of sums: one number a column that counts. */
typedef struct {
  double *stated, *before; /* in the batch; its own numbers and those of the records before it */
} Total;

static void
clear_total (gpointer data)
{
  Total *total = data;

  g_free (total->stated);
  g_free (total->before);
}

QonysBatch *
qonys_batch_new (const QonysSchema *schema, const QonysSums *sums)
{
  QonysBatch *batch = g_new (QonysBatch, 1);

  batch->builder = qonys_table_builder_new (schema->type, EXPECTED_ROWS);
  batch->verdicts = g_array_sized_new (FALSE, FALSE, sizeof (Verdict), EXPECTED_ROWS);
  batch->texts = g_string_new (NULL);
  batch->sums = qonys_sums_new_like (sums);
  batch->totals = g_array_new (FALSE, FALSE, sizeof (Total));
  g_array_set_clear_func (batch->totals, clear_total);
  return batch;
}

void
qonys_batch_free (QonysBatch *batch)
{
  qonys_table_builder_free (batch->builder);
  g_array_unref (batch->verdicts);
  g_string_free (batch->texts, TRUE);
  qonys_sums_free (batch->sums);
  g_array_unref (batch->totals);
  g_free (batch);
}

gsize
qonys_batch_get_n_rows (const QonysBatch *batch)
{
  return batch->verdicts->len;
}

static void
add_total (QonysBatch *batch, const QonysRow *row)
{
  Total total = {g_new (double, batch->sums->n_fields + 1), qonys_sums_get_all (batch->sums)};

  for (guint i = 0; i < batch->sums->n_fields; i++)
    total.stated[i] = row->cells[batch->sums->fields[i]].number;
  g_array_append_val (batch->totals, total);
}

void
qonys_batch_add (QonysBatch *batch, QonysRow *row, const QonysImportContext *context,
                 QonysDay today, gint32 dataset_id)
{
  Verdict verdict = {.number = row->number, .text = NO_TEXT, .field = -1};
  gsize at = batch->texts->len;

  qonys_row_split_address (row);
  if (row->reason != QONYS_REASON_BLANK && row->reason != QONYS_REASON_TOTAL &&
      qonys_row_validate (row, today)) {
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
  if (verdict.reason == QONYS_REASON_TOTAL)
    add_total (batch, row);
  else if (verdict.reason != QONYS_REASON_BLANK)
    qonys_sums_add_row (batch->sums, row);
}

/* The key of a row that is there already: alone it is the identity. */
static void
reject_known (QonysImportReport *report, gint64 row, const QonysSchema *schema, QonysReason reason,
              const char *identity, guint32 earlier)
{
  g_autofree char *key =
      schema->key_field >= 0 ? g_strndup (identity, strlen (identity) - 1) : NULL;

  qonys_import_report_reject (report, row, schema, reason, schema->key_field, key);
  g_array_index (report->rejected, QonysRejectedRow, report->rejected->len - 1).earlier = earlier;
}

/* A row of sums is that of all records before it, or of those since the last such row. */
static void
join_total (const Total *total, gint64 row, const QonysSums *sums, const double *begun,
            double *since, QonysImportReport *report)
{
  QonysTotalRow *line;

  if (report->totals->len >= MAX_TOTALS)
    return;
  line = g_new0 (QonysTotalRow, 1);
  line->row = row;
  for (guint i = 0; i < sums->n_fields && line->column == NULL; i++) {
    double all = begun[i] + total->before[i];

    if (isnan (total->stated[i]) || total->stated[i] == all || total->stated[i] == all - since[i])
      continue;
    line->column = g_strdup (sums->schema->fields[sums->fields[i]].name);
    line->stated = total->stated[i];
    line->summed = all;
  }
  for (guint i = 0; i < sums->n_fields; i++)
    since[i] = begun[i] + total->before[i];
  g_ptr_array_add (report->totals, line);
}

void
qonys_batch_join (const QonysBatch *batch, QonysImportContext *context, QonysTableBuilder *builder,
                  QonysImportReport *report, QonysSums *sums)
{
  const QonysSchema *schema = sums->schema;
  g_autofree guint8 *keep = g_new (guint8, batch->verdicts->len + 1);
  g_autofree double *begun = qonys_sums_get_all (sums);
  gsize n_good = 0, n_kept = 0;
  guint n_totals = 0;

  for (guint i = 0; i < batch->verdicts->len; i++) {
    const Verdict *verdict = &g_array_index (batch->verdicts, Verdict, i);
    const char *text = verdict->text != NO_TEXT ? batch->texts->str + verdict->text : NULL;
    QonysReason reason;
    guint32 earlier;

    if (i + AHEAD < batch->verdicts->len)
      qonys_import_context_expect (context, verdict[AHEAD].hash);
    if (verdict->reason == QONYS_REASON_TOTAL)
      join_total (&g_array_index (batch->totals, Total, n_totals++), verdict->number, sums, begun,
                  sums->since, report);
    if (verdict->reason == QONYS_REASON_TOTAL || verdict->reason == QONYS_REASON_BLANK) {
      qonys_import_report_skip (report, verdict->number, verdict->reason);
      continue;
    }
    if (verdict->reason != QONYS_REASON_NONE) {
      qonys_import_report_reject (report, verdict->number, schema, verdict->reason, verdict->field,
                                  text);
      continue;
    }
    reason = qonys_import_context_admit (context, text, verdict->hash, verdict->notes, &earlier);
    keep[n_good] = reason == QONYS_REASON_NONE;
    n_kept += keep[n_good++];
    if (reason != QONYS_REASON_NONE)
      reject_known (report, verdict->number, schema, reason, text, earlier);
    else
      report->n_read++;
  }
  report->n_stored += n_kept;
  qonys_table_builder_join (builder, batch->builder, n_kept < n_good ? keep : NULL);
  qonys_sums_merge (sums, batch->sums);
}
