/* Export rows of the resolution itself: figures, problems, measures in three languages. Some
 * twenty rows each; they have no place narrower than the city and are nobody's data. */

#include "release/rows-private.h"

static guint
add_text3_columns (QonysExportRows *rows, const char *name)
{
  guint first = rows->columns->len;

  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    g_autofree char *column = g_strdup_printf ("%s_%s", name, qonys_language_get_code (i));

    _qonys_export_rows_add_column (rows, g_string_chunk_insert (rows->strings, column));
  }
  return first;
}

static void
add_text3 (QonysExportRows *rows, guint first, const QonysText3 *text)
{
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    _qonys_export_rows_add (rows, first + i, _qonys_export_text (text->text[i]));
}

/* Ids with a comma between. */
static void
add_ids (QonysExportRows *rows, guint column, char **ids)
{
  g_autofree char *joined = ids != NULL ? g_strjoinv (",", ids) : g_strdup ("");

  _qonys_export_rows_add (rows, column,
                          _qonys_export_text (g_string_chunk_insert (rows->strings, joined)));
}

QonysExportRows *
_qonys_export_figures (const QonysRelease *release)
{
  const GPtrArray *figures = qonys_catalogue_get ()->figures;
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  guint id = _qonys_export_rows_add_column (rows, "id");
  guint title = add_text3_columns (rows, "title");
  guint value = _qonys_export_rows_add_column (rows, "value");
  guint qualifier = _qonys_export_rows_add_column (rows, "qualifier");
  guint unit = _qonys_export_rows_add_column (rows, "unit");
  guint period = add_text3_columns (rows, "period");
  guint is_stated = _qonys_export_rows_add_column (rows, "period_stated");
  guint paragraph = _qonys_export_rows_add_column (rows, "paragraph");
  guint derived = _qonys_export_rows_add_column (rows, "derived");
  guint formula = _qonys_export_rows_add_column (rows, "formula");

  rows->n_rows = figures->len;
  for (guint i = 0; i < figures->len; i++) {
    const QonysFigure *figure = g_ptr_array_index (figures, i);
    char sign[2] = {figure->qualifier, '\0'};

    _qonys_export_rows_add (rows, id, _qonys_export_text (figure->id));
    add_text3 (rows, title, &figure->title);
    _qonys_export_rows_add (rows, value, _qonys_export_decimal (figure->value));
    _qonys_export_rows_add (rows, qualifier,
                            _qonys_export_text (g_string_chunk_insert_const (rows->strings, sign)));
    _qonys_export_rows_add (rows, unit, _qonys_export_text (figure->unit));
    add_text3 (rows, period, &figure->period);
    _qonys_export_rows_add (rows, is_stated, _qonys_export_bool (figure->is_period_stated));
    _qonys_export_rows_add (rows, paragraph, _qonys_export_text (figure->paragraph));
    _qonys_export_rows_add (rows, derived, _qonys_export_bool (figure->is_derived));
    _qonys_export_rows_add (rows, formula, _qonys_export_text (figure->formula));
  }
  return rows;
}

QonysExportRows *
_qonys_export_problems (const QonysRelease *release)
{
  const GPtrArray *problems = qonys_catalogue_get ()->problems;
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  guint id = _qonys_export_rows_add_column (rows, "id");
  guint title = add_text3_columns (rows, "title");
  guint description = add_text3_columns (rows, "description");
  guint category = _qonys_export_rows_add_column (rows, "category");
  guint basis = _qonys_export_rows_add_column (rows, "basis");
  guint level = _qonys_export_rows_add_column (rows, "finest_public_level");
  guint why = add_text3_columns (rows, "why_no_place");
  guint indicators = _qonys_export_rows_add_column (rows, "indicators");
  guint figures = _qonys_export_rows_add_column (rows, "figures");
  guint paragraphs = _qonys_export_rows_add_column (rows, "paragraphs");
  guint measures = _qonys_export_rows_add_column (rows, "measures");

  rows->n_rows = problems->len;
  for (guint i = 0; i < problems->len; i++) {
    const QonysProblem *problem = g_ptr_array_index (problems, i);
    g_autoptr (GPtrArray) answers = qonys_catalogue_get_measures_for (problem->id);
    g_autoptr (GPtrArray) ids = g_ptr_array_new ();

    for (guint j = 0; j < answers->len; j++)
      g_ptr_array_add (ids, ((QonysMeasure *)g_ptr_array_index (answers, j))->id);
    g_ptr_array_add (ids, NULL);

    _qonys_export_rows_add (rows, id, _qonys_export_text (problem->id));
    add_text3 (rows, title, &problem->title);
    add_text3 (rows, description, &problem->description);
    _qonys_export_rows_add (rows, category, _qonys_export_text (problem->category));
    _qonys_export_rows_add (rows, basis, _qonys_export_text (problem->basis));
    _qonys_export_rows_add (rows, level, _qonys_export_text (problem->finest_public_level));
    add_text3 (rows, why, &problem->why_no_place);
    add_ids (rows, indicators, problem->indicators);
    add_ids (rows, figures, problem->figures);
    add_ids (rows, paragraphs, problem->paragraphs);
    add_ids (rows, measures, (char **)ids->pdata);
  }
  return rows;
}

QonysExportRows *
_qonys_export_measures (const QonysRelease *release)
{
  const GPtrArray *measures = qonys_catalogue_get ()->measures;
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  guint id = _qonys_export_rows_add_column (rows, "id");
  guint title = add_text3_columns (rows, "title");
  guint text = add_text3_columns (rows, "text");
  guint bodies = _qonys_export_rows_add_column (rows, "bodies");
  guint problems = _qonys_export_rows_add_column (rows, "problems");
  guint kind = _qonys_export_rows_add_column (rows, "kind");
  guint recommended = _qonys_export_rows_add_column (rows, "recommended");
  guint status = _qonys_export_rows_add_column (rows, "status");
  guint rule = _qonys_export_rows_add_column (rows, "deadline_rule");
  guint due = _qonys_export_rows_add_column (rows, "deadline_assumed");
  guint overdue = _qonys_export_rows_add_column (rows, "overdue");
  guint paragraphs = _qonys_export_rows_add_column (rows, "paragraphs");
  QonysDay today = qonys_day_today ();

  rows->n_rows = measures->len;
  for (guint i = 0; i < measures->len; i++) {
    const QonysMeasure *measure = g_ptr_array_index (measures, i);

    _qonys_export_rows_add (rows, id, _qonys_export_text (measure->id));
    add_text3 (rows, title, &measure->title);
    add_text3 (rows, text, &measure->text);
    add_ids (rows, bodies, measure->bodies);
    add_ids (rows, problems, measure->problems);
    _qonys_export_rows_add (rows, kind, _qonys_export_text (measure->kind));
    _qonys_export_rows_add (rows, recommended, _qonys_export_bool (measure->is_recommended));
    _qonys_export_rows_add (rows, status, _qonys_export_text (measure->status));
    _qonys_export_rows_add (rows, rule, _qonys_export_text (measure->deadline_rule));
    _qonys_export_rows_add (rows, due, _qonys_export_day (measure->deadline_due));
    _qonys_export_rows_add (rows, overdue,
                            _qonys_export_bool (qonys_measure_is_overdue (measure, today)));
    add_ids (rows, paragraphs, measure->paragraphs);
  }
  return rows;
}
