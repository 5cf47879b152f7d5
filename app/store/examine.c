/*
 * Examining a file: its head for what it is, all of it for persons. Once a file, before anything is
 * asked or stored; what is shown of columns with persons is masked.
 */
#include "store/examine.h"

#include "store/examine-private.h"
#include "store/import-pass.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MASK "••••"

static void
sheet_free (gpointer data)
{
  QonysExaminedSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet);
}

void
qonys_examination_free (QonysExamination *examination)
{
  g_free (examination->driver);
  g_free (examination->encoding);
  g_free (examination->crs);
  g_ptr_array_unref (examination->sheets);
  g_clear_pointer (&examination->columns, g_ptr_array_unref);
  g_clear_pointer (&examination->rows, g_ptr_array_unref);
  g_clear_pointer (&examination->findings, g_ptr_array_unref);
  g_ptr_array_unref (examination->diagnostics);
  g_clear_pointer (&examination->recipe, qonys_recipe_free);
  g_free (examination);
}

/* ---- the file ---- */

static void
add_sheet (QonysExamination *examination, const char *name, gint64 n_rows, gboolean is_hidden,
           gboolean is_read)
{
  QonysExaminedSheet *sheet = g_new (QonysExaminedSheet, 1);

  *sheet = (QonysExaminedSheet){g_strdup (name), n_rows, is_hidden};
  if (is_read)
    examination->sheet = examination->sheets->len;
  g_ptr_array_add (examination->sheets, sheet);
}

static void
describe_layers (QonysExamination *examination, const QonysImportSource *source)
{
  examination->driver = g_strdup (GDALGetDriverShortName (GDALGetDatasetDriver (source->dataset)));
  examination->is_encoding_guessed = source->decoder.sample != NULL;
  examination->encoding =
      g_strdup (source->decoder.encoding != NULL ? source->decoder.encoding : "UTF-8");
  examination->header_row = examination->n_header_rows = source->first_row > 1;
  examination->crs =
      source->has_geometry ? qonys_crs_describe (OGR_L_GetSpatialRef (source->layer)) : NULL;
  for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (source->dataset, i);
    g_autofree char *name = qonys_decoder_decode (&source->decoder, OGR_L_GetName (layer));

    add_sheet (examination, name, OGR_L_GetFeatureCount (layer, FALSE), FALSE,
               layer == source->layer);
  }
}

static gboolean
describe_sheets (QonysExamination *examination, const QonysImportSource *source, GError **error)
{
  const QonysSheetShape *shape = qonys_sheet_get_shape (source->sheet);
  const char *encoding = qonys_sheet_get_encoding (source->sheet);
  const char *dot = strrchr (source->path, '.');
  g_autoptr (GPtrArray) sheets = qonys_sheet_list (source->path, error);

  if (sheets == NULL)
    return FALSE;
  examination->driver =
      encoding != NULL ? g_strdup ("CSV") : g_ascii_strup (dot != NULL ? dot + 1 : "", -1);
  examination->encoding = g_strdup (encoding != NULL ? encoding : "UTF-8");
  examination->is_encoding_guessed = encoding != NULL && !g_str_has_prefix (encoding, "UTF-");
  examination->header_row = shape->header_row;
  examination->n_header_rows = shape->n_header_rows;
  for (guint i = 0; i < sheets->len; i++) {
    const QonysSheetInfo *info = sheets->pdata[i];

    add_sheet (examination, info->name, -1, info->is_hidden,
               g_str_equal (info->name, qonys_sheet_get_name (source->sheet)));
  }
  return TRUE;
}

/* ---- persons ---- */

static QonysExaminedColumn *
find_column (const QonysExamination *examination, const char *header)
{
  for (guint i = 0; i < examination->columns->len; i++) {
    QonysExaminedColumn *column = examination->columns->pdata[i];

    if (g_str_equal (column->header, header))
      return column;
  }
  return NULL;
}

/* What dropping columns cannot mend: a finding elsewhere, or rows of persons. */
static void
judge_columns (QonysExamination *examination, const QonysImportPass *pass)
{
  examination->verdict = qonys_findings_get_verdict (examination->findings);
  examination->can_strip = examination->verdict == QONYS_VERDICT_REFUSE;
  for (guint i = 0; i < examination->findings->len; i++) {
    const QonysFinding *finding = examination->findings->pdata[i];
    QonysExaminedColumn *column = i >= pass->own_begin && i < pass->own_end
                                      ? find_column (examination, finding->column)
                                      : NULL;

    if (column != NULL)
      column->verdict = MAX (column->verdict, finding->verdict);
    if (finding->verdict == QONYS_VERDICT_REFUSE &&
        (column == NULL || finding->kind == QONYS_IDENTIFIER_MICRO_ROWS))
      examination->can_strip = FALSE;
  }
}

static void
mask (char **text)
{
  if (*text == NULL || **text == '\0')
    return;
  g_free (*text);
  *text = g_strdup (MASK);
}

/* Above the names a text stands in no column that could be dropped. */
static void
mask_titles (QonysExamination *examination)
{
  for (guint i = 0; i < examination->rows->len; i++) {
    const QonysExaminedRow *row = examination->rows->pdata[i];

    for (guint j = 0; row->kind == QONYS_ROW_TITLE && j < examination->columns->len; j++)
      mask (&row->cells[j]);
  }
}

static void
mask_columns (QonysExamination *examination)
{
  for (guint i = 0; i < examination->columns->len; i++) {
    QonysExaminedColumn *column = examination->columns->pdata[i];
    QonysRecipeColumn *role = examination->recipe->columns->pdata[i];
    gboolean is_name_of_person =
        qonys_text_find_identifier (column->header) != QONYS_IDENTIFIER_NONE;

    if (is_name_of_person) { /* a table without a row of names */
      mask (&column->header);
      mask (&role->header);
    }
    if (column->verdict != QONYS_VERDICT_REFUSE && !is_name_of_person)
      continue;
    for (guint j = 0; j < QONYS_N_SAMPLES; j++)
      mask (&column->samples[j]);
    for (guint j = 0; j < examination->rows->len; j++)
      mask (&((QonysExaminedRow *)examination->rows->pdata[j])->cells[i]);
  }
}

static gboolean
scan (QonysExamination *examination, QonysImportSource *source, QonysJob *job, GError **error)
{
  g_autoptr (QonysImportReport) report = qonys_import_report_new ();
  QonysImportPass pass = {.source = source, .job = job, .report = report};

  examination->findings = qonys_import_pass_run (&pass, error);
  g_clear_pointer (&pass.sums, qonys_sums_free);
  if (examination->findings == NULL)
    return FALSE;
  judge_columns (examination, &pass);
  if (examination->verdict == QONYS_VERDICT_REFUSE) {
    mask_columns (examination);
    mask_titles (examination);
  } else
    g_ptr_array_extend_and_steal (examination->diagnostics, g_steal_pointer (&report->diagnostics));
  if (report->diagnostics == NULL)
    report->diagnostics = qonys_diagnostics_new ();
  return TRUE;
}

/* ---- the whole ---- */

static void
note_error (GPtrArray *diagnostics, const GError *error)
{
  if (error != NULL)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING, "%s", error->message);
}

static void
take_proposal (QonysExamination *examination, QonysProposal *proposal)
{
  examination->columns = g_steal_pointer (&proposal->columns);
  examination->rows = g_steal_pointer (&proposal->rows);
  examination->recipe = qonys_recipe_copy (proposal->source->recipe);
  examination->is_type_known = proposal->is_type_known;
  examination->is_known_recipe = proposal->is_known_recipe;
  examination->has_geometry = proposal->source->has_geometry;
}

QonysExamination *
qonys_store_examine (QonysProject *project, const char *path, const QonysRecipe *recipe,
                     QonysJob *job, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (QonysProposal) proposal = {NULL};
  g_autoptr (QonysExamination) examination = g_new0 (QonysExamination, 1);
  g_autoptr (GError) lost = NULL;
  QonysImportSource *source;

  examination->sheets = g_ptr_array_new_with_free_func (sheet_free);
  examination->diagnostics = qonys_diagnostics_new ();
  qonys_store_init ();
  qonys_gdal_scope_open (&scope, NULL);
  if (!qonys_propose (project, path, recipe, &scope, examination->diagnostics, &proposal, error))
    return NULL;
  source = proposal.source;
  take_proposal (examination, &proposal);
  if (source->sheet == NULL)
    describe_layers (examination, source);
  else if (!describe_sheets (examination, source, error))
    return NULL;
  note_error (examination->diagnostics, proposal.unreadable);
  if (!qonys_import_source_locate (source, examination->diagnostics, &lost))
    note_error (examination->diagnostics, lost);
  qonys_job_set_message (job, _ ("Looking for data of persons"));
  if (!scan (examination, source, job, error))
    return NULL;
  return g_steal_pointer (&examination);
}
