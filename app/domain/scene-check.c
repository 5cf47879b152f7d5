/* What a scene lacks to be shown on a wall, said in whole sentences: a dozen look-ups a scene, when
 * somebody edits one and before a showing. */

#include "domain/scene.h"

#include "domain/catalogue.h"
#include "domain/norm.h"
#include "domain/statistic.h"

#include <glib/gi18n-lib.h>

G_GNUC_PRINTF (2, 3)
static void
add (GPtrArray *sentences, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (sentences, g_strdup_vprintf (format, args));
  va_end (args);
}

/* The languages in which one of three texts is missing: «Қазақша, Русский». Returns: NULL if it is
 * there in all */
static char *
list_missing (const QonysEntry *scene, guint field)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if (qonys_entry_get (scene, field + i) == NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              qonys_language_get_name (i));
  return names->len == 0 ? NULL : g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
has_any (const QonysEntry *scene, guint field)
{
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if (qonys_entry_get (scene, field + i) != NULL)
      return TRUE;
  return FALSE;
}

/* A text that nobody wrote in any language is not wanted; a title always is. */
static void
check_texts (const QonysEntry *scene, GPtrArray *sentences)
{
  g_autofree char *titles = list_missing (scene, QONYS_SCENE_TITLE_KK);
  g_autofree char *texts = list_missing (scene, QONYS_SCENE_TEXT_KK);

  if (titles != NULL)
    add (sentences, _ ("The title is missing in: %s."), titles);
  if (texts != NULL && has_any (scene, QONYS_SCENE_TEXT_KK))
    add (sentences, _ ("The text is missing in: %s."), texts);
}

static gboolean
is_same_norm (const char *one, const char *other)
{
  QonysNorm first, second;

  if (one == NULL || other == NULL || !qonys_norm_parse (one, &first) ||
      !qonys_norm_parse (other, &second))
    return g_strcmp0 (one, other) == 0;
  return qonys_norm_equal (&first, &second);
}

static gboolean
is_same (const QonysEntry *scene, guint field, guint before_field)
{
  const char *before = qonys_entry_get (scene, before_field);

  return before == NULL || g_strcmp0 (before, qonys_entry_get (scene, field)) == 0;
}

static void
check_difference (const QonysEntry *scene, GPtrArray *sentences)
{
  const char *before_norm = qonys_entry_get (scene, QONYS_SCENE_BEFORE_NORM);

  if (is_same (scene, QONYS_SCENE_FROM, QONYS_SCENE_BEFORE_FROM) &&
      is_same (scene, QONYS_SCENE_TO, QONYS_SCENE_BEFORE_TO) &&
      is_same (scene, QONYS_SCENE_AS_OF, QONYS_SCENE_BEFORE_AS_OF) &&
      (before_norm == NULL ||
       is_same_norm (qonys_entry_get (scene, QONYS_SCENE_NORM), before_norm)))
    add (sentences,
         _ ("Before and after are the same. Choose another norm, time or version for before."));
}

static void
check_norm (const QonysEntry *scene, guint field, GPtrArray *sentences)
{
  const char *text = qonys_entry_get (scene, field);
  QonysNorm norm;

  if (text != NULL && !qonys_norm_parse (text, &norm))
    add (sentences, _ ("The norm “%s” cannot be read. Choose it again."), text);
}

static void
check_version (const QonysPlan *plan, const QonysEntry *scene, guint field, GPtrArray *sentences)
{
  const char *id = qonys_entry_get (scene, field);

  if (id != NULL && qonys_plan_find (plan, QONYS_ENTRY_VERSION, id) == NULL)
    add (sentences, "%s",
         _ ("The version the scene is frozen at does not exist any more. Choose another or the "
            "present state."));
}

static void
check_items (const QonysPlan *plan, const QonysEntry *scene, GPtrArray *sentences)
{
  g_auto (GStrv) ids = qonys_entry_dup_ids (scene, QONYS_SCENE_ITEMS);
  guint n_gone = 0;

  for (char **id = ids; *id != NULL; id++)
    n_gone += **id != '\0' && qonys_plan_find (plan, QONYS_ENTRY_ITEM, *id) == NULL;
  if (n_gone > 0)
    add (sentences,
         ngettext ("%u marked place of the scene does not exist any more. Capture it again.",
                   "%u marked places of the scene do not exist any more. Capture it again.",
                   n_gone),
         n_gone);
}

static void
check_figures (const QonysEntry *scene, GPtrArray *sentences)
{
  g_auto (GStrv) ids = qonys_entry_dup_ids (scene, QONYS_SCENE_FIGURES);
  guint n_figures = 0;

  for (char **id = ids; *id != NULL; id++)
    if (**id != '\0' && qonys_catalogue_find_figure (*id) == NULL)
      add (sentences, _ ("There is no figure “%s”. Choose the figures again."), *id);
    else
      n_figures += **id != '\0';
  if (n_figures == 0 && qonys_scene_get_type (scene) == QONYS_SCENE_IS_FIGURES)
    add (sentences, "%s", _ ("A figures scene shows no figure. Choose one to six."));
}

GPtrArray *
qonys_scene_check (const QonysPlan *plan, const QonysEntry *scene)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  QonysSceneType type = qonys_scene_get_type (scene);
  const char *statistic = qonys_entry_get (scene, QONYS_SCENE_STATISTIC);
  QonysBox box;

  check_texts (scene, sentences);
  if ((type == QONYS_SCENE_IS_MAP || type == QONYS_SCENE_IS_BEFORE_AFTER) &&
      !qonys_scene_get_box (scene, &box))
    add (sentences, "%s",
         _ ("The scene does not say what the map shows. Show it and capture it again."));
  if (type == QONYS_SCENE_IS_BEFORE_AFTER)
    check_difference (scene, sentences);
  check_norm (scene, QONYS_SCENE_NORM, sentences);
  check_norm (scene, QONYS_SCENE_BEFORE_NORM, sentences);
  check_version (plan, scene, QONYS_SCENE_AS_OF, sentences);
  check_version (plan, scene, QONYS_SCENE_BEFORE_AS_OF, sentences);
  check_items (plan, scene, sentences);
  check_figures (scene, sentences);
  if (statistic != NULL && qonys_statistic_find (statistic) == NULL)
    add (sentences, _ ("Districts cannot be coloured by “%s”. Capture the scene again."),
         statistic);
  return sentences;
}
