/* Export rows of the resolution itself, in three languages: figures, problems; and measures as the
 * plan has them, with their status. Some twenty rows each; they have no place narrower than the
 * city and are nobody's data. */

#include "release/rows-private.h"

#include "domain/workflow.h"

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
    g_autoptr (GPtrArray) ids =
        _qonys_plan_find_measures (release->plan, QONYS_MEASURE_PROBLEMS, problem->id);

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

/* The resolution names several bodies for some; who is entered alone answers alone. */
static void
add_bodies (QonysExportRows *rows, guint column, const QonysEntry *entry,
            const QonysMeasure *measure)
{
  const char *body = qonys_entry_get (entry, QONYS_MEASURE_BODY);

  if (measure != NULL && g_strcmp0 (measure->bodies[0], body) == 0)
    add_ids (rows, column, measure->bodies);
  else
    _qonys_export_rows_add (rows, column, _qonys_export_text (body));
}

QonysExportRows *
_qonys_export_measures (const QonysRelease *release)
{
  static const struct {
    const char *name;
    guint field;
  } fields[] = {
      {"title_kk", QONYS_MEASURE_TITLE_KK},
      {"title_ru", QONYS_MEASURE_TITLE_RU},
      {"title_en", QONYS_MEASURE_TITLE_EN},
      {"text_kk", QONYS_MEASURE_TEXT_KK},
      {"text_ru", QONYS_MEASURE_TEXT_RU},
      {"text_en", QONYS_MEASURE_TEXT_EN},
      {"problems", QONYS_MEASURE_PROBLEMS},
      {"items", QONYS_MEASURE_ITEMS},
      {"recommended", QONYS_MEASURE_IS_RECOMMENDED},
      {"own", QONYS_MEASURE_IS_OWN},
      {"status", QONYS_MEASURE_STATUS},
      {"deadline_rule", QONYS_MEASURE_DEADLINE_RULE},
      {"deadline_from", QONYS_MEASURE_BASE_DAY},
      {"deadline_from_assumed", QONYS_MEASURE_IS_BASE_ASSUMED},
      {"deadline_from_reason", QONYS_MEASURE_BASE_REASON},
      {"due", QONYS_MEASURE_DUE_DAY},
      {"effect_indicator", QONYS_MEASURE_EFFECT_INDICATOR},
      {"effect_from", QONYS_MEASURE_EFFECT_FROM},
      {"effect_to", QONYS_MEASURE_EFFECT_TO},
      {"effect_by", QONYS_MEASURE_EFFECT_BY},
      {"effect_source", QONYS_MEASURE_EFFECT_SOURCE},
  };
  const GPtrArray *measures = qonys_plan_get_entries (release->plan, QONYS_ENTRY_MEASURE);
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  guint id = _qonys_export_rows_add_column (rows, "id"), first = rows->columns->len;
  guint bodies, kind, overdue, paragraphs;
  QonysDay today = qonys_day_today ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    _qonys_export_rows_add_column (rows, fields[i].name);
  bodies = _qonys_export_rows_add_column (rows, "bodies");
  kind = _qonys_export_rows_add_column (rows, "kind");
  overdue = _qonys_export_rows_add_column (rows, "overdue");
  paragraphs = _qonys_export_rows_add_column (rows, "paragraphs");
  rows->n_rows = measures->len;
  for (guint i = 0; i < measures->len; i++) {
    const QonysEntry *entry = measures->pdata[i];
    const QonysMeasure *measure = qonys_catalogue_find_measure (qonys_entry_get_id (entry));

    _qonys_export_rows_add (rows, id, _qonys_export_text (qonys_entry_get_id (entry)));
    for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
      _qonys_export_rows_add (rows, first + j,
                              _qonys_export_entry_field (rows, entry, fields[j].field));
    add_bodies (rows, bodies, entry, measure);
    _qonys_export_rows_add (rows, kind,
                            _qonys_export_text (measure != NULL ? measure->kind : NULL));
    _qonys_export_rows_add (rows, overdue,
                            _qonys_export_bool (qonys_workflow_is_overdue (entry, today)));
    if (measure != NULL)
      add_ids (rows, paragraphs, measure->paragraphs);
    else
      _qonys_export_rows_add (rows, paragraphs, _qonys_export_null ());
  }
  return rows;
}
