/* Words and icons of measures: small tables of the catalogue, asked once a row. */

#include "ui/measure-text.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "draw/content.h"
#include <glib/gi18n-lib.h>

char *
qonys_item_dup_name (const QonysEntry *item)
{
  const char *id = qonys_entry_get (item, QONYS_ITEM_PROBLEM);
  const QonysProblem *problem = id == NULL ? NULL : qonys_catalogue_find_problem (id);
  g_autofree char *text = qonys_entry_dup_text (item, QONYS_ITEM_TEXT_KK);

  if (*text == '\0' && problem != NULL)
    return g_strdup_printf ("%s · %s", id, qonys_text3_get (&problem->title));
  return id == NULL ? g_steal_pointer (&text) : g_strdup_printf ("%s · %s", id, text);
}

char *
qonys_annotation_dup_name (const QonysEntry *annotation)
{
  g_autofree char *text = qonys_entry_dup_text (annotation, QONYS_ANNOTATION_TEXT_KK);
  const char *kind = qonys_entry_get (annotation, QONYS_ANNOTATION_KIND);

  return *text == '\0' ? g_strdup (qonys_annotation_kind_get_title (kind))
                       : g_steal_pointer (&text);
}

const char *
qonys_annotation_kind_get_title (const char *kind)
{
  const char *const *words =
      qonys_entry_schema_get (QONYS_ENTRY_ANNOTATION)->fields[QONYS_ANNOTATION_KIND].words;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (words[i], kind) == 0)
      return qonys_note_kind_get_title (QONYS_NOTE_PIN + i);
  return kind == NULL ? "–" : kind;
}

char *
qonys_measure_dup_name (const QonysEntry *measure)
{
  if (!qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN))
    return g_strdup (qonys_entry_get_id (measure));
  return qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
}

char *
qonys_measure_dup_status (const QonysEntry *measure)
{
  const char *title = qonys_status_get_title (qonys_entry_get (measure, QONYS_MEASURE_STATUS));

  if (!qonys_workflow_is_overdue (measure, qonys_day_today ()))
    return g_strdup (title);
  /* Translators: a status, then that the assumed due date is past */
  return g_strdup_printf (_ ("%s; overdue by our reckoning"), title);
}

const char *
qonys_measure_get_icon (const QonysEntry *measure)
{
  const struct {
    const char *status, *icon;
  } icons[] = {
      {"accepted", "emblem-default-symbolic"},
      {"in_progress", "content-loading-symbolic"},
      {"partly_done", "content-loading-symbolic"},
      {"done_confirm", "emblem-ok-symbolic"},
      {"done", "emblem-ok-symbolic"},
      {"not_done", "window-close-symbolic"},
      {"withdrawn", "action-unavailable-symbolic"},
  };
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);

  if (qonys_workflow_is_overdue (measure, qonys_day_today ()))
    return "task-past-due-symbolic";
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i].status, status) == 0)
      return icons[i].icon;
  return "dialog-question-symbolic";
}

gboolean
qonys_measure_is_of_body (const QonysEntry *measure, const char *body)
{
  const char *first = qonys_entry_get (measure, QONYS_MEASURE_BODY);
  const QonysMeasure *original = qonys_catalogue_find_measure (qonys_entry_get_id (measure));

  return g_strcmp0 (first, body) == 0 ||
         (original != NULL && g_strcmp0 (first, original->bodies[0]) == 0 &&
          g_strv_contains ((const char *const *)original->bodies, body));
}

/* Menus do not wrap, and full names of bodies are half a screen long. */
#define MENU_MAX_CHARS 46

static char *
shorten (const char *title)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (title, -1) <= MENU_MAX_CHARS)
    return g_strdup (title);
  start = g_utf8_substring (title, 0, MENU_MAX_CHARS - 1);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

GMenu *
qonys_bodies_menu_new (const char *all, const char *action)
{
  const GPtrArray *bodies = qonys_catalogue_get ()->bodies;
  g_autofree char *none = g_strconcat (action, "::", NULL);
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, all, none);
  for (guint i = 0; i < bodies->len; i++) {
    const QonysTerm *body = bodies->pdata[i];
    g_autofree char *detailed = g_strdup_printf ("%s::%s", action, body->id);
    g_autofree char *title = shorten (qonys_text3_get (&body->title));

    g_menu_append (menu, title, detailed);
  }
  return menu;
}
