/* The check before a showing: a dozen scenes, some ten look-ups and measures each; once each time a
 * story is about to be shown. */

#include "release/preflight.h"

#include "base/error.h"
#include "base/format.h"
#include "domain/setting.h"
#include "release/release-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_LETTERS_PX 24.0
#define MAX_AGE_DAYS 365

typedef struct {
  QonysPreflight *preflight;
  QonysDeck *deck;
  guint scene; /* from 1; 0: the whole story */
} Check;

static void
finding_free (gpointer data)
{
  QonysPreflightFinding *finding = data;

  g_free (finding->sentence);
  g_free (finding->cure);
  g_free (finding);
}

/* Takes @sentence. */
static void
add (const Check *check, QonysPreflightLevel level, char *sentence, const char *cure)
{
  QonysPreflightFinding *finding = g_new (QonysPreflightFinding, 1);

  *finding = (QonysPreflightFinding){level, check->scene, sentence, g_strdup (cure)};
  g_ptr_array_add (check->preflight->findings, finding);
}

/* ---- the whole story ---- */

static gboolean
asks_for_tiles (const char *text)
{
  QonysStyle style = qonys_style_get_default ();

  return text != NULL && qonys_style_parse (text, &style) && !style.has_schematic_base;
}

static void
check_story (const Check *check)
{
  QonysRelease *release = qonys_deck_get_release (check->deck);
  const GPtrArray *scenes = qonys_deck_get_scenes (check->deck);
  const char *path = qonys_project_get_path (release->project);
  gboolean has_tiles = asks_for_tiles (
      qonys_plan_get_setting (qonys_deck_get_plan (check->deck), QONYS_SETTING_STYLE));

  if (scenes->len == 0)
    add (check, QONYS_PREFLIGHT_STOP, g_strdup (_ ("The story has no scenes.")),
         _ ("Add a scene, or take the story that comes with the program."));
  if (path != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    add (check, QONYS_PREFLIGHT_WARNING, g_strdup (_ ("The project’s file is no longer there.")),
         _ ("Save the project again, or bring the file back."));
  for (guint i = 0; i < scenes->len; i++)
    has_tiles |= asks_for_tiles (qonys_entry_get (scenes->pdata[i], QONYS_SCENE_STYLE));
  if (has_tiles)
    add (check, QONYS_PREFLIGHT_NOTE,
         g_strdup (_ ("Tiles come from the internet: the wall shows the schematic base.")), NULL);
  if (qonys_project_is_synthetic (release->project))
    add (check, QONYS_PREFLIGHT_NOTE, g_strdup (_ ("The data are training data, and marked so.")),
         NULL);
}

/* ---- what a slide says ---- */

static void
check_texts (const Check *check, const QonysSlideContent *slide)
{
  const QonysPreflight *preflight = check->preflight;
  g_autofree char *unknown = qonys_slide_find_unknown_letters (slide);
  double smallest_px = MIN_LETTERS_PX;

  for (guint side = 0; side < (slide->before != NULL ? 2 : 1); side++) {
    const QonysSlideView view = {preflight->width_px, preflight->height_px, preflight->is_dark,
                                 side, NULL};
    g_auto (GStrv) cut = qonys_slide_measure (slide, &view, &smallest_px);
    g_autofree char *parts = g_strjoinv (", ", cut);

    if (*parts == '\0')
      continue;
    add (check, QONYS_PREFLIGHT_WARNING,
         g_strdup_printf (_ ("The text does not fit and is cut: %s."), parts),
         _ ("Shorten it, or share it between two scenes."));
    break;
  }
  if (smallest_px < MIN_LETTERS_PX - 0.01) {
    g_autofree char *size = g_strdup_printf ("%.0f", smallest_px);

    add (check, QONYS_PREFLIGHT_WARNING,
         g_strdup_printf (_ ("The smallest letters are %s pixels high; the last row reads 24."),
                          size),
         _ ("Choose a screen of 1024 × 768 or more."));
  }
  if (unknown != NULL)
    add (check, QONYS_PREFLIGHT_WARNING,
         g_strdup_printf (_ ("No font here has the letters: %s"), unknown),
         _ ("Install the package fonts-noto-core, or write other letters."));
}

/* ---- the map ---- */

static void
check_layers (const Check *check, const QonysSlideContent *slide)
{
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    const QonysLayerStyle *style = &slide->style.layers[i];

    if (qonys_slide_lacks_layer (slide, i)) {
      add (check, QONYS_PREFLIGHT_WARNING,
           g_strdup_printf (_ ("Nothing is to be seen of the layer “%s”."),
                            qonys_layer_get_title (i)),
           _ ("Import its data, choose another time, or switch the layer off in the scene."));
    } else if (i != QONYS_LAYER_DISTRICTS && style->is_visible &&
               style->mode == QONYS_MODE_POINTS && !slide->content->layers[i].is_addresses) {
      add (check, QONYS_PREFLIGHT_NOTE,
           g_strdup_printf (_ ("“%s” asks for every address; this audience sees areas."),
                            qonys_layer_get_title (i)),
           NULL);
    }
  }
}

static void
check_day (const Check *check, const QonysSlideContent *slide)
{
  QonysDay day = qonys_content_get_day (slide->content, &slide->style);
  g_autofree char *text = NULL;

  if (slide->before != NULL)
    day = MAX (day, qonys_content_get_day (slide->before, &slide->style));
  if (day == QONYS_DAY_MISSING) {
    add (check, QONYS_PREFLIGHT_WARNING, g_strdup (_ ("The map shows no data that bear a date.")),
         _ ("Import data with their day, or choose another layer for the scene."));
  } else if (day < qonys_day_today () - MAX_AGE_DAYS) {
    text = qonys_format_day (day);
    add (check, QONYS_PREFLIGHT_WARNING,
         g_strdup_printf (_ ("The data are of %s, more than a year old."), text),
         _ ("Import newer data, or say in the text how old they are."));
  }
}

/* ---- pictures ---- */

/* A reference may be any words: “archive, box 4”. */
static gboolean
is_file_name (const char *reference)
{
  return g_regex_match_simple ("^[^\\n]+\\.[A-Za-z0-9]{2,4}$", reference, 0, 0);
}

static void
check_reference (const Check *check, const char *reference)
{
  const char *project = qonys_project_get_path (qonys_deck_get_release (check->deck)->project);
  g_autofree char *folder = project != NULL ? g_path_get_dirname (project) : NULL;
  g_autofree char *path = NULL, *name = NULL;

  if (reference == NULL)
    return;
  if (g_str_has_prefix (reference, "http:") || g_str_has_prefix (reference, "https:")) {
    add (check, QONYS_PREFLIGHT_WARNING,
         g_strdup (_ ("A picture or document is on the internet; the hall may have none.")),
         _ ("Put the file beside the project and name it instead."));
    return;
  }
  if (g_str_has_prefix (reference, "file:"))
    path = g_filename_from_uri (reference, NULL, NULL);
  else if (is_file_name (reference))
    path = g_canonicalize_filename (reference, folder);
  if (path == NULL || g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  name = g_path_get_basename (path);
  add (check, QONYS_PREFLIGHT_WARNING,
       g_strdup_printf (_ ("A picture or document is not there: %s"), name),
       _ ("Put the file beside the project, or change the reference."));
}

/* The marks bear what the audience may see: for the public no reference at all. */
static void
check_references (const Check *check, const QonysSlideContent *slide)
{
  const GPtrArray *notes = slide->content->notes;

  for (guint i = 0; i < notes->len; i++) {
    const QonysNoteMark *note = notes->pdata[i];

    if (note->kind == QONYS_NOTE_ITEM ? !slide->style.has_items : !slide->style.has_annotations)
      continue;
    if (note->kind == QONYS_NOTE_ITEM) {
      check_reference (check, qonys_entry_get (note->entry, QONYS_ITEM_DOCUMENT));
    } else {
      check_reference (check, qonys_entry_get (note->entry, QONYS_ANNOTATION_BEFORE));
      check_reference (check, qonys_entry_get (note->entry, QONYS_ANNOTATION_AFTER));
    }
  }
}

/* ---- a scene ---- */

static gboolean
check_scene (const Check *check, const QonysEntry *scene, QonysJob *job, GError **error)
{
  g_autoptr (GPtrArray) lacks = qonys_scene_check (qonys_deck_get_plan (check->deck), scene);
  g_autoptr (QonysSlide) slide = NULL;
  const QonysSlideContent *content;
  GError *cause = NULL;

  slide = qonys_deck_make_slide (check->deck, scene, job, &cause);
  if (slide == NULL) {
    if (g_error_matches (cause, QONYS_ERROR, QONYS_ERROR_CANCELLED)) {
      g_propagate_error (error, cause);
      return FALSE;
    }
    add (check, QONYS_PREFLIGHT_STOP,
         g_strdup (_ ("The scene cannot be made; the wall would show its last good picture.")),
         cause->message);
    g_clear_error (&cause);
  } else if (!qonys_slide_check_rows (slide, &cause)) {
    add (check, QONYS_PREFLIGHT_STOP,
         g_strdup (_ ("A layer is broken; the wall would show the scene’s last good picture.")),
         cause->message);
    g_clear_error (&cause);
  }
  for (guint i = 0; i < lacks->len; i++)
    add (check, QONYS_PREFLIGHT_WARNING, g_strdup (lacks->pdata[i]), NULL);
  if (slide == NULL)
    return TRUE;
  content = qonys_slide_get_content (slide);
  check_texts (check, content);
  if (content->content != NULL) {
    check_layers (check, content);
    check_day (check, content);
    check_references (check, content);
  }
  return TRUE;
}

/* ---- the check ---- */

static char *
dup_title (const char *path)
{
  char *name = path != NULL ? g_path_get_basename (path) : g_strdup (_ ("New project"));
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

QonysPreflight *
qonys_preflight_run (QonysDeck *deck, int width_px, int height_px, gboolean is_dark, QonysJob *job,
                     GError **error)
{
  g_autoptr (QonysPreflight) preflight = g_new0 (QonysPreflight, 1);
  const GPtrArray *scenes = qonys_deck_get_scenes (deck);
  QonysRelease *release = qonys_deck_get_release (deck);
  const char *path = qonys_project_get_path (release->project);
  Check check = {preflight, deck, 0};

  g_atomic_ref_count_init (&preflight->ref_count);
  preflight->width_px = width_px;
  preflight->height_px = height_px;
  preflight->is_dark = is_dark;
  preflight->audience = release->audience;
  preflight->project = dup_title (path);
  preflight->project_id =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, path != NULL ? path : "", -1);
  preflight->titles = g_ptr_array_new_with_free_func (g_free);
  preflight->findings = g_ptr_array_new_with_free_func (finding_free);
  check_story (&check);
  for (guint i = 0; i < scenes->len; i++) {
    g_ptr_array_add (preflight->titles, g_strdup (qonys_scene_get_name (scenes->pdata[i])));
    check.scene = i + 1;
    if (qonys_job_is_cancelled (job, error) || !check_scene (&check, scenes->pdata[i], job, error))
      return NULL;
    qonys_job_set_progress (job, (i + 1.0) / scenes->len);
  }
  return g_steal_pointer (&preflight);
}

QonysPreflight *
qonys_preflight_ref (QonysPreflight *preflight)
{
  g_atomic_ref_count_inc (&preflight->ref_count);
  return preflight;
}

void
qonys_preflight_unref (QonysPreflight *preflight)
{
  if (!g_atomic_ref_count_dec (&preflight->ref_count))
    return;
  g_ptr_array_unref (preflight->findings);
  g_ptr_array_unref (preflight->titles);
  g_free (preflight->project_id);
  g_free (preflight->project);
  g_free (preflight);
}

/* ---- in words ---- */

guint
qonys_preflight_count (const QonysPreflight *preflight, QonysPreflightLevel level)
{
  guint n = 0;

  for (guint i = 0; i < preflight->findings->len; i++)
    n += ((const QonysPreflightFinding *)preflight->findings->pdata[i])->level == level;
  return n;
}

char *
qonys_preflight_summarize (const QonysPreflight *preflight)
{
  guint n = preflight->titles->len;
  guint n_stops = qonys_preflight_count (preflight, QONYS_PREFLIGHT_STOP);
  guint n_open = n_stops + qonys_preflight_count (preflight, QONYS_PREFLIGHT_WARNING);

  if (n_stops > 0)
    return g_strdup_printf (
        ngettext ("%u thing cannot be shown", "%u things cannot be shown", n_stops), n_stops);
  if (n_open > 0)
    return g_strdup_printf (ngettext ("%u thing to look at", "%u things to look at", n_open),
                            n_open);
  return g_strdup_printf (ngettext ("Ready: %u scene", "Ready: %u scenes", n), n);
}

char *
qonys_preflight_to_text (const QonysPreflight *preflight)
{
  g_autofree char *day = qonys_format_day (qonys_day_today ());
  g_autofree char *contrast =
      qonys_format_decimal (qonys_slide_get_contrast (preflight->is_dark), 1);
  g_autofree char *summary = qonys_preflight_summarize (preflight);
  GString *text = g_string_new (NULL);
  guint scene = 0;

  g_string_append_printf (text, "%s\n%s, %s\n", _ ("Check of the scenes"), preflight->project, day);
  g_string_append_printf (text, _ ("Wall: %d × %d, %s, language: %s"), preflight->width_px,
                          preflight->height_px, preflight->is_dark ? _ ("dark") : _ ("light"),
                          qonys_language_get_name (qonys_language_get ()));
  g_string_append_printf (text, "\n%s\n", _qonys_audience_get_id (preflight->audience));
  g_string_append_printf (text, _ ("Lowest contrast of letters beside the map: %s : 1"), contrast);
  g_string_append_printf (text, "\n%s\n", summary);
  for (guint i = 0; i < preflight->findings->len; i++) {
    static const char marks[] = {'-', '*', '!'};
    const QonysPreflightFinding *finding = preflight->findings->pdata[i];

    if (finding->scene != scene)
      g_string_append_printf (text, "\n%u. %s\n", finding->scene,
                              (const char *)preflight->titles->pdata[finding->scene - 1]);
    scene = finding->scene;
    g_string_append_printf (text, "%c %s\n", marks[finding->level], finding->sentence);
    if (finding->cure != NULL)
      g_string_append_printf (text, "  %s\n", finding->cure);
  }
  return g_string_free (text, FALSE);
}

gboolean
qonys_preflight_write (const QonysPreflight *preflight, const char *path, GError **error)
{
  g_autofree char *text = qonys_preflight_to_text (preflight);
  GError *cause = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause))
    return TRUE;
  qonys_error_set_from_gio (error, path, cause);
  return FALSE;
}

gboolean
qonys_preflight_keep (const QonysPreflight *preflight, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "qonys", "preflight", NULL);
  g_autofree char *day = qonys_day_to_iso (qonys_day_today ());
  g_autofree char *name = g_strdup_printf ("%s-%.8s.txt", day, preflight->project_id);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  return qonys_preflight_write (preflight, path, error);
}
