/* What a project is set to: looks, norm, datasets and outlines in use. The plan is the truth; a
 * setter makes an edit, and whenever the plan changes what differs is applied: looks at once, norm
 * and datasets by a job. A dozen short texts are compared, some microseconds. */

#include "base/error.h"
#include "base/format.h"
#include "domain/setting.h"
#include "ui/session-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *
get_statistic_id (const QonysStatistic *statistic)
{
  return statistic == NULL ? "none" : statistic->id;
}

/* What the plan says the map looks like; what belongs to the screen is as it is. Tiles come from
 * the internet: a project that asks for them gets them once somebody at this screen did. */
static QonysStyle
get_wanted_style (QonysSession *self)
{
  const char *text = qonys_plan_get_setting (self->plan, QONYS_SETTING_STYLE);
  QonysStyle style = qonys_style_get_default ();

  style.is_dark = self->style.is_dark;
  style.text_scale = self->style.text_scale;
  memcpy (style.selected_kato, self->style.selected_kato, sizeof style.selected_kato);
  style.selected_x = self->style.selected_x;
  style.selected_y = self->style.selected_y;
  style.selected_entries = self->style.selected_entries;
  if (text != NULL)
    qonys_style_parse (text, &style);
  style.has_schematic_base |= self->tiles == NULL;
  return style;
}

static const QonysStatistic *
get_wanted_statistic (QonysSession *self)
{
  const char *id = qonys_plan_get_setting (self->plan, QONYS_SETTING_STATISTIC);
  const QonysStatistic *statistic = id == NULL ? NULL : qonys_statistic_find (id);

  if (statistic != NULL || g_strcmp0 (id, "none") == 0)
    return statistic;
  return qonys_statistics_get (0); /* the first rate */
}

QonysChange
_qonys_session_apply_looks (QonysSession *self)
{
  QonysStyle style = get_wanted_style (self);
  const QonysStatistic *statistic = get_wanted_statistic (self);
  g_autofree char *wanted = qonys_style_to_text (&style);
  g_autofree char *applied = qonys_style_to_text (&self->style);
  QonysChange changes = 0;

  if (!g_str_equal (wanted, applied)) {
    self->style = style;
    changes |= QONYS_CHANGED_STYLE;
  }
  if (statistic != self->statistic) {
    self->statistic = statistic;
    changes |= QONYS_CHANGED_RELEASE;
  }
  return changes;
}

void
_qonys_session_get_wanted_data (QonysSession *self, QonysNorm *norm, GArray **withdrawn,
                                guint *district_set)
{
  const GPtrArray *datasets = qonys_project_get_datasets (self->project);
  const char *text = qonys_plan_get_setting (self->plan, QONYS_SETTING_NORM);

  *norm = *qonys_project_get_base_norm (self->project);
  if (text != NULL)
    qonys_norm_parse (text, norm);
  *district_set = qonys_plan_get_district_set (self->plan);
  *withdrawn = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (qonys_plan_is_withdrawn (self->plan, dataset->id))
      g_array_append_val (*withdrawn, dataset->id);
  }
}

gboolean
_qonys_project_has_withdrawn (const QonysProject *project, const GArray *ids)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  guint n = 0;

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->is_withdrawn && (n >= ids->len || g_array_index (ids, gint32, n) != dataset->id))
      return FALSE;
    n += dataset->is_withdrawn;
  }
  return n == ids->len;
}

static gboolean
has_same_ids (const GArray *a, const GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint32)) == 0);
}

/* Norm and datasets, unless they are so already, or will be when the job that runs has ended. */
static void
apply_data (QonysSession *self)
{
  g_autoptr (GArray) withdrawn = NULL;
  QonysNorm norm;
  gboolean is_same;
  guint set;

  if (qonys_session_is_busy (self)) /* comes back when that is done */
    return;
  _qonys_session_get_wanted_data (self, &norm, &withdrawn, &set);
  if (self->is_settling)
    is_same = qonys_norm_equal (&norm, &self->norm) && set == self->district_set &&
              has_same_ids (withdrawn, self->withdrawn);
  else
    is_same = set == qonys_project_get_district_set (self->project) &&
              qonys_norm_equal (&norm, qonys_project_get_norm (self->project)) &&
              _qonys_project_has_withdrawn (self->project, withdrawn);
  if (!is_same)
    _qonys_session_settle (self);
}

void
_qonys_session_apply_settings (QonysSession *self)
{
  QonysChange changes;

  if (self->plan == NULL || self->project == NULL)
    return;
  changes = _qonys_session_apply_looks (self);
  if (changes & QONYS_CHANGED_RELEASE)
    _qonys_session_show_statistic (self);
  if (changes != 0)
    _qonys_session_changed (self, changes);
  apply_data (self);
}

/* ---- edits ---- */

static void
edit_or_say (QonysSession *self, QonysEdit *edit)
{
  GError *error = NULL;

  if (!qonys_session_edit (self, edit, &error))
    qonys_session_set_error (self, error);
}

static void
set_look (QonysSession *self, QonysEdit *edit, const char *key, const char *value,
          const char *fallback)
{
  const char *now = qonys_plan_get_setting (self->plan, key);

  if (!g_str_equal (now != NULL ? now : fallback, value))
    qonys_edit_set (edit, self->plan, key, value);
}

void
_qonys_session_keep_looks (QonysSession *self, const char *action, const char *subject,
                           const char *merge_key)
{
  const QonysStyle plain = qonys_style_get_default ();
  g_autofree char *fallback = qonys_style_to_text (&plain);
  g_autofree char *style = qonys_style_to_text (&self->style);
  g_autoptr (QonysEdit) edit = NULL;

  if (self->plan == NULL)
    return;
  edit = qonys_edit_new (action, subject, NULL, merge_key);
  set_look (self, edit, QONYS_SETTING_STYLE, style, fallback);
  set_look (self, edit, QONYS_SETTING_STATISTIC, get_statistic_id (self->statistic),
            qonys_statistics_get (0)->id);
  edit_or_say (self, edit);
}

static char *
describe_switch (const char *title, gboolean is_on)
{
  /* Translators: a layer of the map: “Raids: on” */
  return g_strdup_printf (_ ("%s: %s"), title, is_on ? _ ("on") : _ ("off"));
}

/* What of a layer is another, in words, and the key by which a slider's run is one step. */
static void
describe_layer_change (QonysLayer layer, const QonysLayerStyle *before,
                       const QonysLayerStyle *after, char **subject, char **merge_key)
{
  const char *const modes[] = {_ ("Marks"), _ ("Heat"), _ ("Points")};
  const char *title = qonys_layer_get_title (layer), *field = NULL;
  g_autofree char *value = NULL;

  if (before->is_visible != after->is_visible) {
    *subject = describe_switch (title, after->is_visible);
    return;
  }
  if (before->opacity != after->opacity) {
    g_autofree char *percent = qonys_format_int ((gint64)round (after->opacity * 100));

    value = g_strdup_printf ("%s %%", percent);
    field = "opacity";
  } else if (before->mode != after->mode) {
    value = g_strdup (modes[after->mode]);
    field = "mode";
  } else {
    value = after->point_size_px > 0 ? g_strdup_printf (_ ("%d px"), (int)after->point_size_px)
                                     : g_strdup (_ ("By zoom"));
    field = "size";
  }
  *subject = g_strdup_printf (_ ("%s: %s"), title, value);
  if (field != NULL)
    *merge_key = g_strdup_printf ("style/%s/%s", qonys_layer_get_id (layer), field);
}

static void
describe_style_change (const QonysStyle *before, const QonysStyle *after, char **subject,
                       char **merge_key)
{
  if (before->has_schematic_base != after->has_schematic_base) {
    *subject = g_strdup_printf (_ ("%s: %s"), _ ("Base map"),
                                after->has_schematic_base ? _ ("Schematic") : "OpenStreetMap");
    return;
  }
  if (before->has_items != after->has_items) {
    *subject = describe_switch (_ ("Marked places"), after->has_items);
    return;
  }
  if (before->has_annotations != after->has_annotations) {
    *subject = describe_switch (_ ("Annotations"), after->has_annotations);
    return;
  }
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    const QonysLayerStyle *a = &before->layers[i], *b = &after->layers[i];

    if (a->is_visible != b->is_visible || a->opacity != b->opacity || a->mode != b->mode ||
        a->point_size_px != b->point_size_px) {
      describe_layer_change (i, a, b, subject, merge_key);
      return;
    }
  }
}

void
qonys_session_set_style (QonysSession *self, const QonysStyle *style)
{
  const QonysStyle before = self->style;
  g_autofree char *old = qonys_style_to_text (&before);
  g_autofree char *new = qonys_style_to_text (style);
  g_autofree char *subject = NULL, *merge_key = NULL;

  self->style = *style;
  _qonys_session_changed (self, QONYS_CHANGED_STYLE);
  if (g_str_equal (old, new))
    return;
  describe_style_change (&before, style, &subject, &merge_key);
  _qonys_session_keep_looks (self, "setting.style", subject, merge_key);
}

void
qonys_session_set_statistic (QonysSession *self, const QonysStatistic *statistic)
{
  if (statistic == self->statistic)
    return;
  self->statistic = statistic;
  _qonys_session_show_statistic (self);
  _qonys_session_changed (self, QONYS_CHANGED_RELEASE);
  _qonys_session_keep_looks (self, "setting.statistic",
                             statistic == NULL ? _ ("Outlines only") : _ (statistic->title),
                             "statistic");
}

void
qonys_session_set_norm (QonysSession *self, const QonysNorm *norm)
{
  g_autofree char *text = qonys_norm_to_text (norm);
  g_autofree char *number =
      qonys_format_decimal (norm->norm_m2, norm->norm_m2 == floor (norm->norm_m2) ? 0 : 1);
  /* Translators: the registration norm, square metres a person */
  g_autofree char *subject = g_strdup_printf (_ ("%s m²"), number);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("setting.norm", subject, NULL, "norm");

  g_return_if_fail (self->project != NULL);

  qonys_edit_set (edit, self->plan, QONYS_SETTING_NORM,
                  qonys_norm_equal (norm, qonys_project_get_base_norm (self->project)) ? NULL
                                                                                       : text);
  edit_or_say (self, edit);
}

const QonysNorm *
qonys_session_get_norm (QonysSession *self)
{
  if (self->is_settling)
    return &self->norm;
  return self->project == NULL ? NULL : qonys_project_get_norm (self->project);
}

/* ---- data ---- */

static void
set_withdrawn (QonysSession *self, QonysEdit *edit, gint32 id, gboolean is_withdrawn)
{
  g_autofree char *key = qonys_setting_get_withdrawn_key (id);

  qonys_edit_set (edit, self->plan, key, is_withdrawn ? "1" : NULL);
}

/* Is the same file in use under another number? Its rows would count twice. */
static gboolean
is_there_again (QonysSession *self, const QonysDataset *dataset)
{
  const GPtrArray *datasets = qonys_project_get_datasets (self->project);

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *other = datasets->pdata[i];

    if (other->id != dataset->id && other->type == dataset->type && other->sha256 != NULL &&
        g_strcmp0 (other->sha256, dataset->sha256) == 0 &&
        !qonys_plan_is_withdrawn (self->plan, other->id))
      return TRUE;
  }
  return FALSE;
}

void
qonys_session_withdraw (QonysSession *self, gint32 dataset_id, gboolean is_withdrawn)
{
  const GPtrArray *datasets = qonys_project_get_datasets (self->project);

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];
    g_autoptr (QonysEdit) edit = NULL;

    if (dataset->id != dataset_id)
      continue;
    if (!is_withdrawn && is_there_again (self, dataset)) {
      qonys_session_set_error (
          self, g_error_new (QONYS_ERROR, QONYS_ERROR_FAILED,
                             _ ("The rows of “%s” are in use already, imported once more. Take "
                                "those out of use first."),
                             dataset->title));
      return;
    }
    edit = qonys_edit_new (is_withdrawn ? "data.withdraw" : "data.restore", dataset->title, NULL,
                           NULL);
    set_withdrawn (self, edit, dataset_id, is_withdrawn);
    edit_or_say (self, edit);
    return;
  }
}

void
qonys_session_remove_training_data (QonysSession *self)
{
  const GPtrArray *datasets = qonys_project_get_datasets (self->project);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("data.remove-training", NULL, NULL, NULL);

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->is_synthetic)
      set_withdrawn (self, edit, dataset->id, TRUE);
  }
  edit_or_say (self, edit);
}

void
_qonys_session_note_import (QonysSession *self, const QonysDataset *dataset)
{
  g_autoptr (QonysEdit) edit = qonys_edit_new ("data.import", dataset->title, NULL, NULL);

  qonys_edit_add_dataset (edit, dataset->id);
  edit_or_say (self, edit);
}

void
_qonys_session_note_districts (QonysSession *self, const char *file_name)
{
  g_autoptr (QonysEdit) edit = qonys_edit_new ("data.districts", file_name, NULL, NULL);

  qonys_edit_set_districts (edit, self->plan, qonys_project_get_district_set (self->project));
  edit_or_say (self, edit);
}
