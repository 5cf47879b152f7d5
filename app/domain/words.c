/* Words for what stands in entries as ids and codes: small tables, asked once a row. */

#include "domain/words.h"

#include "domain/catalogue.h"
#include "domain/district.h"

#include <glib/gi18n-lib.h>

char *
qonys_entry_dup_text (const QonysEntry *entry, guint field)
{
  const char *text = qonys_entry_get_text3 (entry, field);

  if (text != NULL)
    return g_strdup (text);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if ((text = qonys_entry_get (entry, field + i)) != NULL)
      return g_strdup_printf ("%s (%s)", text, qonys_language_get_name (i));
  return g_strdup ("");
}

const char *
qonys_body_get_title (const char *body)
{
  const QonysTerm *term = body == NULL ? NULL : qonys_catalogue_find_body (body);

  if (body == NULL)
    return _ ("No body named");
  return term == NULL ? body : qonys_text3_get (&term->title);
}

const char *
qonys_status_get_title (const char *status)
{
  const QonysTerm *term = qonys_catalogue_find_status (status == NULL ? "no_information" : status);

  return term == NULL ? status : qonys_text3_get (&term->title);
}

const char *
qonys_role_get_title (const char *role)
{
  const struct {
    const char *role, *title;
  } roles[] = {
      {"secretary", N_ ("Secretary of the commission")},
      {"member", N_ ("Member of the commission")},
      {"analyst", N_ ("Analyst")},
      {"presenter", N_ ("Presenter")},
      {"body", N_ ("Responsible body")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].role, role) == 0)
      return _ (roles[i].title);
  return role == NULL ? "–" : role;
}

const char *
qonys_kato_get_title (const char *kato)
{
  const QonysText3 *name = qonys_district_get_known_name (kato);

  if (g_strcmp0 (kato, QONYS_CITY_KATO) == 0)
    return _ ("The whole city");
  if (kato == NULL || *kato == '\0')
    return _ ("Outside the districts");
  return name != NULL ? qonys_text3_get (name) : kato;
}
