/*
 * The account of an import: rows read, stored, rejected and why. One a file; a thousand
 * rejections at most are kept, the others are counted.
 */
#include "store/import.h"

#include "privacy/identifier.h"

#include <string.h>

#define MAX_REJECTIONS 1000
#define MAX_VALUE_LENGTH 40

static void
rejection_free (gpointer data)
{
  QonysRejection *rejection = data;

  g_free (rejection->column);
  g_free (rejection->reason);
  g_free (rejection);
}

QonysImportReport *
qonys_import_report_new (void)
{
  QonysImportReport *report = g_new0 (QonysImportReport, 1);

  report->rejections = g_ptr_array_new_with_free_func (rejection_free);
  report->n_by_reason = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  report->diagnostics = qonys_diagnostics_new ();
  return report;
}

void
qonys_import_report_free (QonysImportReport *report)
{
  g_ptr_array_unref (report->rejections);
  g_hash_table_unref (report->n_by_reason);
  g_ptr_array_unref (report->diagnostics);
  g_clear_pointer (&report->findings, g_ptr_array_unref);
  g_free (report);
}

static char *
describe (const QonysRow *row)
{
  const char *sentence = qonys_reason_describe (row->reason);
  g_autofree char *value = NULL;

  if (row->value == NULL)
    return g_strdup_printf ("%s.", sentence);
  value = g_utf8_strlen (row->value, -1) > MAX_VALUE_LENGTH
              ? g_utf8_substring (row->value, 0, MAX_VALUE_LENGTH)
              : g_strdup (row->value);
  return g_strdup_printf ("%s: “%s”.", sentence, value);
}

void
qonys_import_report_reject (QonysImportReport *report, gint64 number, const QonysRow *row)
{
  const char *reason = qonys_reason_describe (row->reason);
  int count = GPOINTER_TO_INT (g_hash_table_lookup (report->n_by_reason, reason));
  QonysRejection *rejection;

  report->n_rejected++;
  g_hash_table_insert (report->n_by_reason, g_strdup (reason), GINT_TO_POINTER (count + 1));
  if (report->rejections->len >= MAX_REJECTIONS)
    return;
  rejection = g_new0 (QonysRejection, 1);
  rejection->row = number;
  rejection->column = row->field >= 0 ? g_strdup (row->schema->fields[row->field].name) : NULL;
  rejection->reason = describe (row);
  g_ptr_array_add (report->rejections, rejection);
}

const char *
qonys_import_report_get_main_reason (const QonysImportReport *report)
{
  GHashTableIter iter;
  gpointer reason, count;
  const char *main_reason = NULL;
  int most = 0;

  g_hash_table_iter_init (&iter, report->n_by_reason);
  while (g_hash_table_iter_next (&iter, &reason, &count))
    if (GPOINTER_TO_INT (count) > most) {
      most = GPOINTER_TO_INT (count);
      main_reason = reason;
    }
  return main_reason;
}
