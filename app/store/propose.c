/*
 * What a file seems to be: its sheet, what a row of it is, what its columns are and hold. Looks at
 * names and at the first two thousand rows; once a file.
 */
#include "store/examine-private.h"

#include "base/fold.h"
#include "base/format.h"
#include "store/header-match.h"
#include "store/import-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIXED_SHARE 0.02 /* of values: fewer are mistakes */
#define ASKED_SHARE 0.1

static void
column_free (gpointer data)
{
  QonysExaminedColumn *column = data;

  g_free (column->header);
  g_free (column->ambiguous);
  for (guint i = 0; i < QONYS_N_SAMPLES; i++)
    g_free (column->samples[i]);
  g_free (column);
}

static void
row_free (gpointer data)
{
  QonysExaminedRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

void
qonys_proposal_clear (QonysProposal *proposal)
{
  g_clear_pointer (&proposal->source, qonys_import_source_free);
  g_clear_pointer (&proposal->columns, g_ptr_array_unref);
  g_clear_pointer (&proposal->rows, g_ptr_array_unref);
  g_clear_error (&proposal->unreadable);
}

/* ---- which table, which type ---- */

static GStrv
list_tables (const QonysImportSource *source)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) sheets = NULL;

  if (source->members != NULL && source->members[1] != NULL)
    return g_strdupv (source->members);
  if (source->sheet == NULL) {
    for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++)
      g_strv_builder_add (names, OGR_L_GetName (GDALDatasetGetLayer (source->dataset, i)));
    return g_strv_builder_end (names);
  }
  sheets = qonys_sheet_list (source->path, NULL);
  for (guint i = 0; sheets != NULL && i < sheets->len; i++)
    g_strv_builder_add (names, ((const QonysSheetInfo *)sheets->pdata[i])->name);
  return g_strv_builder_end (names);
}

/* Looks into each table for the one whose names fit a type best. */
static gboolean
find_table (const QonysImportSource *first, QonysRecipe *recipe, QonysGdalScope *scope)
{
  g_auto (GStrv) tables = list_tables (first);
  double best = QONYS_HEADERS_FIT;
  gboolean is_found = FALSE;

  gboolean is_chosen = recipe->sheet != NULL;

  for (guint i = 0; tables[i] != NULL && (i == 0 || !is_chosen); i++) {
    g_autoptr (QonysRecipe) one = qonys_recipe_copy (recipe);
    g_autoptr (QonysImportSource) source = NULL;
    const char *const *names = (const char *const *)first->names;

    if (!is_chosen && g_strv_length (tables) > 1) {
      g_free (one->sheet);
      one->sheet = g_strdup (tables[i]);
      source = qonys_import_source_open (first->file, FALSE, one, scope, NULL, NULL);
      if (source == NULL)
        continue;
      names = (const char *const *)source->names;
    }
    for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
      g_autofree QonysHeaderMatch *matches =
          g_new (QonysHeaderMatch, g_strv_length ((char **)names) + 1);
      double fit = qonys_headers_match (names, type, matches);

      if (fit <= best)
        continue;
      best = fit;
      is_found = TRUE;
      recipe->type = type;
      g_free (recipe->sheet);
      recipe->sheet = g_strdup (one->sheet);
    }
  }
  return is_found;
}

static QonysRecipe *
find_known (QonysProject *project, const QonysImportSource *source)
{
  g_autoptr (GPtrArray) recipes = qonys_store_list_recipes (project, NULL);
  g_autofree char *key = qonys_headers_get_key ((const char *const *)source->names);

  for (guint i = 0; recipes != NULL && i < recipes->len; i++) {
    const QonysRecipe *recipe = recipes->pdata[i];
    g_autofree char *own = qonys_recipe_get_header_key (recipe);

    if (g_str_equal (own, key))
      return qonys_recipe_copy (recipe);
  }
  return NULL;
}

/* ---- what columns hold ---- */

static gboolean
is_code (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return text[n] == '\0' && ((n > 1 && *text == '0') || n > 15);
}

static void
look_at_value (QonysExaminedColumn *column, const char *text, gboolean *has_code,
               gboolean *has_fraction)
{
  gsize length = strlen (text);
  double number;
  QonysDay day;

  if (qonys_text_is_missing (text, length)) {
    column->n_empty++;
    return;
  }
  if (qonys_day_parse (text, &day)) {
    column->n_dates++;
  } else if (qonys_number_parse (text, length, &number)) {
    column->n_numbers++;
    *has_code |= is_code (text);
    *has_fraction |= number != (double)(gint64)number;
  } else {
    column->n_texts++;
  }
  for (guint i = 0; i < QONYS_N_SAMPLES; i++) {
    if (column->samples[i] == NULL)
      column->samples[i] = g_strdup (text);
    if (g_str_equal (column->samples[i], text))
      break;
  }
}

static QonysColumnKind
tell_kind (const QonysExaminedColumn *column, gboolean has_code, gboolean has_fraction)
{
  gint64 n = column->n_numbers + column->n_dates + column->n_texts;
  gint64 most = MAX (MAX (column->n_numbers, column->n_dates), column->n_texts);

  if (n == 0)
    return QONYS_KIND_EMPTY;
  if ((double)(n - most) > MIXED_SHARE * (double)n)
    return QONYS_KIND_MIXED;
  if (most == column->n_texts)
    return QONYS_KIND_TEXT;
  if (most == column->n_dates)
    return QONYS_KIND_DATE;
  if (has_code)
    return QONYS_KIND_CODE;
  return has_fraction ? QONYS_KIND_DECIMAL : QONYS_KIND_INTEGER;
}

/* Does the column's field take the value? */
static gboolean
fits (QonysRow *row, const QonysRecipeColumn *role, const char *text)
{
  qonys_row_clear (row);
  return role->role != QONYS_ROLE_FIELD ||
         qonys_row_read_text (row, role->field, text, strlen (text));
}

/* What is in the cells of a record. */
static void
look_at_cells (QonysProposal *proposal, char *const *cells, QonysRow *values, gboolean *has_code,
               gboolean *has_fraction)
{
  const QonysImportSource *source = proposal->source;

  for (guint i = 0; i < source->n_columns; i++) {
    QonysExaminedColumn *column = proposal->columns->pdata[i];

    look_at_value (column, cells[i], &has_code[i], &has_fraction[i]);
    column->n_misfits += !fits (values, source->recipe->columns->pdata[i], cells[i]);
  }
}

static gboolean
look_at_rows (QonysProposal *proposal, GError **error)
{
  QonysImportSource *source = proposal->source;
  g_autofree gboolean *has_code = g_new0 (gboolean, source->n_columns + 1);
  g_autofree gboolean *has_fraction = g_new0 (gboolean, source->n_columns + 1);
  g_autoptr (QonysRow) values = qonys_row_new (source->schema, source->columns, source->rules);
  g_autoptr (GError) failure = NULL;
  char **cells;
  QonysRowKind kind;
  gint64 number;
  guint n_titles;

  if (!qonys_import_source_rewind (source, error) ||
      !qonys_import_source_list_titles (source, proposal->rows, error))
    return FALSE;
  n_titles = proposal->rows->len;
  for (guint n = 0; n < N_EXAMINED_ROWS &&
                    qonys_import_source_next_cells (source, TRUE, &cells, &kind, &number, &failure);
       n++) {
    if (kind == QONYS_ROW_DATA) /* sums and remarks are not stored */
      look_at_cells (proposal, cells, values, has_code, has_fraction);
    if (proposal->rows->len < n_titles + QONYS_N_PREVIEW_ROWS) {
      QonysExaminedRow *row = g_new (QonysExaminedRow, 1);

      *row = (QonysExaminedRow){
          number > 0 ? number : qonys_import_source_get_row_number (source, n + 1), kind, cells};
      g_ptr_array_add (proposal->rows, row);
    } else {
      g_strfreev (cells);
    }
  }
  for (guint i = 0; i < source->n_columns; i++) {
    QonysExaminedColumn *column = proposal->columns->pdata[i];

    column->kind = tell_kind (column, has_code[i], has_fraction[i]);
  }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
note_mixed (const QonysProposal *proposal, GPtrArray *diagnostics)
{
  for (guint i = 0; i < proposal->columns->len; i++) {
    const QonysExaminedColumn *column = proposal->columns->pdata[i];
    gint64 misfits = column->n_misfits;
    gint64 n = column->n_numbers + column->n_dates + column->n_texts;
    g_autofree char *n_fit = qonys_format_int (n - misfits);
    g_autofree char *n_misfit = qonys_format_int (misfits);

    if (misfits > 0)
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             /* Translators: column, two counts */
                             _ ("Column “%1$s” holds values that fit its field (%2$s) and others "
                                "(%3$s). Rows with the others are rejected."),
                             column->header, n_fit, n_misfit);
  }
}

/* «Алматинский» is a district of the city and a region of the country; «Алматы» of a table of flows
 * is another city or its region. */
static void
note_ambiguous (const QonysProposal *proposal, GPtrArray *diagnostics)
{
  const QonysImportSource *source = proposal->source;
  g_autofree char *adjective = qonys_fold_text ("Алматинский");
  g_autofree char *city = qonys_fold_text ("Алматы");

  for (guint i = 0; i < proposal->columns->len; i++) {
    QonysExaminedColumn *column = proposal->columns->pdata[i];
    const QonysRecipeColumn *role = source->recipe->columns->pdata[i];
    const char *field =
        role->role == QONYS_ROLE_FIELD ? source->schema->fields[role->field].name : "";

    gboolean is_flow = g_str_equal (field, "destination");

    if ((!g_str_equal (field, "district") && !g_str_equal (field, "place_ref") && !is_flow) ||
        role->values != NULL)
      continue;
    for (guint at = 0; at < proposal->rows->len; at++) {
      const QonysExaminedRow *row = proposal->rows->pdata[at];
      const char *text = row->cells[i];
      g_autofree char *folded = qonys_fold_text (text);

      if (row->kind == QONYS_ROW_TITLE ||
          (!g_str_equal (folded, adjective) && (!is_flow || !g_str_equal (folded, city))))
        continue;
      if (column->ambiguous == NULL)
        column->ambiguous = g_strdup (text);
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             _ ("“%s” was read as the district “Almaty” of Astana. If something "
                                "else is meant, choose it for the column."),
                             text);
    }
  }
}

/* ---- the whole ---- */

static void
list_columns (QonysProposal *proposal)
{
  const QonysImportSource *source = proposal->source;
  g_autofree QonysHeaderMatch *matches = g_new0 (QonysHeaderMatch, source->n_columns + 1);

  qonys_headers_match ((const char *const *)source->names, source->schema->type, matches);
  proposal->columns = g_ptr_array_new_with_free_func (column_free);
  proposal->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < source->n_columns; i++) {
    const QonysRecipeColumn *role = source->recipe->columns->pdata[i];
    QonysExaminedColumn *column = g_new0 (QonysExaminedColumn, 1);

    column->header = g_strdup (source->names[i]);
    column->score = matches[i].score;
    column->is_tie = matches[i].is_tie && role->role == QONYS_ROLE_IGNORE;
    g_ptr_array_add (proposal->columns, column);
  }
}

static gboolean
open_by (QonysProposal *proposal, const char *path, const QonysRecipe *recipe,
         QonysGdalScope *scope, GPtrArray *diagnostics, GError **error)
{
  g_clear_pointer (&proposal->source, qonys_import_source_free);
  proposal->source = qonys_import_source_open (path, FALSE, recipe, scope, diagnostics, error);
  return proposal->source != NULL;
}

/* Without a word of the user: a recipe of the project, else what the names say. */
static QonysRecipe *
choose_recipe (QonysProject *project, const QonysRecipe *said, QonysGdalScope *scope,
               QonysProposal *proposal)
{
  QonysRecipe *recipe = find_known (project, proposal->source);

  proposal->is_known_recipe = recipe != NULL;
  proposal->is_type_known = TRUE;
  if (recipe != NULL)
    return recipe;
  recipe = qonys_recipe_copy (said);
  proposal->is_type_known = find_table (proposal->source, recipe, scope);
  return recipe;
}

gboolean
qonys_propose (QonysProject *project, const char *path, const QonysRecipe *recipe,
               QonysGdalScope *scope, GPtrArray *diagnostics, QonysProposal *proposal,
               GError **error)
{
  g_autoptr (QonysRecipe) chosen = NULL;

  proposal->is_type_known = TRUE;
  if (recipe == NULL || recipe->type == QONYS_N_RECORD_TYPES) {
    g_autoptr (QonysRecipe) any =
        recipe != NULL ? qonys_recipe_copy (recipe) : qonys_recipe_new (QONYS_RECORD_DWELLING);

    any->type = QONYS_RECORD_DWELLING;
    if (!open_by (proposal, path, any, scope, NULL, error))
      return FALSE;
    recipe = chosen = choose_recipe (project, any, scope, proposal);
  }
  if (!open_by (proposal, path, recipe, scope, diagnostics, error))
    return FALSE;
  qonys_import_source_assign (proposal->source, recipe, diagnostics, &proposal->unreadable);
  list_columns (proposal);
  if (!look_at_rows (proposal, error))
    return FALSE;
  note_mixed (proposal, diagnostics);
  note_ambiguous (proposal, diagnostics);
  return TRUE;
}

static gboolean
check_asked (const QonysProposal *proposal, GError **error)
{
  for (guint i = 0; i < proposal->columns->len; i++) {
    const QonysExaminedColumn *column = proposal->columns->pdata[i];
    gint64 misfits = column->n_misfits;
    gint64 n = column->n_numbers + column->n_dates + column->n_texts;
    g_autofree char *n_fit = qonys_format_int (n - misfits);
    g_autofree char *n_misfit = qonys_format_int (misfits);

    if ((double)misfits <= ASKED_SHARE * (double)n || misfits == 0)
      continue;
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                 /* Translators: column, two counts */
                 _ ("Column “%1$s” holds values that fit its field (%2$s) and others (%3$s). Say "
                    "in a recipe what it is, or give the recipe that was proposed to have rows "
                    "with the others rejected (--save-recipe, --recipe)."),
                 column->header, n_fit, n_misfit);
    return FALSE;
  }
  return TRUE;
}

QonysRecipe *
qonys_store_propose_recipe (QonysProject *project, const char *path, const QonysRecipe *recipe,
                            gboolean is_decided, GPtrArray *diagnostics, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (QonysProposal) proposal = {NULL};
  gboolean is_asked = !is_decided && (recipe == NULL || recipe->columns->len == 0);

  qonys_store_init ();
  qonys_gdal_scope_open (&scope, NULL);
  if (!qonys_propose (project, path, recipe, &scope, diagnostics, &proposal, error))
    return NULL;
  if (!proposal.is_type_known) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("The names of the columns do not say what a row of the file is. Say it "
                            "(--as), or choose a file with other columns."));
    return NULL;
  }
  if (is_asked && !proposal.is_known_recipe && !check_asked (&proposal, error))
    return NULL;
  return qonys_recipe_copy (proposal.source->recipe);
}
