/* The state of a window: a dozen pointers, read by every panel on every change. Nothing here is
 * slow; what is lies in session-jobs.c. What a project is set to is set in session-settings.c. */

#include "geo/mercator.h"
#include "ui/session-private.h"
#include "ui/settings.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define SHOWN_AROUND_M 500.0

G_DEFINE_FINAL_TYPE (QonysSession, qonys_session, G_TYPE_OBJECT)

enum {
  CHANGED,
  SHOW_BOX,
  OPEN_ITEM,
  SHOW_PAGE,
  FINISHED,
  REPORTED,
  CRS_WANTED,
  COPY_WANTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
qonys_session_finalize (GObject *object)
{
  QonysSession *self = QONYS_SESSION (object);

  g_clear_pointer (&self->release, qonys_release_unref);
  g_clear_pointer (&self->public_release, qonys_release_unref);
  g_clear_pointer (&self->project, qonys_project_unref);
  _qonys_session_clear_plan (self);
  g_clear_pointer (&self->withdrawn, g_array_unref);
  _qonys_session_unwatch (self);
  g_clear_object (&self->tiles);
  g_clear_object (&self->job);
  g_clear_error (&self->error);
  g_free (self->purpose);
  G_OBJECT_CLASS (qonys_session_parent_class)->finalize (object);
}

static void
qonys_session_class_init (QonysSessionClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qonys_session_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SHOW_BOX] = g_signal_new ("show-box", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[OPEN_ITEM] = g_signal_new ("open-item", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SHOW_PAGE] = g_signal_new ("show-page", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REPORTED] = g_signal_new ("reported", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[COPY_WANTED] =
      g_signal_new ("copy-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CRS_WANTED] = g_signal_new ("crs-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
qonys_session_init (QonysSession *self)
{
  self->style = qonys_style_get_default ();
  self->statistic = qonys_statistics_get (0); /* the first rate */
  self->period = QONYS_PERIOD_OPEN;
}

QonysSession *
qonys_session_new (void)
{
  return g_object_new (QONYS_TYPE_SESSION, NULL);
}

void
_qonys_session_changed (QonysSession *self, QonysChange changes)
{
  g_signal_emit (self, signals[CHANGED], 0, (guint)changes);
}

typedef struct {
  QonysProject *project;
  QonysRelease *release, *public_release;
} Past;

static gpointer
past_free (gpointer data)
{
  Past *past = data;

  g_clear_pointer (&past->public_release, qonys_release_unref);
  g_clear_pointer (&past->release, qonys_release_unref);
  g_clear_pointer (&past->project, qonys_project_unref);
  g_free (past);
  return NULL;
}

/* The release of the period asked for, of the release there is. */
static void
apply_period (QonysSession *self)
{
  g_autoptr (QonysRelease) release = self->release;

  self->release = qonys_release_with_period (release, &self->period);
}

void
_qonys_session_take (QonysSession *self, QonysProject *project, QonysRelease *release)
{
  g_autofree char *kato = g_strdup (self->style.selected_kato);
  g_auto (GStrv) entries = qonys_style_dup_selected_entries (&self->style);
  gboolean is_same =
      self->project == project && self->release != NULL &&
      qonys_release_get_audience (self->release) == qonys_release_get_audience (release);
  gboolean is_public = qonys_release_get_audience (release) == QONYS_AUDIENCE_PUBLIC;
  Past *past = g_new0 (Past, 1);

  if (self->project != NULL &&
      g_strcmp0 (qonys_project_get_path (self->project), qonys_project_get_path (project)) != 0)
    self->is_held = FALSE;
  if (is_public || project != self->project)
    past->public_release = g_steal_pointer (&self->public_release);
  past->release = self->release;
  past->project = self->project;
  if (is_public)
    self->public_release = qonys_release_ref (release);
  self->project = qonys_project_ref (project);
  _qonys_session_watch (self);
  self->release = qonys_release_get_content (release)->statistic == self->statistic
                      ? qonys_release_ref (release)
                      : qonys_release_with_statistic (release, self->statistic); /* chosen since */
  _qonys_session_update_release (self);                                          /* written since */
  apply_period (self);
  if (!is_same) { /* the numbers of marks are others now, a district is the same */
    qonys_session_clear_selection (self);
    _qonys_session_restore_selection (self, kato, (const char *const *)entries);
  }
  _qonys_session_changed (self, QONYS_CHANGED_RELEASE);
  /* Nobody shows it any more: a million rows are freed beside the main loop. */
  g_thread_unref (g_thread_new ("qonys-past", past_free, past));
}

QonysProject *
qonys_session_get_project (QonysSession *self)
{
  return self->project;
}

QonysRelease *
qonys_session_get_release (QonysSession *self)
{
  return self->release;
}

QonysContent *
qonys_session_get_content (QonysSession *self)
{
  return self->release == NULL ? NULL : qonys_release_get_content (self->release);
}

QonysRelease *
qonys_session_get_public_release (QonysSession *self)
{
  return self->public_release;
}

QonysAudience
qonys_session_get_audience (QonysSession *self)
{
  return self->audience;
}

const QonysStatistic *
qonys_session_get_statistic (QonysSession *self)
{
  return self->statistic;
}

char *
qonys_session_dup_title (QonysSession *self)
{
  const char *path = self->project == NULL ? NULL : qonys_project_get_path (self->project);
  char *name, *dot;

  if (self->project == NULL)
    return g_strdup ("Qonys");
  if (path == NULL)
    return g_strdup (qonys_project_is_synthetic (self->project) ? _ ("Training project")
                                                                : _ ("New project"));
  name = g_path_get_basename (path);
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

QonysDay
qonys_session_get_data_day (QonysSession *self)
{
  QonysDay newest = QONYS_DAY_MISSING;

  for (guint type = 0; self->project != NULL && type < QONYS_N_RECORD_TYPES; type++)
    newest = MAX (newest, qonys_project_get_data_day (self->project, type));
  return newest;
}

gboolean
qonys_session_is_unsaved (QonysSession *self)
{
  const GPtrArray *datasets;

  if (self->trouble != NULL && qonys_session_has_pending_edits (self))
    return TRUE;
  if (self->project == NULL || qonys_project_get_path (self->project) != NULL)
    return FALSE;
  datasets = qonys_project_get_datasets (self->project);
  for (guint i = 0; i < datasets->len; i++)
    if (((const QonysDataset *)g_ptr_array_index (datasets, i))->sha256 != NULL)
      return TRUE; /* read from a file; what the program makes can be made again */
  return FALSE;
}

const QonysStyle *
qonys_session_get_style (QonysSession *self)
{
  return &self->style;
}

void
_qonys_session_show_statistic (QonysSession *self)
{
  QonysRelease *release;

  if (self->release == NULL)
    return;
  release = qonys_release_with_statistic (self->release, self->statistic);
  qonys_release_unref (self->release);
  self->release = release;
}

void
qonys_session_set_period (QonysSession *self, const QonysPeriod *period)
{
  const QonysPeriod wanted = period != NULL ? *period : QONYS_PERIOD_OPEN;

  if (qonys_period_equal (&wanted, &self->period))
    return;
  self->period = wanted;
  if (self->release != NULL) {
    g_autofree char *kato = g_strdup (self->style.selected_kato);

    apply_period (self);
    if (self->selection.kind != QONYS_PICK_NONE) { /* the numbers of marks are others now */
      qonys_session_clear_selection (self);
      if (*kato != '\0')
        qonys_session_select_district (self, kato);
    }
  }
  _qonys_session_changed (self, QONYS_CHANGED_RELEASE);
}

QonysPeriod
qonys_session_get_period (QonysSession *self)
{
  return self->period;
}

QonysTileClient *
qonys_session_get_tiles (QonysSession *self)
{
  return self->style.has_schematic_base ? NULL : self->tiles;
}

void
qonys_session_set_has_tiles (QonysSession *self, gboolean has_tiles)
{
  QonysStyle style;

  if (self->style.has_schematic_base == !has_tiles)
    return;
  if (has_tiles && self->tiles == NULL) {
    GError *error = NULL;

    self->tiles = qonys_settings_make_tile_client (&error);
    if (self->tiles == NULL) {
      qonys_session_set_error (self, error);
      return;
    }
  }
  style = self->style;
  style.has_schematic_base = !has_tiles;
  qonys_session_set_style (self, &style);
}

const QonysPick *
qonys_session_get_selection (QonysSession *self)
{
  return &self->selection;
}

/* One item or annotation, no group. */
static gboolean
is_of_entry (const QonysPick *pick)
{
  return pick->kind == QONYS_PICK_ANNOTATION ||
         (pick->kind == QONYS_PICK_ITEM && pick->mark.n_points == 1);
}

void
qonys_session_select (QonysSession *self, const QonysPick *pick)
{
  QonysContent *content = qonys_session_get_content (self);

  self->selection = *pick;
  self->style.selected_kato[0] = '\0';
  qonys_style_select_entries (&self->style, NULL);
  self->style.selected_x = self->style.selected_y = NAN;
  if (content != NULL && is_of_entry (pick)) {
    const QonysNoteMark *note = content->notes->pdata[pick->index];

    qonys_style_select_entries (&self->style,
                                (const char *[]){qonys_entry_get_id (note->entry), NULL});
  } else if (content != NULL && pick->kind == QONYS_PICK_DISTRICT)
    g_strlcpy (self->style.selected_kato,
               g_array_index (content->districts, QonysDistrictMark, pick->index).district->kato,
               sizeof self->style.selected_kato);
  else if (pick->kind != QONYS_PICK_NONE) {
    self->style.selected_x = pick->x;
    self->style.selected_y = pick->y;
  }
  _qonys_session_changed (self, QONYS_CHANGED_SELECTION | QONYS_CHANGED_STYLE);
}

void
qonys_session_select_district (QonysSession *self, const char *kato)
{
  QonysContent *content = qonys_session_get_content (self);

  for (guint i = 0; content != NULL && i < content->districts->len; i++) {
    const QonysDistrict *district =
        g_array_index (content->districts, QonysDistrictMark, i).district;

    if (g_str_equal (district->kato, kato)) {
      const QonysPick pick = {
          .kind = QONYS_PICK_DISTRICT, .index = i, .x = district->label_x, .y = district->label_y};
      qonys_session_select (self, &pick);
      return;
    }
  }
}

void
qonys_session_select_entry (QonysSession *self, const char *id)
{
  QonysContent *content = qonys_session_get_content (self);
  int index = content != NULL ? qonys_content_find_note (content, id) : -1;
  QonysPick pick;

  if (index < 0)
    return;
  pick = qonys_pick_note (content, (guint)index);
  qonys_session_select (self, &pick);
}

void
qonys_session_select_entries (QonysSession *self, const char *const *ids)
{
  const QonysPick nothing = {.kind = QONYS_PICK_NONE};
  QonysContent *content = qonys_session_get_content (self);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; content != NULL && ids[i] != NULL; i++)
    if (qonys_content_find_note (content, ids[i]) >= 0)
      g_ptr_array_add (found, (gpointer)ids[i]);
  if (found->len == 1) {
    qonys_session_select_entry (self, found->pdata[0]);
    return;
  }
  g_ptr_array_add (found, NULL);
  qonys_session_select (self, &nothing);
  qonys_style_select_entries (&self->style, (const char *const *)found->pdata);
  _qonys_session_changed (self, QONYS_CHANGED_STYLE);
}

void
qonys_session_show_entry (QonysSession *self, const char *id)
{
  QonysContent *content = qonys_session_get_content (self);
  int index = content != NULL ? qonys_content_find_note (content, id) : -1;
  const QonysNoteMark *note;
  QonysStyle style;
  gboolean *is_shown;
  QonysBox box;

  if (index < 0)
    return;
  note = content->notes->pdata[index];
  style = self->style;
  is_shown = note->kind == QONYS_NOTE_ITEM ? &style.has_items : &style.has_annotations;
  if (!*is_shown) {
    *is_shown = TRUE;
    qonys_session_set_style (self, &style);
  }
  qonys_session_select_entry (self, id);
  if (isnan (note->x)) {
    qonys_session_show_city (self);
    return;
  }
  if (note->district != NULL) {
    box = note->district->shape->box;
  } else {
    box = (QonysBox){note->x, note->y, note->x, note->y};
    if (note->shape != NULL)
      qonys_box_join (&box, &note->shape->box);
    qonys_box_grow (&box,
                    SHOWN_AROUND_M / qonys_mercator_m_per_unit (qonys_mercator_lat_deg (note->y)));
  }
  qonys_session_show_box (self, &box);
}

void
_qonys_session_restore_selection (QonysSession *self, const char *kato, const char *const *ids)
{
  if (kato == NULL || *kato == '\0') {
    qonys_session_select_entries (self, ids);
    return;
  }
  qonys_session_select_district (self, kato);
  qonys_style_select_entries (&self->style, ids);
  _qonys_session_changed (self, QONYS_CHANGED_STYLE);
}

/* The id of the first item of a selected group. Returns: (transfer full) (nullable) */
static char *
dup_group (QonysSession *self)
{
  const QonysContent *content = qonys_session_get_content (self);
  const QonysNoteMark *note;

  if (self->selection.kind != QONYS_PICK_ITEM || self->selection.mark.n_points == 1)
    return NULL;
  note = content->notes->pdata[self->selection.index];
  return g_strdup (qonys_entry_get_id (note->entry));
}

/* Items and annotations have other numbers now. @group: (nullable): of dup_group() */
static void
keep_selection (QonysSession *self, const char *group)
{
  QonysContent *content = qonys_session_get_content (self);
  gboolean is_several = self->selection.kind == QONYS_PICK_NONE;
  const char *id = group != NULL ? group : qonys_style_get_selected_entry (&self->style);
  int index = *id == '\0' ? -1 : qonys_content_find_note (content, id);

  if (self->selection.kind != QONYS_PICK_ITEM && self->selection.kind != QONYS_PICK_ANNOTATION &&
      !is_several)
    return;
  if (group != NULL && index >= 0)
    self->selection = qonys_pick_group (content, (guint)index, self->selection.cluster_zoom);
  else if (index >= 0)
    self->selection = qonys_pick_note (content, (guint)index);
  else if (!is_several)
    qonys_session_clear_selection (self);
}

void
_qonys_session_update_release (QonysSession *self)
{
  g_autofree char *group = NULL;
  QonysRelease *release;

  if (self->release == NULL || self->plan == NULL ||
      qonys_release_get_plan (self->release) == self->plan)
    return;
  group = dup_group (self);
  release = qonys_release_with_plan (self->release, self->plan);
  qonys_release_unref (self->release);
  self->release = release;
  keep_selection (self, group);
}

void
qonys_session_mark_place (QonysSession *self, double x, double y)
{
  const QonysPick nothing = {.kind = QONYS_PICK_NONE};

  qonys_session_select (self, &nothing);
  self->style.selected_x = x;
  self->style.selected_y = y;
  _qonys_session_changed (self, QONYS_CHANGED_STYLE);
}

void
qonys_session_clear_selection (QonysSession *self)
{
  const QonysPick nothing = {.kind = QONYS_PICK_NONE};

  qonys_session_select (self, &nothing);
}

void
qonys_session_show_box (QonysSession *self, const QonysBox *box)
{
  g_signal_emit (self, signals[SHOW_BOX], 0, box);
}

void
qonys_session_show_city (QonysSession *self)
{
  QonysBox box;

  if (self->project == NULL)
    return;
  box = qonys_districts_get_main_box (qonys_project_get_districts (self->project));
  qonys_session_show_box (self, &box);
}

void
qonys_session_open_item (QonysSession *self, const char *id)
{
  gboolean is_measure =
      self->plan != NULL && qonys_plan_find (self->plan, QONYS_ENTRY_MEASURE, id) != NULL;
  const char *page = is_measure ? "measures" : id[0] == 'P' ? "problems" : "city";

  g_signal_emit (self, signals[SHOW_PAGE], 0, page);
  g_signal_emit (self, signals[OPEN_ITEM], 0, id);
}

void
qonys_session_show_problem (QonysSession *self, const QonysProblem *problem)
{
  gboolean is_named[QONYS_N_LAYERS] = {FALSE};
  const QonysStatistic *statistic;
  QonysLayer layer;

  for (char **id = problem->layers; id != NULL && *id != NULL; id++)
    if (qonys_layer_parse (*id, &layer))
      is_named[layer] = TRUE;
  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    self->style.layers[i].is_visible = is_named[i] || i == QONYS_LAYER_DISTRICTS;
  for (guint i = 0; (statistic = qonys_statistics_get (i)) != NULL; i++)
    if (statistic->indicator_id != NULL &&
        g_strv_contains ((const char *const *)problem->indicators, statistic->indicator_id))
      break;
  if (statistic != NULL && statistic != self->statistic) {
    self->statistic = statistic;
    _qonys_session_show_statistic (self);
    _qonys_session_changed (self, QONYS_CHANGED_RELEASE);
  }
  qonys_session_clear_selection (self);
  _qonys_session_keep_looks (self, "setting.layers", problem->id, NULL);
  qonys_session_show_city (self);
}

static gint64
count_layer (const QonysContent *content, QonysLayer layer)
{
  gint64 n = 0;

  if (layer == QONYS_LAYER_DISTRICTS) {
    for (guint i = 0; i < content->districts->len; i++)
      n += g_array_index (content->districts, QonysDistrictMark, i).state != QONYS_VALUE_MISSING;
    return n;
  }
  if (content->layers[layer].cells != NULL)
    return content->layers[layer].cells->len;
  return (gint64)content->layers[layer].n_rows;
}

gint64
qonys_session_count_places (QonysSession *self, const QonysProblem *problem)
{
  QonysContent *content = qonys_session_get_content (self);
  gint64 n = 0;

  if (!problem->is_on_map || problem->layers == NULL || problem->layers[0] == NULL)
    return -1;
  for (char **id = problem->layers; content != NULL && *id != NULL; id++) {
    QonysLayer layer;

    if (qonys_layer_parse (*id, &layer))
      n = MAX (n, count_layer (content, layer));
  }
  return n;
}

const GError *
qonys_session_get_error (QonysSession *self)
{
  return self->error;
}

void
qonys_session_set_error (QonysSession *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  _qonys_session_changed (self, QONYS_CHANGED_ERROR);
}

QonysJob *
qonys_session_get_job (QonysSession *self)
{
  return self->job;
}

gboolean
qonys_session_is_busy (QonysSession *self)
{
  return self->job != NULL && !self->can_overtake;
}
