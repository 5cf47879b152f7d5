/*
 * The account of an import: rows read, stored, rejected and why. One a file; a thousand
 * rejections at most are kept, the others are counted.
 */
#include "store/import.h"

#include "privacy/identifier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_REJECTIONS 1000
#define MAX_VALUE_LENGTH 40

static void
rejection_free (gpointer data)
{
  QonysRejection *rejection = data;

  g_free (rejection->column);
  g_free (rejection->reason);
  g_free (rejection->cure);
  g_free (rejection->original);
  g_free (rejection);
}

static void
total_row_free (gpointer data)
{
  QonysTotalRow *total = data;

  g_free (total->column);
  g_free (total);
}

QonysImportReport *
qonys_import_report_new (void)
{
  QonysImportReport *report = g_new0 (QonysImportReport, 1);

  report->rejections = g_ptr_array_new_with_free_func (rejection_free);
  report->n_by_reason = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  report->totals = g_ptr_array_new_with_free_func (total_row_free);
  report->districts = g_ptr_array_new_with_free_func (rejection_free);
  report->places = g_ptr_array_new_with_free_func (rejection_free);
  report->reconciliations = g_array_new (FALSE, FALSE, sizeof (QonysReconciliation));
  report->rejected = g_array_new (FALSE, FALSE, sizeof (QonysRejectedRow));
  report->diagnostics = qonys_diagnostics_new ();
  return report;
}

void
qonys_import_report_free (QonysImportReport *report)
{
  g_ptr_array_unref (report->rejections);
  g_hash_table_unref (report->n_by_reason);
  g_ptr_array_unref (report->totals);
  g_ptr_array_unref (report->districts);
  g_ptr_array_unref (report->places);
  g_array_unref (report->reconciliations);
  g_array_unref (report->rejected);
  g_ptr_array_unref (report->diagnostics);
  g_clear_pointer (&report->findings, g_ptr_array_unref);
  g_free (report);
}

static char *
describe (QonysReason reason, const char *given)
{
  const char *sentence = qonys_reason_describe (reason);
  g_autofree char *value = NULL;

  if (given == NULL)
    return g_strdup_printf ("%s.", sentence);
  value = g_utf8_strlen (given, -1) > MAX_VALUE_LENGTH
              ? g_utf8_substring (given, 0, MAX_VALUE_LENGTH)
              : g_strdup (given);
  return g_strdup_printf ("%s: “%s”.", sentence, value);
}

char *
qonys_rejected_row_add_earlier (const QonysRejectedRow *rejected, const char *reason)
{
  if (rejected->earlier == 0)
    return g_strdup (reason);
  /* Translators: a sentence, the number of a row */
  return g_strdup_printf (_ ("%1$s The earlier one is row %2$u."), reason, rejected->earlier);
}

static void
add_rejected (QonysImportReport *report, gint64 row, QonysReason reason, int field)
{
  QonysRejectedRow rejected = {report->n_read + report->n_totals + report->n_blank, row, reason,
                               field, 0};

  g_array_append_val (report->rejected, rejected);
}

void
qonys_import_report_reject (QonysImportReport *report, gint64 row, const QonysSchema *schema,
                            QonysReason reason, int field, const char *value)
{
  const char *sentence = qonys_reason_describe (reason);
  int count = GPOINTER_TO_INT (g_hash_table_lookup (report->n_by_reason, sentence));
  QonysRejection *rejection;

  report->n_read++;
  report->n_rejected++;
  add_rejected (report, row, reason, field);
  g_hash_table_insert (report->n_by_reason, g_strdup (sentence), GINT_TO_POINTER (count + 1));
  if (report->rejections->len >= MAX_REJECTIONS)
    return;
  rejection = g_new0 (QonysRejection, 1);
  rejection->row = row;
  rejection->column = field >= 0 ? g_strdup (schema->fields[field].name) : NULL;
  rejection->reason = describe (reason, value);
  rejection->cure = g_strdup (qonys_reason_get_cure (reason));
  g_ptr_array_add (report->rejections, rejection);
}

void
qonys_import_report_skip (QonysImportReport *report, gint64 row, QonysReason reason)
{
  if (reason == QONYS_REASON_TOTAL)
    report->n_totals++;
  else
    report->n_blank++;
  add_rejected (report, row, reason, -1);
}

void
qonys_import_report_clear_rows (QonysImportReport *report)
{
  report->n_read = report->n_stored = report->n_rejected = 0;
  report->n_totals = report->n_blank = report->n_districts = 0;
  g_ptr_array_set_size (report->rejections, 0);
  g_ptr_array_set_size (report->totals, 0);
  g_ptr_array_set_size (report->districts, 0);
  g_ptr_array_set_size (report->places, 0);
  g_array_set_size (report->reconciliations, 0);
  g_array_set_size (report->rejected, 0);
  g_hash_table_remove_all (report->n_by_reason);
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
