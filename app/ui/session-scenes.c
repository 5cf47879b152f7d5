/* From the screen to a scene and back: a dozen values, read or set when a key is pressed. */

#include "ui/session-scenes.h"

#include "domain/catalogue.h"
#include "ui/session-private.h"

gboolean
qonys_session_do (QonysSession *self, QonysEdit *edit)
{
  g_autoptr (QonysEdit) own = edit;
  GError *error = NULL;

  if (own == NULL || qonys_edit_get_changes (own)->len == 0)
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

/* The items that are selected, one by one or as a group. Returns: (transfer full): their ids with
 * spaces between, "" none */
static char *
dup_items (QonysSession *self)
{
  const QonysContent *content = qonys_session_get_content (self);
  const QonysPick *pick = qonys_session_get_selection (self);
  g_auto (GStrv) selected = qonys_style_dup_selected_entries (qonys_session_get_style (self));
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (guint32));
  GString *ids = g_string_new (NULL);

  if (pick->kind == QONYS_PICK_ITEM)
    qonys_content_get_items (content, pick, notes);
  for (guint i = 0; pick->kind != QONYS_PICK_ITEM && selected[i] != NULL; i++) {
    int note = qonys_content_find_note (content, selected[i]);

    if (note >= 0 && note < (int)content->n_items)
      g_array_append_val (notes, note);
  }
  for (guint i = 0; i < notes->len; i++) {
    const QonysNoteMark *note = content->notes->pdata[g_array_index (notes, guint32, i)];

    g_string_append_printf (ids, "%s%s", i == 0 ? "" : " ", qonys_entry_get_id (note->entry));
  }
  return g_string_free (ids, FALSE);
}

/* @values: of a scene; what is on screen is put among them, the style's text to be freed. */
static QonysEntry *
capture (QonysSession *self, const QonysBox *box, const char *id, const char **values)
{
  const QonysStyle *style = qonys_session_get_style (self);
  const QonysStatistic *statistic = qonys_session_get_statistic (self);
  const QonysNorm *norm = qonys_session_get_norm (self);
  const QonysNorm *own_norm = qonys_project_get_norm (qonys_session_get_project (self));
  QonysPeriod period = qonys_session_get_period (self);
  g_autofree char *look = qonys_style_to_text (style);
  g_autofree char *from = qonys_day_to_iso (period.from);
  g_autofree char *to = period.to == QONYS_DAY_MISSING ? NULL : qonys_day_to_iso (period.to - 1);
  g_autofree char *items = dup_items (self);
  g_autofree char *norm_text = qonys_norm_equal (norm, own_norm) ? NULL : qonys_norm_to_text (norm);
  g_autoptr (QonysEntry) scene = NULL;

  values[QONYS_SCENE_STYLE] = look;
  values[QONYS_SCENE_STATISTIC] = statistic == NULL ? NULL : statistic->id;
  values[QONYS_SCENE_SELECTED] = style->selected_kato;
  values[QONYS_SCENE_ITEMS] = *items == '\0' ? NULL : items;
  values[QONYS_SCENE_FROM] = from;
  values[QONYS_SCENE_TO] = to;
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

/* The base stays: a scene does not turn on what comes from the internet. */
static void
show_look (QonysSession *self, const char *text)
{
  QonysStyle style = self->style;

  if (text == NULL || !qonys_style_parse (text, &style))
    return;
  style.has_schematic_base = self->style.has_schematic_base;
  self->style = style;
  _qonys_session_changed (self, QONYS_CHANGED_STYLE);
}

static void
show_period (QonysSession *self, const QonysEntry *scene)
{
  QonysPeriod period = {qonys_entry_get_day (scene, QONYS_SCENE_FROM),
                        qonys_entry_get_day (scene, QONYS_SCENE_TO)};

  if (period.to != QONYS_DAY_MISSING)
    period.to++; /* the last day is shown */
  qonys_session_set_period (self, &period);
}

static void
show_statistic (QonysSession *self, const char *id)
{
  const QonysStatistic *statistic = id == NULL ? NULL : qonys_statistic_find (id);

  if (statistic == self->statistic)
    return;
  self->statistic = statistic;
  _qonys_session_show_statistic (self);
  _qonys_session_changed (self, QONYS_CHANGED_RELEASE);
}

void
qonys_session_show_scene (QonysSession *self, const char *id)
{
  QonysEntry *found =
      self->plan == NULL ? NULL : qonys_plan_find (self->plan, QONYS_ENTRY_SCENE, id);
  g_autoptr (QonysEntry) scene = NULL;
  g_auto (GStrv) items = NULL;
  QonysBox box;

  if (found == NULL)
    return;
  scene = qonys_entry_ref (found); /* the edit makes another plan */
  show_look (self, qonys_entry_get (scene, QONYS_SCENE_STYLE));
  show_statistic (self, qonys_entry_get (scene, QONYS_SCENE_STATISTIC));
  show_period (self, scene);
  items = qonys_entry_dup_ids (scene, QONYS_SCENE_ITEMS);
  _qonys_session_restore_selection (self, qonys_entry_get (scene, QONYS_SCENE_SELECTED),
                                    (const char *const *)items);
  _qonys_session_keep_looks (self, "scene.show", qonys_scene_get_name (scene), NULL);
  if (qonys_scene_get_box (scene, &box))
    qonys_session_show_box (self, &box);
  else
    qonys_session_show_city (self);
}
