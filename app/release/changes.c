/* Comparisons as an audience may read them: a line for each difference, on screen, on paper and in
 * files; some microseconds each. */

#include "release/pages-private.h"

#include "base/error.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "domain/words.h"
#include "domain/workflow.h"
#include "release/text-private.h"
#include "release/write-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAP_WIDTH_PT 515.0
#define MAP_HEIGHT_PT 230.0

/* ---- lines ---- */

static void
line_free (gpointer data)
{
  QonysChangeLine *line = data;

  g_free (line->what);
  g_free (line->place);
  g_free (line->bodies);
  g_free (line->detail);
  g_free (line);
}

static char *
join_bodies (char **bodies)
{
  GString *text = g_string_new (NULL);

  for (char **body = bodies; *body != NULL; body++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", qonys_body_get_title (*body));
  return g_string_free (text, FALSE);
}

static char *
describe_measure (const QonysEntry *measure)
{
  g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);

  return qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN)
             ? g_steal_pointer (&title)
             : g_strdup_printf ("%s. %s", qonys_entry_get_id (measure), title);
}

static char *
describe_measure_change (const QonysDifference *difference)
{
  GString *text = g_string_new (NULL);
  const char *was, *is;

  if (difference->before != NULL && difference->after != NULL) {
    was = qonys_entry_get (difference->before, QONYS_MEASURE_STATUS);
    is = qonys_entry_get (difference->after, QONYS_MEASURE_STATUS);
    if (g_strcmp0 (was, is) != 0)
      g_string_append_printf (text, "%s → %s", qonys_status_get_title (was),
                              qonys_status_get_title (is));
  } else if (difference->after != NULL) {
    g_string_append (
        text, qonys_status_get_title (qonys_entry_get (difference->after, QONYS_MEASURE_STATUS)));
  }
  if (difference->is_newly_overdue) {
    g_autofree char *day =
        qonys_format_day (qonys_entry_get_day (difference->after, QONYS_MEASURE_DUE_DAY));

    g_string_append (text, text->len > 0 ? "; " : "");
    /* Translators: a measure whose last day, %s, is past */
    g_string_append_printf (text, _ ("overdue since %s"), day);
  }
  return g_string_free (text, FALSE);
}

static void
add_number_change (GString *text, const char *name, double was, double is)
{
  g_autofree char *before = qonys_format_decimal (was, 2), *after = qonys_format_decimal (is, 2);

  if (was == is || (isnan (was) && isnan (is)))
    return;
  g_string_append_printf (text, "%s%s: %s → %s", text->len > 0 ? "; " : "", name, before, after);
}

/* @was, @is: as the audience may see them; either may be NULL */
static char *
describe_place_change (const QonysEntry *was, const QonysEntry *is)
{
  GString *text = g_string_new (NULL);
  const char *indicator = is != NULL ? qonys_entry_get (is, QONYS_ITEM_INDICATOR) : NULL;
  const QonysIndicator *known =
      indicator != NULL ? qonys_catalogue_find_indicator (indicator) : NULL;
  QonysDay solved = is != NULL ? qonys_entry_get_day (is, QONYS_ITEM_SOLVED_ON) : QONYS_DAY_MISSING;

  if (was == NULL || is == NULL)
    return g_string_free (text, FALSE);
  add_number_change (text, _ ("Severity"), qonys_entry_get_number (was, QONYS_ITEM_SEVERITY),
                     qonys_entry_get_number (is, QONYS_ITEM_SEVERITY));
  if (known != NULL)
    add_number_change (text, qonys_text3_get (&known->title),
                       qonys_entry_get_number (was, QONYS_ITEM_INDICATOR_VALUE),
                       qonys_entry_get_number (is, QONYS_ITEM_INDICATOR_VALUE));
  if (solved != QONYS_DAY_MISSING && solved != qonys_entry_get_day (was, QONYS_ITEM_SOLVED_ON)) {
    g_autofree char *day = qonys_format_day (solved);

    g_string_append (text, text->len > 0 ? "; " : "");
    g_string_append_printf (text, _ ("solved on %s"), day);
  }
  return g_string_free (text, FALSE);
}

static const QonysNoteMark *
find_note (const QonysContent *content, const char *id)
{
  int at = qonys_content_find_note (content, id);

  return at < 0 ? NULL : content->notes->pdata[at];
}

/* What people wrote on the map has passed the gate in both states. */
static void
fill_note_line (QonysChangeLine *line, const QonysContent *before, const QonysContent *after)
{
  const QonysEntry *entry = qonys_difference_get_entry (line->difference);
  const QonysNoteMark *was = find_note (before, qonys_entry_get_id (entry));
  const QonysNoteMark *is = find_note (after, qonys_entry_get_id (entry));
  const QonysNoteMark *shown = is != NULL ? is : was;

  line->place = g_strdup (qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM
                              ? qonys_kato_get_title (line->difference->kato)
                              : "");
  if (shown == NULL) { /* a kind this audience has none of */
    line->what = g_strdup ("–");
    line->detail = g_strdup ("");
    return;
  }
  line->what = *shown->text != '\0' ? g_strdup_printf ("%s: %s", shown->title, shown->text)
                                    : g_strdup (shown->title);
  line->detail =
      qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM
          ? describe_place_change (was != NULL ? was->entry : NULL, is != NULL ? is->entry : NULL)
          : g_strdup ("");
  line->x = shown->x;
  line->y = shown->y;
}

static QonysChangeLine *
make_line (const QonysDifference *difference, const QonysContent *before, const QonysContent *after)
{
  const QonysEntry *entry = qonys_difference_get_entry (difference);
  QonysChangeLine *line = g_new0 (QonysChangeLine, 1);

  line->difference = difference;
  line->x = line->y = NAN;
  line->bodies = join_bodies (difference->bodies);
  if (qonys_entry_get_kind (entry) != QONYS_ENTRY_MEASURE) {
    fill_note_line (line, before, after);
    return line;
  }
  line->what = describe_measure (entry);
  line->place = g_strdup ("");
  line->detail = describe_measure_change (difference);
  return line;
}

static const QonysDifferenceKind ORDER[QONYS_N_DIFFERENCES] = {
    QONYS_DIFFERENCE_WORSENED, QONYS_DIFFERENCE_APPEARED, QONYS_DIFFERENCE_SOLVED,
    QONYS_DIFFERENCE_CHANGED, QONYS_DIFFERENCE_REMOVED};

GPtrArray *
qonys_release_describe_comparison (QonysRelease *release, const QonysComparison *comparison)
{
  g_autoptr (QonysRelease) before = qonys_release_with_plan (release, comparison->from->plan);
  g_autoptr (QonysRelease) after = qonys_release_with_plan (release, comparison->to->plan);
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  for (guint k = 0; k < QONYS_N_DIFFERENCES; k++)
    for (guint i = 0; i < comparison->differences->len; i++) {
      const QonysDifference *difference = comparison->differences->pdata[i];

      if (difference->kind == ORDER[k])
        g_ptr_array_add (lines, make_line (difference, before->content, after->content));
    }
  return lines;
}

/* ---- pages ---- */

/* Signs of marked places; those of one kind at one place are one. */
static GArray *
collect_signs (const GPtrArray *lines)
{
  GArray *signs = g_array_new (FALSE, FALSE, sizeof (QonysSignMark));

  for (guint i = 0; i < lines->len; i++) {
    const QonysChangeLine *line = lines->pdata[i];
    QonysSignMark sign = {line->x, line->y, line->difference->kind, 1};
    gboolean is_there = FALSE;

    if (isnan (line->x))
      continue;
    for (guint j = 0; j < signs->len && !is_there; j++) {
      QonysSignMark *other = &g_array_index (signs, QonysSignMark, j);

      is_there = other->x == sign.x && other->y == sign.y && other->kind == sign.kind;
      other->n += is_there;
    }
    if (!is_there)
      g_array_append_val (signs, sign);
  }
  return signs;
}

static char *
describe_state (const QonysState *state)
{
  g_autofree char *day = qonys_format_day (state->day);

  return state->day == QONYS_DAY_MISSING ? g_strdup (state->title)
                                         : g_strdup_printf ("%s (%s)", state->title, day);
}

static void
add_counts (QonysDocument *document, const char *title, const GPtrArray *counts,
            const char *(*get_title) (const char *key))
{
  static const double shares[] = {3.4, 1, 1, 1, 1, 1};
  char *heads[QONYS_N_DIFFERENCES + 2] = {NULL};

  if (counts->len == 0)
    return;
  heads[0] = g_strdup (title);
  for (guint i = 0; i < QONYS_N_DIFFERENCES; i++)
    heads[i + 1] = g_strdup (qonys_difference_get_title (ORDER[i]));
  qonys_document_add_table (document, QONYS_N_DIFFERENCES + 1, shares, (const char *const *)heads);
  for (guint i = 0; i < counts->len; i++) {
    const QonysDifferenceCount *count = counts->pdata[i];
    char *cells[QONYS_N_DIFFERENCES + 2] = {g_strdup (get_title (count->key))};

    for (guint k = 0; k < QONYS_N_DIFFERENCES; k++)
      cells[k + 1] = qonys_format_int (count->n[ORDER[k]]);
    qonys_document_add_row (document, -1, (const char *const *)cells);
    for (guint k = 0; k <= QONYS_N_DIFFERENCES; k++)
      g_free (cells[k]);
  }
  for (guint i = 0; i <= QONYS_N_DIFFERENCES; i++)
    g_free (heads[i]);
}

static const char *
get_body_title (const char *key)
{
  return qonys_body_get_title (*key == '\0' ? NULL : key);
}

static void
add_lines (QonysDocument *document, const GPtrArray *lines, QonysDifferenceKind kind)
{
  static const double shares[] = {3.2, 1.5, 1.8, 2};
  const char *const heads[] = {_ ("What"), _ ("Where"), _ ("Responsible body"),
                               _ ("Before → after")};
  gboolean has_heads = FALSE;

  for (guint i = 0; i < lines->len; i++) {
    const QonysChangeLine *line = lines->pdata[i];
    const char *const cells[] = {line->what, line->place, line->bodies, line->detail};

    if (line->difference->kind != kind)
      continue;
    if (!has_heads) {
      qonys_document_add_heading (document, qonys_difference_get_title (kind));
      qonys_document_add_table (document, G_N_ELEMENTS (heads), shares, heads);
      has_heads = TRUE;
    }
    qonys_document_add_row (document, (int)kind, cells);
  }
}

QonysPages *
qonys_release_make_comparison (QonysRelease *release, const QonysComparison *comparison)
{
  g_autoptr (QonysRelease) plain = qonys_release_with_statistic (release, NULL);
  g_autoptr (GPtrArray) lines = qonys_release_describe_comparison (release, comparison);
  g_autoptr (GArray) signs = collect_signs (lines);
  g_autofree char *from = describe_state (comparison->from);
  g_autofree char *to = describe_state (comparison->to);
  /* Translators: two states of the plan, the earlier first */
  g_autofree char *subtitle = g_strdup_printf (_ ("From “%s” to “%s”"), from, to);
  QonysBox box = qonys_districts_get_main_box (qonys_project_get_districts (release->project));
  QonysStyle style = qonys_style_get_default ();
  QonysDocument *document;

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_DISTRICTS;
  style.has_items = style.has_annotations = FALSE; /* the signs stand there */
  document = qonys_document_new (plain->content, _ ("What has changed"), subtitle);
  qonys_document_add_map (document, &style, &box, signs, MAP_WIDTH_PT, MAP_HEIGHT_PT);
  if (lines->len == 0)
    qonys_document_add_text (document, _ ("Nothing has changed between these two states."), FALSE);
  add_counts (document, _ ("District"), comparison->by_district, qonys_kato_get_title);
  add_counts (document, _ ("Responsible body"), comparison->by_body, get_body_title);
  for (guint i = 0; i < QONYS_N_DIFFERENCES; i++)
    add_lines (document, lines, ORDER[i]);
  return _qonys_pages_new (release, "comparison", _ ("What has changed"), document);
}

/* ---- tables ---- */

static const char *const COLUMNS[] = {"change", "kind",  "id",     "what",
                                      "kato",   "place", "bodies", "detail"};

static void
get_values (const QonysChangeLine *line, const char *values[G_N_ELEMENTS (COLUMNS)])
{
  const QonysEntry *entry = qonys_difference_get_entry (line->difference);

  values[0] = qonys_difference_get_id (line->difference->kind);
  values[1] = qonys_entry_schema_get (qonys_entry_get_kind (entry))->name;
  values[2] = qonys_entry_get_id (entry);
  values[3] = line->what;
  values[4] = line->difference->kato;
  values[5] = line->place;
  values[6] = line->bodies;
  values[7] = line->detail;
}

static void
format_csv (const GPtrArray *lines, QonysText *text)
{
  _qonys_text_add_literal (text, "\xEF\xBB\xBF");
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++) {
    _qonys_text_add (text, ";", i > 0);
    _qonys_text_add (text, COLUMNS[i], strlen (COLUMNS[i]));
  }
  _qonys_text_add_literal (text, "\r\n");
  for (guint i = 0; i < lines->len; i++) {
    const char *values[G_N_ELEMENTS (COLUMNS)];

    get_values (lines->pdata[i], values);
    for (guint k = 0; k < G_N_ELEMENTS (COLUMNS); k++) {
      _qonys_text_add (text, ";", k > 0);
      _qonys_text_add_csv_string (text, values[k]);
    }
    _qonys_text_add_literal (text, "\r\n");
  }
}

static void
add_json_state (QonysText *text, const char *name, const QonysState *state)
{
  _qonys_text_add_json_string (text, name);
  _qonys_text_add_literal (text, ": {\"title\": ");
  _qonys_text_add_json_string (text, state->title);
  _qonys_text_add_literal (text, ", \"number\": ");
  _qonys_text_add_int (text, state->number);
  if (state->day != QONYS_DAY_MISSING) {
    _qonys_text_add_literal (text, ", \"day\": \"");
    _qonys_text_add_day (text, state->day);
    _qonys_text_add_char (text, '"');
  }
  _qonys_text_add_literal (text, "},\n");
}

static void
format_json (const QonysRelease *release, const QonysComparison *comparison, const GPtrArray *lines,
             QonysText *text)
{
  const char *audience = _qonys_audience_get_id (release->audience);

  _qonys_text_add_literal (text, "{\n\"audience\": ");
  _qonys_text_add_json_string (text, audience);
  _qonys_text_add_literal (text, ",\n\"synthetic\": ");
  _qonys_text_add (text, release->content->is_synthetic ? "true" : "false",
                   release->content->is_synthetic ? 4 : 5);
  _qonys_text_add_literal (text, ",\n");
  add_json_state (text, "from", comparison->from);
  add_json_state (text, "to", comparison->to);
  _qonys_text_add_literal (text, "\"changes\": [");
  for (guint i = 0; i < lines->len; i++) {
    const char *values[G_N_ELEMENTS (COLUMNS)];

    get_values (lines->pdata[i], values);
    _qonys_text_add (text, i > 0 ? ",\n{" : "\n{", i > 0 ? 3 : 2);
    for (guint k = 0; k < G_N_ELEMENTS (COLUMNS); k++) {
      _qonys_text_add (text, ", ", k > 0 ? 2 : 0);
      _qonys_text_add_json_string (text, COLUMNS[k]);
      _qonys_text_add_literal (text, ": ");
      _qonys_text_add_json_string (text, values[k]);
    }
    _qonys_text_add_char (text, '}');
  }
  _qonys_text_add_literal (text, "\n]\n}\n");
}

static gboolean
write_table (QonysRelease *release, const QonysComparison *comparison, const char *format,
             const char *path, GError **error)
{
  g_autoptr (GPtrArray) lines = qonys_release_describe_comparison (release, comparison);
  g_autoptr (QonysFile) file =
      _qonys_file_new (path, release->audience != QONYS_AUDIENCE_PUBLIC, error);
  QonysText text = {0};
  gboolean ok;

  if (file == NULL)
    return FALSE;
  if (g_str_equal (format, "csv"))
    format_csv (lines, &text);
  else
    format_json (release, comparison, lines, &text);
  ok = _qonys_file_write (file, text.data, text.length, error) &&
       _qonys_write_finish (file, release, "comparison", format, path, error);
  _qonys_text_clear (&text);
  return ok;
}

gboolean
qonys_release_write_comparison (QonysRelease *release, const QonysComparison *comparison,
                                const char *path, QonysJob *job, GError **error)
{
  g_autofree char *name = g_ascii_strdown (path, -1);
  g_autoptr (QonysPages) pages = NULL;

  if (g_str_has_suffix (name, ".csv"))
    return write_table (release, comparison, "csv", path, error);
  if (g_str_has_suffix (name, ".json"))
    return write_table (release, comparison, "json", path, error);
  if (!g_str_has_suffix (name, ".pdf")) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                 _ ("A comparison’s name ends in .pdf, .csv or .json; “%s” does not."), path);
    return FALSE;
  }
  pages = qonys_release_make_comparison (release, comparison);
  return qonys_pages_write_pdf (pages, path, job, error);
}
