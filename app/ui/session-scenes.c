/* From the screen to a scene and back: a dozen values, read or set when a key is pressed. */

#include "ui/session-scenes.h"

#include "domain/catalogue.h"

gboolean
qonys_session_do (QonysSession *self, QonysEdit *edit)
{
  g_autoptr (QonysEdit) own = edit;
  GError *error = NULL;

  if (own == NULL || own->changes->len == 0)
    return FALSE;
  if (qonys_session_edit (self, own, &error))
    return TRUE;
  qonys_session_set_error (self, error);
  return FALSE;
}

/* ---- capturing ---- */

/* What the map is about: the problem its one problem layer shows, else what colours the districts.
 * Returns: (nullable) */
static const QonysText3 *
find_title (QonysSession *self)
{
  const QonysStyle *style = qonys_session_get_style (self);
  const QonysStatistic *statistic = qonys_session_get_statistic (self);
  const GPtrArray *problems = qonys_catalogue_get ()->problems;
  const QonysIndicator *indicator;
  const char *layer = NULL;
  guint n_layers = 0;

  for (guint i = QONYS_LAYER_DISTRICTS + 1; i < QONYS_N_LAYERS; i++)
    if (style->layers[i].is_visible) {
      layer = qonys_layer_get_id (i);
      n_layers++;
    }
  for (guint i = 0; n_layers == 1 && i < problems->len; i++) {
    const QonysProblem *problem = problems->pdata[i];

    if (g_strv_contains ((const char *const *)problem->layers, layer))
      return &problem->title;
  }
  if (n_layers > 0 || statistic == NULL || statistic->indicator_id == NULL)
    return NULL;
  indicator = qonys_catalogue_find_indicator (statistic->indicator_id);
  return indicator == NULL ? NULL : &indicator->title;
}

/* @values: of a scene; what is on screen is put among them, the style's text to be freed. */
static QonysEntry *
capture (QonysSession *self, const QonysBox *box, const char *id, const char **values)
{
  const QonysStyle *style = qonys_session_get_style (self);
  const QonysStatistic *statistic = qonys_session_get_statistic (self);
  const QonysNorm *norm = qonys_session_get_norm (self);
  const QonysNorm *own_norm = qonys_project_get_norm (qonys_session_get_project (self));
  g_autofree char *look = qonys_style_to_text (style);
  g_autofree char *norm_text = qonys_norm_equal (norm, own_norm) ? NULL : qonys_norm_to_text (norm);
  g_autoptr (QonysEntry) scene = NULL;

  values[QONYS_SCENE_STYLE] = look;
  values[QONYS_SCENE_STATISTIC] = statistic == NULL ? NULL : statistic->id;
  values[QONYS_SCENE_SELECTED] = style->selected_kato;
  values[QONYS_SCENE_NORM] = norm_text;
  scene = qonys_entry_new (QONYS_ENTRY_SCENE, id, values);
  return qonys_scene_with_box (scene, box);
}

char *
qonys_session_capture_scene (QonysSession *self, const QonysBox *box, guint at)
{
  const char *values[QONYS_SCENE_N_FIELDS] = {NULL};
  const QonysText3 *title = find_title (self);
  g_autofree char *id = qonys_entry_make_id ();
  g_autoptr (QonysEntry) scene = NULL;

  g_return_val_if_fail (qonys_session_get_plan (self) != NULL, NULL);

  values[QONYS_SCENE_KIND] = qonys_scene_type_get_word (QONYS_SCENE_IS_MAP);
  for (guint i = 0; title != NULL && i < QONYS_N_LANGUAGES; i++)
    values[QONYS_SCENE_TITLE_KK + i] = title->text[i];
  values[QONYS_SCENE_HAS_ANNOTATIONS] = "1";
  scene = capture (self, box, id, values);
  if (!qonys_session_do (
          self, qonys_story_add (qonys_session_get_plan (self), scene, at, "scene.capture")))
    return NULL;
  return g_steal_pointer (&id);
}

void
qonys_session_recapture_scene (QonysSession *self, const QonysBox *box, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (self);
  const QonysEntry *before = qonys_plan_find (plan, QONYS_ENTRY_SCENE, id);
  const char *values[QONYS_SCENE_N_FIELDS];
  g_autoptr (QonysEntry) after = NULL;

  if (before == NULL)
    return;
  for (guint i = 0; i < QONYS_SCENE_N_FIELDS; i++)
    values[i] = qonys_entry_get (before, i);
  after = capture (self, box, id, values);
  qonys_session_do (self, qonys_story_change (plan, after, "scene.capture"));
}

/* ---- showing ---- */

static void
show_look (QonysSession *self, const char *text)
{
  QonysStyle style = *qonys_session_get_style (self);
  gboolean is_schematic = style.has_schematic_base, has_tiles;

  if (text == NULL || !qonys_style_parse (text, &style))
    return;
  has_tiles = !style.has_schematic_base;
  style.has_schematic_base = is_schematic; /* tiles need a client */
  qonys_session_set_style (self, &style);
  qonys_session_set_has_tiles (self, has_tiles);
}

void
qonys_session_show_scene (QonysSession *self, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (self);
  const QonysEntry *found = plan == NULL ? NULL : qonys_plan_find (plan, QONYS_ENTRY_SCENE, id);
  g_autoptr (QonysEntry) scene = NULL;
  const char *statistic, *kato;
  QonysBox box;

  if (found == NULL)
    return;
  scene = qonys_entry_ref ((QonysEntry *)found); /* a look that is shown may be an edit */
  show_look (self, qonys_entry_get (scene, QONYS_SCENE_STYLE));
  statistic = qonys_entry_get (scene, QONYS_SCENE_STATISTIC);
  qonys_session_set_statistic (self, statistic == NULL ? NULL : qonys_statistic_find (statistic));
  qonys_session_clear_selection (self);
  kato = qonys_entry_get (scene, QONYS_SCENE_SELECTED);
  if (kato != NULL)
    qonys_session_select_district (self, kato);
  if (qonys_scene_get_box (scene, &box))
    qonys_session_show_box (self, &box);
  else
    qonys_session_show_city (self);
}
