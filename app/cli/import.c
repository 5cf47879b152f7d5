/* qonys import: a table into a project. Every row read is stored or rejected with its reason. */

#include "base/error.h"
#include "cli/cli-private.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

static void
print_by_reason (GHashTable *n_by_reason)
{
  g_autoptr (GList) reasons =
      g_list_sort (g_hash_table_get_keys (n_by_reason), (GCompareFunc)strcmp);

  for (GList *reason = reasons; reason != NULL; reason = reason->next)
    g_print ("rejected: %d\t%s\n",
             GPOINTER_TO_INT (g_hash_table_lookup (n_by_reason, reason->data)),
             (const char *)reason->data);
}

static void
print_report (const QonysImportReport *report)
{
  _qonys_cli_print_diagnostics (report->diagnostics);
  g_print ("read: %" G_GINT64_FORMAT "\nstored: %" G_GINT64_FORMAT "\nrejected: %" G_GINT64_FORMAT
           "\n",
           report->n_read, report->n_stored, report->n_rejected);
  print_by_reason (report->n_by_reason);
}

/* A field of RFC 4180. */
static void
add_field (GString *text, const char *field, const char *end)
{
  g_auto (GStrv) parts = g_strsplit (field, "\"", -1);
  g_autofree char *escaped = g_strjoinv ("\"\"", parts);

  g_string_append_printf (text, "\"%s\"%s", escaped, end);
}

static gboolean
write_rejections (const QonysImportReport *report, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbfrow;column;reason\r\n");
  GError *failure = NULL;

  for (guint i = 0; i < report->rejections->len; i++) {
    const QonysRejection *rejection = g_ptr_array_index (report->rejections, i);

    g_string_append_printf (text, "%" G_GINT64_FORMAT ";", rejection->row);
    add_field (text, rejection->column != NULL ? rejection->column : "", ";");
    add_field (text, rejection->reason, "\r\n");
  }
  if (!g_file_set_contents (path, text->str, text->len, &failure)) {
    qonys_error_set_from_gio (error, path, failure);
    return FALSE;
  }
  if (report->n_rejected > report->rejections->len)
    g_printerr (_ ("warning: only the first %u rejected rows are listed.\n"),
                report->rejections->len);
  return TRUE;
}

static gboolean
import (const char *source, const char *path, QonysRecordType type, gboolean is_synthetic,
        const char *rejections, QonysJob *job, GError **error)
{
  g_autoptr (QonysProject) project = _qonys_cli_open_or_new_project (path, job, error);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;

  if (project == NULL)
    return FALSE;
  next = qonys_store_import (project, source, type, is_synthetic, job, &report, error);
  if (next == NULL)
    return FALSE;
  /* A new project is written only now: a refused file leaves nothing behind. */
  if (qonys_project_get_path (next) == NULL && !qonys_store_write_project (next, path, job, error))
    return FALSE;
  print_report (report);
  return rejections == NULL || write_rejections (report, rejections, error);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *type_name = NULL, *rejections = NULL;
  gboolean is_synthetic = FALSE, is_help;
  const GOptionEntry entries[] = {
      {"as", 0, 0, G_OPTION_ARG_STRING, &type_name,
       N_ ("What a row is: dwelling, suspicion, operation, flow, indicator, registration_count"),
       "TYPE"},
      {"synthetic", 0, 0, G_OPTION_ARG_NONE, &is_synthetic, N_ ("Flag as training data"), NULL},
      {"rejections", 0, 0, G_OPTION_ARG_FILENAME, &rejections,
       N_ ("Write the rows not stored and why, as CSV"), "FILE"},
      G_OPTION_ENTRY_NULL};
  g_autoptr (QonysProgress) progress = NULL;
  QonysRecordType type;

  if (!_qonys_cli_parse (&_qonys_command_import, entries, &argc, argv, 2, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if (type_name == NULL || !qonys_record_type_parse (type_name, &type)) {
    _qonys_cli_set_usage_error (
        error, &_qonys_command_import,
        _ ("Say with --as what a row is: dwelling, suspicion, operation, flow, indicator or "
           "registration_count."));
    return FALSE;
  }
  progress = _qonys_progress_new (_ ("Importing"));
  return import (argv[1], argv[2], type, is_synthetic, rejections,
                 _qonys_progress_get_job (progress), error);
}

const QonysCommand _qonys_command_import = {
    "import", "FILE PROJECT",
    N_ ("Import a table into a project, which is made if it is not there"),
    "  qonys import dwellings.csv city.gpkg --as dwelling\n"
    "  qonys import raids.xlsx city.gpkg --as operation --rejections rejected.csv",
    run};
