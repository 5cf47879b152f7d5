/* Scenes: some ten a story, a hundred at most; a list is sorted anew each time it is asked for, in
 * microseconds. Positions are decimal numbers with gaps, so that a move changes one scene. */

#include "domain/scene.h"

#include "base/language.h"
#include "geo/mercator.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STEP 10.0 /* between scenes that are numbered anew */

static const struct {
  const char *word, *title;
} TYPES[QONYS_N_SCENE_KINDS] = {
    {"title", N_ ("Title scene")},     {"map", N_ ("Map scene")},
    {"figures", N_ ("Figures scene")}, {"before_after", N_ ("Before and after")},
    {"closing", N_ ("Closing scene")},
};

/* ---- a scene ---- */

QonysSceneType
qonys_scene_get_type (const QonysEntry *scene)
{
  for (guint i = 0; i < QONYS_N_SCENE_KINDS; i++)
    if (g_strcmp0 (qonys_entry_get (scene, QONYS_SCENE_KIND), TYPES[i].word) == 0)
      return i;
  return QONYS_SCENE_IS_MAP;
}

const char *
qonys_scene_type_get_title (QonysSceneType type)
{
  return _ (TYPES[type].title);
}

const char *
qonys_scene_type_get_word (QonysSceneType type)
{
  return TYPES[type].word;
}

gboolean
qonys_scene_get_box (const QonysEntry *scene, QonysBox *box)
{
  double west_deg = qonys_entry_get_number (scene, QONYS_SCENE_WEST_DEG);
  double south_deg = qonys_entry_get_number (scene, QONYS_SCENE_SOUTH_DEG);
  double east_deg = qonys_entry_get_number (scene, QONYS_SCENE_EAST_DEG);
  double north_deg = qonys_entry_get_number (scene, QONYS_SCENE_NORTH_DEG);

  *box = qonys_box_empty ();
  if (!(west_deg < east_deg) || !(south_deg < north_deg))
    return FALSE;
  *box = (QonysBox){qonys_mercator_x (west_deg), qonys_mercator_y (north_deg),
                    qonys_mercator_x (east_deg), qonys_mercator_y (south_deg)};
  return TRUE;
}

QonysEntry *
qonys_scene_with_box (const QonysEntry *scene, const QonysBox *box)
{
  const struct {
    guint field;
    double degrees;
  } edges[] = {
      {QONYS_SCENE_WEST_DEG, qonys_mercator_lon_deg (box->min_x)},
      {QONYS_SCENE_SOUTH_DEG, qonys_mercator_lat_deg (box->max_y)},
      {QONYS_SCENE_EAST_DEG, qonys_mercator_lon_deg (box->max_x)},
      {QONYS_SCENE_NORTH_DEG, qonys_mercator_lat_deg (box->min_y)},
  };
  QonysEntry *next = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++) {
    g_autoptr (QonysEntry) before = next;
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (text, sizeof text, "%.7f", edges[i].degrees);
    next = qonys_entry_with (before != NULL ? before : scene, edges[i].field, text);
  }
  return next;
}

guint
qonys_scene_get_duration_s (const QonysEntry *scene)
{
  double duration_s = qonys_entry_get_number (scene, QONYS_SCENE_DURATION_S);

  return duration_s >= 1 ? (guint)MIN (duration_s, 3600) : QONYS_SCENE_DEFAULT_DURATION_S;
}

const char *
qonys_scene_get_name (const QonysEntry *scene)
{
  const char *name = qonys_entry_get_text3 (scene, QONYS_SCENE_TITLE_KK);

  for (guint i = 0; name == NULL && i < QONYS_N_LANGUAGES; i++)
    name = qonys_entry_get (scene, QONYS_SCENE_TITLE_KK + i);
  return name != NULL ? name : qonys_scene_type_get_title (qonys_scene_get_type (scene));
}

/* ---- the order ---- */

static double
get_position (const QonysEntry *scene)
{
  double position = qonys_entry_get_number (scene, QONYS_SCENE_POSITION);

  return isnan (position) ? INFINITY : position;
}

static int
compare_scenes (gconstpointer a, gconstpointer b)
{
  const QonysEntry *one = *(QonysEntry *const *)a, *other = *(QonysEntry *const *)b;
  double first = get_position (one), second = get_position (other);

  if (first != second)
    return first < second ? -1 : 1;
  return strcmp (qonys_entry_get_id (one), qonys_entry_get_id (other));
}

GPtrArray *
qonys_story_get (const QonysPlan *plan)
{
  const GPtrArray *scenes = qonys_plan_get_entries (plan, QONYS_ENTRY_SCENE);
  GPtrArray *story = g_ptr_array_sized_new (scenes->len);

  for (guint i = 0; i < scenes->len; i++)
    g_ptr_array_add (story, scenes->pdata[i]);
  g_ptr_array_sort (story, compare_scenes);
  return story;
}

guint
qonys_story_get_duration_s (const QonysPlan *plan)
{
  const GPtrArray *scenes = qonys_plan_get_entries (plan, QONYS_ENTRY_SCENE);
  guint duration_s = 0;

  for (guint i = 0; i < scenes->len; i++)
    duration_s += qonys_scene_get_duration_s (scenes->pdata[i]);
  return duration_s;
}

int
qonys_story_find (const GPtrArray *story, const char *id)
{
  for (guint i = 0; id != NULL && i < story->len; i++)
    if (g_str_equal (qonys_entry_get_id (story->pdata[i]), id))
      return (int)i;
  return -1;
}

/* ---- edits ---- */

static QonysEntry *
with_position (const QonysEntry *scene, double position)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return qonys_entry_with (scene, QONYS_SCENE_POSITION,
                           g_ascii_formatd (text, sizeof text, "%.15g", position));
}

/* The scene between the (at − 1)-th and the at-th of @others, with the position it reads back
 * with. Returns: (transfer full) (nullable): NULL if there is no room */
static QonysEntry *
fit_between (QonysEntry *scene, const GPtrArray *others, guint at)
{
  double before = at > 0 ? get_position (others->pdata[at - 1]) : -INFINITY;
  double after = at < others->len ? get_position (others->pdata[at]) : INFINITY;
  double position = isinf (before)  ? isinf (after) ? STEP : after - STEP
                    : isinf (after) ? before + STEP
                                    : before + (after - before) / 2;
  g_autoptr (QonysEntry) placed = with_position (scene, position);

  position = get_position (placed);
  return before < position && position < after ? g_steal_pointer (&placed) : NULL;
}

/* @scene among @others, which it is not one of; @before: what it was, NULL if it is new. */
static void
place (QonysEdit *edit, QonysEntry *before, QonysEntry *scene, const GPtrArray *others, guint at)
{
  g_autoptr (QonysEntry) placed = fit_between (scene, others, at);

  if (placed == NULL) {
    placed = with_position (scene, STEP * (at + 1));
    qonys_edit_add (edit, before, placed);
    for (guint i = 0; i < others->len; i++) {
      g_autoptr (QonysEntry) other =
          with_position (others->pdata[i], STEP * (i < at ? i + 1 : i + 2));

      qonys_edit_add (edit, others->pdata[i], other);
    }
    return;
  }
  qonys_edit_add (edit, before, placed);
}

QonysEdit *
qonys_story_add (const QonysPlan *plan, QonysEntry *scene, guint at, const char *action)
{
  g_autoptr (GPtrArray) story = qonys_story_get (plan);
  QonysEdit *edit = qonys_edit_new (action, qonys_scene_get_name (scene), NULL, NULL);

  place (edit, NULL, scene, story, MIN (at, story->len));
  return edit;
}

QonysEdit *
qonys_story_copy (const QonysPlan *plan, const char *id, guint at)
{
  const QonysEntry *scene = qonys_plan_find (plan, QONYS_ENTRY_SCENE, id);
  g_autofree char *new_id = qonys_entry_make_id ();
  const char *values[QONYS_SCENE_N_FIELDS];
  g_autoptr (QonysEntry) copy = NULL;

  if (scene == NULL)
    return NULL;
  for (guint i = 0; i < QONYS_SCENE_N_FIELDS; i++)
    values[i] = qonys_entry_get (scene, i);
  copy = qonys_entry_new (QONYS_ENTRY_SCENE, new_id, values);
  return qonys_story_add (plan, copy, at, "scene.copy");
}

QonysEdit *
qonys_story_move (const QonysPlan *plan, const char *id, guint to)
{
  g_autoptr (GPtrArray) story = qonys_story_get (plan);
  int at = qonys_story_find (story, id);
  QonysEntry *scene;
  QonysEdit *edit;

  if (at < 0)
    return NULL;
  scene = story->pdata[at];
  edit = qonys_edit_new ("scene.move", qonys_scene_get_name (scene), NULL, NULL);
  to = MIN (to, story->len - 1);
  if (to == (guint)at)
    return edit;
  g_ptr_array_remove_index (story, (guint)at);
  place (edit, scene, scene, story, to);
  return edit;
}

QonysEdit *
qonys_story_delete (const QonysPlan *plan, const char *id)
{
  QonysEntry *scene = qonys_plan_find (plan, QONYS_ENTRY_SCENE, id);
  QonysEdit *edit;

  if (scene == NULL)
    return NULL;
  edit = qonys_edit_new ("scene.delete", qonys_scene_get_name (scene), NULL, NULL);
  qonys_edit_add (edit, scene, NULL);
  return edit;
}

QonysEdit *
qonys_story_change (const QonysPlan *plan, QonysEntry *after, const char *action)
{
  QonysEdit *edit = qonys_edit_new (action, qonys_scene_get_name (after), NULL, NULL);

  qonys_edit_add (edit, qonys_plan_find (plan, QONYS_ENTRY_SCENE, qonys_entry_get_id (after)),
                  after);
  return edit;
}
