/* Decks of slides: one a plan state and audience. What is dear, the releases of other norms and
 * times, is made when a scene first asks for it and handed on from deck to deck; a story has one
 * to three. */

#include "release/deck-private.h"

#include "base/error.h"
#include "domain/scene.h"
#include "release/release-private.h"

#include <glib/gi18n-lib.h>

/* Releases of all time by norm: of the project, audience, purpose and threshold of the first. */
typedef struct {
  gatomicrefcount ref_count;
  GMutex mutex;
  GHashTable *by_norm; /* char* → QonysRelease */
} Releases;

struct _QonysDeck {
  gatomicrefcount ref_count;
  QonysRelease *release;
  Releases *releases;
  QonysPlan *plan;
  GHashTable *states; /* id of a version → QonysPlan: of those that scenes are frozen to */
  GPtrArray *scenes;  /* element-type QonysEntry */
};

static void
releases_unref (Releases *releases)
{
  if (!g_atomic_ref_count_dec (&releases->ref_count))
    return;
  g_hash_table_unref (releases->by_norm);
  g_mutex_clear (&releases->mutex);
  g_free (releases);
}

/* ---- the deck ---- */

static void
add_state (QonysDeck *deck, const QonysHistory *history, const char *id)
{
  const QonysEntry *version;
  double number;

  if (id == NULL || history == NULL || g_hash_table_contains (deck->states, id))
    return;
  version = qonys_plan_find (deck->plan, QONYS_ENTRY_VERSION, id);
  if (version == NULL)
    return;
  number = qonys_entry_get_number (version, QONYS_VERSION_NUMBER);
  g_hash_table_insert (deck->states, g_strdup (id),
                       qonys_history_get_state (history, deck->plan, (gint64)number));
}

/* Takes @releases. */
static QonysDeck *
deck_new (QonysRelease *release, Releases *releases, QonysPlan *plan, const QonysHistory *history)
{
  QonysDeck *deck = g_new0 (QonysDeck, 1);

  g_atomic_ref_count_init (&deck->ref_count);
  deck->release = qonys_release_ref (release);
  deck->releases = releases;
  deck->plan = qonys_plan_ref (plan);
  deck->states =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qonys_plan_unref);
  deck->scenes = qonys_story_get (plan);
  for (guint i = 0; i < deck->scenes->len; i++) {
    const QonysEntry *scene = g_ptr_array_index (deck->scenes, i);

    add_state (deck, history, qonys_entry_get (scene, QONYS_SCENE_AS_OF));
    add_state (deck, history, qonys_entry_get (scene, QONYS_SCENE_BEFORE_AS_OF));
  }
  return deck;
}

QonysDeck *
qonys_deck_new (QonysRelease *release, QonysPlan *plan, const QonysHistory *history)
{
  Releases *releases = g_new0 (Releases, 1);

  g_atomic_ref_count_init (&releases->ref_count);
  g_mutex_init (&releases->mutex);
  releases->by_norm =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qonys_release_unref);
  g_hash_table_insert (releases->by_norm,
                       qonys_norm_to_text (qonys_project_get_norm (release->project)),
                       qonys_release_with_period (release, NULL));
  return deck_new (release, releases, plan, history);
}

QonysDeck *
qonys_deck_with_plan (QonysDeck *deck, QonysPlan *plan, const QonysHistory *history)
{
  g_atomic_ref_count_inc (&deck->releases->ref_count);
  return deck_new (deck->release, deck->releases, plan, history);
}

QonysDeck *
qonys_deck_ref (QonysDeck *deck)
{
  g_atomic_ref_count_inc (&deck->ref_count);
  return deck;
}

void
qonys_deck_unref (QonysDeck *deck)
{
  if (!g_atomic_ref_count_dec (&deck->ref_count))
    return;
  g_ptr_array_unref (deck->scenes);
  g_hash_table_unref (deck->states);
  qonys_plan_unref (deck->plan);
  releases_unref (deck->releases);
  qonys_release_unref (deck->release);
  g_free (deck);
}

const GPtrArray *
qonys_deck_get_scenes (const QonysDeck *deck)
{
  return deck->scenes;
}

QonysRelease *
qonys_deck_get_release (const QonysDeck *deck)
{
  return deck->release;
}

QonysPlan *
qonys_deck_get_plan (const QonysDeck *deck)
{
  return deck->plan;
}

/* ---- slides ---- */

/* The release of a norm and time: the one place where a scene's data are chosen. Of each norm one
 * of all time is kept. The lock is held while it is made: who asks for the same meanwhile shall
 * wait, not make it again. */
static QonysRelease *
get_release (QonysDeck *deck, const QonysNorm *norm, const QonysPeriod *period, QonysPlan *plan,
             QonysJob *job, GError **error)
{
  g_autofree char *key = qonys_norm_to_text (norm);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&deck->releases->mutex);
  QonysRelease *whole = g_hash_table_lookup (deck->releases->by_norm, key);

  if (whole == NULL) {
    g_autoptr (QonysProject) all = qonys_project_with_period (deck->release->project, NULL);
    g_autoptr (QonysProject) project = qonys_project_with_norm (all, norm);

    whole = qonys_release_new (project, deck->release->audience, deck->release->purpose,
                               deck->release->threshold, NULL, job, error);
    if (whole == NULL)
      return NULL;
    g_hash_table_insert (deck->releases->by_norm, g_strdup (key), whole);
  }
  if (whole->plan != plan) { /* what is the same in both is taken over */
    whole = qonys_release_with_plan (whole, plan);
    g_hash_table_replace (deck->releases->by_norm, g_strdup (key), whole);
  }
  return qonys_release_with_period (whole, period);
}

/* Numbers of the fields that say what a side is of. */
typedef struct {
  guint from, to, norm, as_of;
} SideFields;

static const SideFields now_fields = {QONYS_SCENE_FROM, QONYS_SCENE_TO, QONYS_SCENE_NORM,
                                      QONYS_SCENE_AS_OF};
static const SideFields before_fields = {QONYS_SCENE_BEFORE_FROM, QONYS_SCENE_BEFORE_TO,
                                         QONYS_SCENE_BEFORE_NORM, QONYS_SCENE_BEFORE_AS_OF};

static QonysPlan *
find_state (const QonysDeck *deck, const char *version_id, GError **error)
{
  QonysPlan *state =
      version_id == NULL ? deck->plan : g_hash_table_lookup (deck->states, version_id);

  if (state == NULL)
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                         _ ("The scene shows a version that is no more. Choose another version, or "
                            "the state now."));
  return state;
}

static gboolean
make_side (QonysDeck *deck, const QonysEntry *scene, const SideFields *fields, QonysDeckSide *side,
           QonysJob *job, GError **error)
{
  const char *norm_text = qonys_entry_get (scene, fields->norm);
  const char *version_id = qonys_entry_get (scene, fields->as_of);
  const char *statistic_id = qonys_entry_get (scene, QONYS_SCENE_STATISTIC);
  const QonysStatistic *statistic =
      statistic_id != NULL ? qonys_statistic_find (statistic_id) : NULL;
  QonysNorm norm = *qonys_project_get_norm (deck->release->project);
  QonysPeriod period = {qonys_entry_get_day (scene, fields->from),
                        qonys_entry_get_day (scene, fields->to)};
  QonysPlan *plan = find_state (deck, version_id, error);
  g_autoptr (QonysRelease) release = NULL;

  if (plan == NULL)
    return FALSE;
  if (norm_text != NULL)
    qonys_norm_parse (norm_text, &norm);
  if (period.to != QONYS_DAY_MISSING)
    period.to++; /* the last day is shown */
  release = get_release (deck, &norm, &period, plan, job, error);
  if (release == NULL)
    return FALSE;
  /* One of its own even if it is the same: its texts are in the language now set, and nobody else
   * has it yet. */
  side->period = period;
  side->release = qonys_release_with_statistic (release, statistic);
  side->version =
      version_id != NULL ? qonys_plan_find (deck->plan, QONYS_ENTRY_VERSION, version_id) : NULL;
  return TRUE;
}

QonysSlide *
qonys_deck_make_slide (QonysDeck *deck, const QonysEntry *scene, QonysJob *job, GError **error)
{
  QonysDeckSide side = {NULL}, before = {NULL};
  gboolean is_comparison = qonys_scene_get_type (scene) == QONYS_SCENE_IS_BEFORE_AFTER;
  QonysSlide *slide = NULL;

  if (make_side (deck, scene, &now_fields, &side, job, error) &&
      (!is_comparison || make_side (deck, scene, &before_fields, &before, job, error))) {
    slide = g_new0 (QonysSlide, 1);
    g_atomic_ref_count_init (&slide->ref_count);
    slide->release = qonys_release_ref (side.release);
    slide->content = _qonys_slide_content_make (scene, &side, is_comparison ? &before : NULL);
  }
  g_clear_pointer (&side.release, qonys_release_unref);
  g_clear_pointer (&before.release, qonys_release_unref);
  return slide;
}

void
qonys_slide_unref (QonysSlide *slide)
{
  if (!g_atomic_ref_count_dec (&slide->ref_count))
    return;
  qonys_slide_content_unref (slide->content);
  qonys_release_unref (slide->release);
  g_free (slide);
}

gboolean
qonys_slide_check_rows (const QonysSlide *slide, GError **error)
{
  static const QonysRecordType types[] = {
      [QONYS_LAYER_FICTITIOUS] = QONYS_RECORD_SUSPICION,
      [QONYS_LAYER_OVERCROWDED] = QONYS_RECORD_DWELLING,
      [QONYS_LAYER_RAIDS] = QONYS_RECORD_OPERATION,
  };
  const QonysContent *content = slide->content->content;

  for (guint i = 0; content != NULL && i < G_N_ELEMENTS (types); i++) {
    const QonysStatistic *statistic = i == QONYS_LAYER_DISTRICTS ? content->statistic : NULL;

    if (!slide->content->style.layers[i].is_visible ||
        (i == QONYS_LAYER_DISTRICTS && statistic == NULL) ||
        !qonys_project_has_lost (slide->release->project,
                                 statistic != NULL ? statistic->source : types[i]))
      continue;
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_DAMAGED,
                 _ ("The rows of the layer “%s” are gone from the project’s file. Open its last "
                    "copy, or import them again."),
                 qonys_layer_get_title (i));
    return FALSE;
  }
  return TRUE;
}

QonysSlide *
_qonys_deck_make_whole_slide (QonysDeck *deck, const QonysEntry *scene, QonysJob *job,
                              GError **error)
{
  g_autoptr (QonysSlide) slide = qonys_deck_make_slide (deck, scene, job, error);

  return slide != NULL && qonys_slide_check_rows (slide, error) ? g_steal_pointer (&slide) : NULL;
}

QonysSlideContent *
qonys_slide_get_content (const QonysSlide *slide)
{
  return slide->content;
}

QonysRelease *
qonys_slide_get_release (const QonysSlide *slide)
{
  return slide->release;
}
