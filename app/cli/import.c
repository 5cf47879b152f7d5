/* qonys import: a table into a project. Every row read is stored or rejected with its reason. */

#include "base/error.h"
#include "base/format.h"
#include "cli/cli-private.h"
#include "net/download.h"
#include "privacy/identifier.h"
#include "store/address-layer.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

/* What was said on the command line. */
typedef struct {
  char *type, *recipe, *save_recipe, *sheet, *encoding, *crs, *addresses, *report;
  char **strip;
  gboolean is_synthetic, is_dry_run;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->type);
  g_free (options->recipe);
  g_free (options->save_recipe);
  g_free (options->sheet);
  g_free (options->encoding);
  g_free (options->crs);
  g_free (options->addresses);
  g_free (options->report);
  g_strfreev (options->strip);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- the account ---- */

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

/* Sums before and after, a line each; all the same if every row was stored. */
static void
print_sums (const GArray *reconciliations)
{
  for (guint i = 0; i < reconciliations->len; i++) {
    const QonysReconciliation *line = &g_array_index (reconciliations, QonysReconciliation, i);
    const char *place = line->kato == NULL ? "–" : *line->kato == '\0' ? "*" : line->kato;

    g_print ("sum: %s\t%s\t%.15g\t%.15g\t%.15g\n", place,
             line->field != NULL ? line->field : "rows", line->read, line->stored, line->rejected);
  }
}

static void
print_report (const QonysImportReport *report)
{
  g_print ("read: %" G_GINT64_FORMAT "\nstored: %" G_GINT64_FORMAT "\nrejected: %" G_GINT64_FORMAT
           "\n",
           report->n_read, report->n_stored, report->n_rejected);
  if (report->n_totals > 0)
    g_print ("totals: %" G_GINT64_FORMAT "\n", report->n_totals);
  print_by_reason (report->n_by_reason);
  if (report->n_rejected > 0 || report->n_totals > 0)
    print_sums (report->reconciliations);
}

/* What is weak is let in, and told. */
static void
print_findings (const QonysImportReport *report)
{
  g_autoptr (GPtrArray) warnings = qonys_diagnostics_new ();
  g_autofree char *text = qonys_findings_describe (report->findings);

  if (*text != '\0')
    qonys_diagnostics_add (warnings, QONYS_WARNING, "%s", text);
  _qonys_cli_print_diagnostics (warnings);
}

/* ---- the recipe ---- */

/* What is said of the file before it is looked at; NULL: nothing. */
static gboolean
read_hints (const Options *options, QonysRecipe **hints, GError **error)
{
  QonysRecordType type;

  if (options->recipe != NULL) {
    *hints = qonys_recipe_load (options->recipe, error);
    if (*hints == NULL)
      return FALSE;
  }
  if (options->type != NULL) {
    if (!qonys_record_type_parse (options->type, &type) ||
        (*hints != NULL && (*hints)->type != type)) {
      _qonys_cli_set_usage_error (
          error, &_qonys_command_import,
          _ ("Say with --as what a row is: dwelling, suspicion, operation, flow, indicator or "
             "registration_count."));
      return FALSE;
    }
    if (*hints == NULL)
      *hints = qonys_recipe_new (type);
  }
  return TRUE;
}

static void
apply_options (QonysRecipe *recipe, const Options *options)
{
  if (options->sheet != NULL) {
    g_free (recipe->sheet);
    recipe->sheet = g_strdup (options->sheet);
  }
  if (options->encoding != NULL) {
    g_free (recipe->encoding);
    recipe->encoding = g_strdup (options->encoding);
  }
  if (options->crs != NULL) {
    g_free (recipe->crs);
    recipe->crs = g_strdup (options->crs);
  }
  recipe->is_synthetic |= options->is_synthetic;
}

static gboolean
strip_columns (QonysRecipe *recipe, char **names, GError **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    QonysRecipeColumn *column = qonys_recipe_find_column (recipe, names[i]);

    if (column == NULL) {
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                   _ ("There is no column “%s” to drop. Write its name as the file does."),
                   names[i]);
      return FALSE;
    }
    column->role = QONYS_ROLE_STRIP;
    column->field = -1;
  }
  return TRUE;
}

static void
note_type (const QonysRecipe *recipe)
{
  g_autoptr (GPtrArray) notes = qonys_diagnostics_new ();

  qonys_diagnostics_add (notes, QONYS_NOTE,
                         _ ("By the names of the columns a row was taken for: %s (--as says it "
                            "otherwise)."),
                         qonys_schema_get (recipe->type)->name);
  _qonys_cli_print_diagnostics (notes);
}

/* What the columns leave open; the import itself says the rest. */
static void
print_doubts (GPtrArray *notes)
{
  for (guint i = notes->len; i-- > 0;)
    if (((const QonysDiagnostic *)notes->pdata[i])->severity != QONYS_WARNING)
      g_ptr_array_remove_index (notes, i);
  _qonys_cli_print_diagnostics (notes);
}

/* Is there nothing to be asked about the columns? A recipe that was saved before answers it. */
static gboolean
is_clear (QonysProject *project, const char *source, const QonysRecipe *hints, GError **error)
{
  g_autoptr (QonysRecipe) recipe =
      qonys_store_propose_recipe (project, source, hints, FALSE, NULL, error);

  return recipe != NULL;
}

/* What is proposed for the file, after what was said of it. @notes: what it leaves open. @unclear:
 * (out): why it cannot be imported without a word of the user */
static QonysRecipe *
make_recipe (QonysProject *project, const char *source, const Options *options, GPtrArray *notes,
             GError **unclear, GError **error)
{
  g_autoptr (QonysRecipe) hints = NULL;
  g_autoptr (QonysRecipe) recipe = NULL;
  gboolean is_asked = FALSE;

  if (!read_hints (options, &hints, error))
    return NULL;
  is_asked = hints == NULL;
  if (is_asked)
    hints = qonys_recipe_new (QONYS_N_RECORD_TYPES);
  apply_options (hints, options);
  recipe = qonys_store_propose_recipe (project, source, hints, TRUE, notes, error);
  if (recipe == NULL)
    return NULL;
  apply_options (recipe, options);
  if (is_asked)
    note_type (recipe);
  if (!strip_columns (recipe, options->strip, error))
    return NULL;
  if (options->recipe != NULL && recipe->name == NULL) /* what was given is meant to be kept */
    recipe->name = g_path_get_basename (options->recipe);
  if (!options->is_dry_run && options->recipe == NULL)
    is_clear (project, source, hints, unclear);
  return g_steal_pointer (&recipe);
}

/* ---- the command ---- */

/* The streets and buildings of @path; none: NULL without an error. */
static gboolean
load_addresses (const char *path, QonysProject *project, QonysAddressIndex **addresses,
                QonysJob *job, GError **error)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  if (path == NULL)
    return TRUE;
  *addresses =
      qonys_store_load_addresses (*path != '\0' ? path : NULL, NULL,
                                  qonys_project_get_districts (project), job, diagnostics, error);
  _qonys_cli_print_diagnostics (diagnostics);
  return *addresses != NULL;
}

static gboolean
import_file (const char *source, const char *path, const Options *options, QonysJob *job,
             GError **error)
{
  g_autoptr (QonysProject) project = _qonys_cli_open_or_new_project (path, job, error);
  g_autoptr (QonysRecipe) recipe = NULL;
  g_autoptr (QonysAddressIndex) addresses = NULL;
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (GPtrArray) notes = qonys_diagnostics_new ();
  g_autoptr (GError) unclear = NULL;
  gboolean has_report;

  if (project == NULL)
    return FALSE;
  recipe = make_recipe (project, source, options, notes, &unclear, error);
  if (recipe == NULL)
    return FALSE;
  if (!load_addresses (options->addresses, project, &addresses, job, error))
    return FALSE;
  next = qonys_store_import_by (project, source, recipe, addresses,
                                options->is_dry_run || unclear != NULL, job, &report, error);
  /* Names may be persons': nothing is said or kept of them before the look for persons. */
  if (report->findings == NULL ||
      qonys_findings_get_verdict (report->findings) == QONYS_VERDICT_REFUSE)
    return FALSE;
  if (options->save_recipe != NULL &&
      !qonys_recipe_save (recipe, options->save_recipe, next != NULL ? error : NULL))
    return FALSE;
  if (unclear != NULL) {
    g_clear_error (error);
    g_propagate_error (error, g_steal_pointer (&unclear));
    return FALSE;
  }
  if (options->is_dry_run)
    print_doubts (notes);
  has_report = report->rejected->len > 0 || next != NULL; /* none of a file that was refused */
  if (options->report != NULL && has_report &&
      !qonys_store_write_import_report (source, recipe, report, options->report, job,
                                        next != NULL ? error : NULL))
    return FALSE;
  if (next == NULL)
    return FALSE;
  /* A new project is written only now: a refused file leaves nothing behind. */
  if (!options->is_dry_run && qonys_project_get_path (next) == NULL &&
      !qonys_store_write_project (next, path, job, error))
    return FALSE;
  _qonys_cli_print_diagnostics (report->diagnostics);
  print_findings (report);
  print_report (report);
  return TRUE;
}

/* The same of an address: the file is fetched first and deleted whatever comes of it. */
static gboolean
import (const char *source, const char *path, const Options *options, QonysJob *job, GError **error)
{
  g_autofree char *target = NULL;
  g_autoptr (QonysDownload) download = NULL;

  if (!qonys_download_is_address (source))
    return import_file (source, path, options, job, error);
  target = g_canonicalize_filename (path, NULL);
  download = qonys_download_run (source, options->is_dry_run ? NULL : target, NULL, job, error);
  if (download == NULL || !import_file (download->path, path, options, job, error))
    return FALSE;
  if (!options->is_dry_run)
    qonys_download_keep (download, NULL);
  return TRUE;
}

/* The names of the fields, for the help. */
static char *
list_fields (void)
{
  GString *text = g_string_new (_ ("Fields, by what a row is (* must be there):"));

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    const QonysSchema *schema = qonys_schema_get (type);

    g_string_append_printf (text, "\n  %s:", schema->name);
    for (guint i = 0; i < schema->n_fields; i++)
      g_string_append_printf (text, " %s%s", schema->fields[i].name,
                              schema->fields[i].is_required ? "*" : "");
  }
  return g_string_free (text, FALSE);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_auto (Options) options = {NULL};
  gboolean is_help;
  const GOptionEntry entries[] = {
      {"as", 0, 0, G_OPTION_ARG_STRING, &options.type,
       N_ ("What a row is: dwelling, suspicion, operation, flow, indicator, registration_count; "
           "without it the names of the columns say it"),
       "TYPE"},
      {"recipe", 0, 0, G_OPTION_ARG_FILENAME, &options.recipe,
       N_ ("What the columns are, as JSON; it is kept in the project"), "FILE"},
      {"save-recipe", 0, 0, G_OPTION_ARG_FILENAME, &options.save_recipe,
       N_ ("Write what the columns were taken for, to be corrected and given as --recipe"), "FILE"},
      {"sheet", 0, 0, G_OPTION_ARG_STRING, &options.sheet, N_ ("Sheet or layer to read"), "NAME"},
      {"encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding,
       N_ ("Encoding of the texts, such as KZ-1048"), "NAME"},
      {"crs", 0, 0, G_OPTION_ARG_STRING, &options.crs, N_ ("Coordinate system, such as EPSG:28412"),
       "CODE"},
      {"addresses", 0, 0, G_OPTION_ARG_FILENAME, &options.addresses,
       N_ ("Place rows without coordinates by their addresses: a layer of streets and buildings, "
           "or \"\" for the bundled avenues alone"),
       "LAYER"},
      {"strip", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.strip,
       N_ ("Drop a column with data of persons; may be given several times"), "COLUMN"},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry_run,
       N_ ("Read and judge all rows, store nothing"), NULL},
      {"report", 0, 0, G_OPTION_ARG_FILENAME, &options.report,
       N_ ("Write the rows not stored, why, and what to do, as CSV"), "FILE"},
      {"synthetic", 0, 0, G_OPTION_ARG_NONE, &options.is_synthetic, N_ ("Flag as training data"),
       NULL},
      G_OPTION_ENTRY_NULL};
  g_autoptr (QonysProgress) progress = NULL;

  if (!_qonys_cli_parse (&_qonys_command_import, entries, &argc, argv, 2, &is_help, error))
    return FALSE;
  if (is_help) {
    g_autofree char *fields = list_fields ();

    g_print ("\n%s\n", fields);
    return TRUE;
  }
  progress = _qonys_progress_new (_ ("Importing"));
  return import (argv[1], argv[2], &options, _qonys_progress_get_job (progress), error);
}

const QonysCommand _qonys_command_import = {
    "import", "FILE PROJECT",
    N_ ("Import a table into a project, which is made if it is not there"),
    "  qonys import dwellings.csv city.gpkg\n"
    "  qonys import raids.xlsx city.gpkg --as operation --report rejected.csv\n"
    "  qonys import https://data.example.kz/dwellings.zip city.gpkg\n"
    "  qonys import \"PG:host=db.example.kz dbname=city user=map\" city.gpkg --sheet "
    "geo.dwellings\n"
    "  qonys import quarter.xlsx city.gpkg --dry-run --save-recipe quarter.json\n"
    "  qonys import quarter.xlsx city.gpkg --recipe quarter.json --strip ЖСН",
    run};
