/* Lines of panel and board: fifteen measures as a rule, ten thousand at the worst. Only the lines
 * that are seen have widgets; a measure that stays where it is keeps its line, which says when it
 * changes, so that lists keep place, selection and focus, and GTK does not make again all rows
 * below. */

#include "base/fold.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "ui/measure-list-private.h"
#include "ui/measure-text.h"
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (QonysMeasureLine, qonys_measure_line, G_TYPE_OBJECT)

static void
qonys_measure_line_finalize (GObject *object)
{
  QonysMeasureLine *self = QONYS_MEASURE_LINE (object);

  g_clear_pointer (&self->measure, qonys_entry_unref);
  g_free (self->heading);
  G_OBJECT_CLASS (qonys_measure_line_parent_class)->finalize (object);
}

static void
qonys_measure_line_class_init (QonysMeasureLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qonys_measure_line_finalize;
  g_signal_new ("changed", QONYS_TYPE_MEASURE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
qonys_measure_line_init (QonysMeasureLine *self)
{
}

/* What a line shall be, before there is an object. */
typedef struct {
  QonysEntry *measure; /* borrowed */
  char *heading;
  gboolean has_mark;
} Wanted;

static void
wanted_clear (gpointer data)
{
  g_free (((Wanted *)data)->heading);
}

static QonysMeasureLine *
line_new (const Wanted *wanted)
{
  QonysMeasureLine *self = g_object_new (QONYS_TYPE_MEASURE_LINE, NULL);

  self->measure = wanted->measure == NULL ? NULL : qonys_entry_ref (wanted->measure);
  self->heading = g_strdup (wanted->heading);
  self->has_mark = wanted->has_mark;
  return self;
}

const QonysEntry *
qonys_measure_line_get_measure (QonysMeasureLine *self)
{
  return self->measure;
}

/* ---- finding ---- */

static gboolean
has_text (const QonysEntry *measure, const char *needle)
{
  const guint fields[] = {QONYS_MEASURE_TITLE_KK, QONYS_MEASURE_TITLE_RU, QONYS_MEASURE_TITLE_EN,
                          QONYS_MEASURE_TEXT_KK,  QONYS_MEASURE_TEXT_RU,  QONYS_MEASURE_TEXT_EN};

  if (g_str_has_prefix (qonys_entry_get_id (measure), needle))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *text = qonys_entry_get (measure, fields[i]);
    g_autofree char *folded = text == NULL ? NULL : qonys_fold_text (text);

    if (folded != NULL && strstr (folded, needle) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_asked_for (const QonysEntry *measure, const QonysMeasureQuery *query, const char *needle)
{
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);

  if (query->status != NULL &&
      !g_str_equal (status == NULL ? "no_information" : status, query->status))
    return FALSE;
  if (query->owed_by != NULL &&
      (qonys_status_is_closed (status) || !qonys_measure_is_of_body (measure, query->owed_by)))
    return FALSE;
  if (query->problem != NULL) {
    g_auto (GStrv) problems = qonys_entry_dup_ids (measure, QONYS_MEASURE_PROBLEMS);

    if (!g_strv_contains ((const char *const *)problems, query->problem))
      return FALSE;
  }
  return needle == NULL || has_text (measure, needle);
}

static guint
find_term (const GPtrArray *terms, const char *id)
{
  guint i;

  for (i = 0; i < terms->len; i++)
    if (g_strcmp0 (((const QonysTerm *)terms->pdata[i])->id, id) == 0)
      break;
  return i; /* what is none of them comes last */
}

/* The commission speaks first, in the order of the resolution: bodies by their first measure. */
static guint
get_body_rank (const char *body)
{
  const GPtrArray *measures = qonys_catalogue_get ()->measures;

  for (guint i = 0; i < measures->len; i++)
    if (g_strcmp0 (((const QonysMeasure *)measures->pdata[i])->bodies[0], body) == 0)
      return i;
  return measures->len + find_term (qonys_catalogue_get ()->bodies, body);
}

static guint
get_rank (const QonysEntry *measure, QonysMeasureGroup group)
{
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);

  switch (group) {
  case QONYS_GROUP_BODY:
    return get_body_rank (qonys_entry_get (measure, QONYS_MEASURE_BODY));
  case QONYS_GROUP_STATUS:
    return find_term (qonys_catalogue_get ()->statuses, status == NULL ? "no_information" : status);
  case QONYS_GROUP_NONE:
  default:
    return 0;
  }
}

/* What the order is told by, found once a measure. */
typedef struct {
  QonysEntry *measure;
  const char *key; /* of the title, of people's own; else NULL */
  guint rank;
  gboolean is_late, is_own;
} Place;

#define MAX_KEYS 50000

/* Kept: making the keys of ten thousand titles takes ten times as long as sorting them. */
static GHashTable *keys; /* of the main thread */

/* Before a search: what it gets stays valid until the next. */
static void
limit_keys (void)
{
  if (keys == NULL)
    keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (keys) > MAX_KEYS)
    g_hash_table_remove_all (keys);
}

static const char *
get_key (const char *title)
{
  char *key = g_hash_table_lookup (keys, title);

  if (key == NULL) {
    key = qonys_collate_key_kk (title);
    g_hash_table_insert (keys, g_strdup (title), key);
  }
  return key;
}

/* Of people's own words, by the Kazakh alphabet; NULL first. */
static int
compare_bodies (const char *a, const char *b)
{
  int order = a == NULL || b == NULL ? 0 : qonys_collate_kk (a, b);

  return order != 0 ? order : g_strcmp0 (a, b);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;
  const char *body_x, *body_y;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  body_x = qonys_entry_get (x->measure, QONYS_MEASURE_BODY);
  body_y = qonys_entry_get (y->measure, QONYS_MEASURE_BODY);
  if (x->rank > qonys_catalogue_get ()->measures->len && g_strcmp0 (body_x, body_y) != 0)
    return compare_bodies (body_x, body_y);
  if (x->is_late != y->is_late)
    return x->is_late ? -1 : 1;
  if (x->is_own != y->is_own)
    return x->is_own ? 1 : -1;
  if (x->is_own) {
    int order = strcmp (x->key, y->key);

    if (order != 0)
      return order;
  }
  return strcmp (qonys_entry_get_id (x->measure), qonys_entry_get_id (y->measure));
}

static const char *
get_title (const QonysEntry *measure)
{
  const char *title = qonys_entry_get_text3 (measure, QONYS_MEASURE_TITLE_KK);

  for (guint i = 0; title == NULL && i < QONYS_N_LANGUAGES; i++)
    title = qonys_entry_get (measure, QONYS_MEASURE_TITLE_KK + i);
  return title == NULL ? "" : title;
}

GPtrArray *
qonys_measure_list_find (const QonysPlan *plan, const QonysMeasureQuery *query)
{
  const GPtrArray *all = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autofree char *folded = query->text == NULL ? NULL : qonys_fold_text (query->text);
  /* A number is looked for as it stands: folding takes its point away. */
  const char *needle = folded == NULL || *folded == '\0'  ? NULL
                       : g_ascii_isdigit (query->text[0]) ? query->text
                                                          : folded;
  GPtrArray *found = g_ptr_array_new ();
  QonysDay today = qonys_day_today ();

  limit_keys ();
  for (guint i = 0; i < all->len; i++) {
    QonysEntry *measure = all->pdata[i];

    if (is_asked_for (measure, query, needle)) {
      gboolean is_own = qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN);
      const Place place = {measure, is_own ? get_key (get_title (measure)) : NULL,
                           get_rank (measure, query->group),
                           qonys_workflow_is_overdue (measure, today), is_own};

      g_array_append_val (places, place);
    }
  }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (found, g_array_index (places, Place, i).measure);
  return found;
}

/* ---- lines ---- */

static const char *
get_group_title (const QonysEntry *measure, QonysMeasureGroup group)
{
  return group == QONYS_GROUP_BODY
             ? qonys_body_get_title (qonys_entry_get (measure, QONYS_MEASURE_BODY))
             : qonys_status_get_title (qonys_entry_get (measure, QONYS_MEASURE_STATUS));
}

static gboolean
is_same (const QonysEntry *a, const QonysEntry *b)
{
  return a == b ||
         (a != NULL && b != NULL && g_str_equal (qonys_entry_get_id (a), qonys_entry_get_id (b)));
}

/* Can the line be what is wanted? Then it is. */
static gboolean
keep_line (GListModel *model, guint position, const Wanted *wanted)
{
  g_autoptr (QonysMeasureLine) line = g_list_model_get_item (model, position);

  if (!is_same (line->measure, wanted->measure) || g_strcmp0 (line->heading, wanted->heading) != 0)
    return FALSE;
  if (line->measure != wanted->measure || line->has_mark != wanted->has_mark) {
    g_clear_pointer (&line->measure, qonys_entry_unref);
    line->measure = qonys_entry_ref (wanted->measure);
    line->has_mark = wanted->has_mark;
    g_signal_emit_by_name (line, "changed");
  }
  return TRUE;
}

/* Replaces only what lies between the first and the last line of another measure. */
static void
replace_lines (GListStore *store, const GArray *lines)
{
  GListModel *model = G_LIST_MODEL (store);
  const Wanted *wanted = (const Wanted *)lines->data;
  guint n_old = g_list_model_get_n_items (model), n_both = MIN (n_old, lines->len);
  guint n_same = 0, n_tail = 0;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  while (n_same < n_both && keep_line (model, n_same, &wanted[n_same]))
    n_same++;
  while (n_tail < n_both - n_same &&
         keep_line (model, n_old - 1 - n_tail, &wanted[lines->len - 1 - n_tail]))
    n_tail++;
  for (guint i = n_same; i < lines->len - n_tail; i++)
    g_ptr_array_add (added, line_new (&wanted[i]));
  if (added->len > 0 || n_old > n_same + n_tail)
    g_list_store_splice (store, n_same, n_old - n_same - n_tail, added->pdata, added->len);
}

/* A group begins at @first. Where all of it is recommended, its heading says so once, so that the
 * fifteen of the resolution stay on one screen; else each measure does. */
static guint
add_group (GArray *lines, const GPtrArray *measures, guint first, QonysMeasureGroup group)
{
  const char *title =
      group == QONYS_GROUP_NONE ? NULL : get_group_title (measures->pdata[first], group);
  gboolean is_recommended = group == QONYS_GROUP_BODY;
  guint end;

  for (end = first; end < measures->len; end++) {
    if (title != NULL && g_strcmp0 (title, get_group_title (measures->pdata[end], group)) != 0)
      break;
    is_recommended &= qonys_entry_get_bool (measures->pdata[end], QONYS_MEASURE_IS_RECOMMENDED);
  }
  if (title != NULL) {
    /* Translators: heading: a body, to which all below is recommended */
    char *heading =
        is_recommended ? g_strdup_printf (_ ("%s · recommendations"), title) : g_strdup (title);
    const Wanted wanted = {NULL, heading, FALSE};

    g_array_append_val (lines, wanted);
  }
  for (guint i = first; i < end; i++) {
    const Wanted wanted = {measures->pdata[i], NULL, !is_recommended};

    g_array_append_val (lines, wanted);
  }
  return end;
}

guint
qonys_measure_list_update (GListStore *store, const QonysPlan *plan, const QonysMeasureQuery *query)
{
  g_autoptr (GPtrArray) measures = qonys_measure_list_find (plan, query);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Wanted));

  g_array_set_clear_func (lines, wanted_clear);
  for (guint i = 0; i < measures->len;)
    i = add_group (lines, measures, i, query->group);
  replace_lines (store, lines);
  return measures->len;
}

guint
qonys_measure_list_find_position (GListModel *model, const char *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (model); i++) {
    g_autoptr (QonysMeasureLine) line = g_list_model_get_item (model, i);

    if (line->measure != NULL && g_str_equal (qonys_entry_get_id (line->measure), id))
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* ---- text ---- */

char *
qonys_measure_list_to_text (const QonysPlan *plan, const QonysMeasureQuery *query)
{
  g_autoptr (GPtrArray) measures = qonys_measure_list_find (plan, query);
  g_autofree char *today = qonys_format_day (qonys_day_today ());
  GString *text = g_string_new (NULL);

  if (query->owed_by != NULL)
    /* Translators: heading of a list: a body, then a day */
    g_string_append_printf (text, _ ("%s: what is owed by the next session (as of %s)"),
                            qonys_body_get_title (query->owed_by), today);
  else
    g_string_append_printf (text, _ ("Measures as of %s"), today);
  g_string_append (text, "\n\n");
  for (guint i = 0; i < measures->len; i++) {
    const QonysEntry *measure = measures->pdata[i];
    QonysDay day = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);
    g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
    g_autofree char *status = qonys_measure_dup_status (measure);
    g_autofree char *due = qonys_format_day (day);

    g_string_append_printf (
        text, "%s %s: %s",
        qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN) ? "•" : qonys_entry_get_id (measure),
        title, status);
    if (day != QONYS_DAY_MISSING) {
      g_string_append (text, "; ");
      g_string_append_printf (text, _ ("due %s"), due);
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
