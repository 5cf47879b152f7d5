/*
 * Which district an outline is, by its attributes. Every text and whole number of a feature is
 * asked once; of several answers the most frequent counts.
 */
#include "store/outlines.h"

#include "base/diagnostic.h"
#include "domain/district.h"
#include "store/source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ANSWERS 16

typedef struct {
  const char *kato[MAX_ANSWERS];
  guint n_votes[MAX_ANSWERS];
  guint n;
} Votes;

static void
vote (Votes *votes, const char *kato)
{
  for (guint i = 0; i < votes->n; i++)
    if (g_str_equal (votes->kato[i], kato)) {
      votes->n_votes[i]++;
      return;
    }
  if (votes->n < MAX_ANSWERS) {
    votes->kato[votes->n] = kato;
    votes->n_votes[votes->n++] = 1;
  }
}

/* The first of those with the most votes. */
static const char *
get_winner (const Votes *votes)
{
  guint best = 0;

  if (votes->n == 0)
    return NULL;
  for (guint i = 1; i < votes->n; i++)
    if (votes->n_votes[i] > votes->n_votes[best])
      best = i;
  return votes->kato[best];
}

static gboolean
is_code (const char *text)
{
  return strspn (text, "0123456789 ") == strlen (text);
}

/* Columns that name another district than the feature's own. */
static gboolean
is_about_another (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return strstr (lower, "split") != NULL || strstr (lower, "parent") != NULL ||
         strstr (lower, "former") != NULL || strstr (lower, "neighb") != NULL;
}

void
qonys_outline_name (QonysOutline *outline, OGRFeatureH feature, const QonysDecoder *decoder)
{
  Votes names = {.n = 0}, codes = {.n = 0};

  for (int i = 0; i < OGR_F_GetFieldCount (feature); i++) {
    OGRFieldDefnH field = OGR_F_GetFieldDefnRef (feature, i);
    OGRFieldType type = OGR_Fld_GetType (field);
    g_autofree char *text = NULL;
    const char *kato;

    if ((type != OFTString && type != OFTInteger && type != OFTInteger64 && type != OFTReal) ||
        !OGR_F_IsFieldSetAndNotNull (feature, i) || is_about_another (OGR_Fld_GetNameRef (field)))
      continue;
    text = qonys_decoder_decode (decoder, OGR_F_GetFieldAsString (feature, i));
    if (strlen (text) > 200) /* a remark */
      continue;
    kato = qonys_district_recognise (text);
    if (kato == NULL)
      continue;
    if (g_str_equal (kato, QONYS_CITY_KATO))
      outline->is_city = TRUE;
    else
      vote (is_code (text) ? &codes : &names, kato);
  }
  outline->by_name = get_winner (&names);
  outline->by_code = get_winner (&codes);
}

static const char *
get_name (const char *kato)
{
  return qonys_text3_get (qonys_district_get_known_name (kato));
}

void
qonys_outlines_settle (GPtrArray *outlines, GPtrArray *diagnostics)
{
  for (guint i = 0; i < outlines->len; i++) {
    QonysOutline *outline = g_ptr_array_index (outlines, i);

    if (!outline->is_in_astana)
      continue;
    outline->kato = outline->by_name != NULL ? outline->by_name : outline->by_code;
    if (outline->by_name != NULL && outline->by_code != NULL &&
        !g_str_equal (outline->by_name, outline->by_code))
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             _ ("The outline’s name is “%s”, its code %s belongs to “%s”; the "
                                "name was believed. Ask the supplier to correct the code."),
                             get_name (outline->by_name), outline->by_code,
                             get_name (outline->by_code));
  }

  /* One code on outlines of two names: a stale code, whichever it is. */
  for (guint i = 0; i < outlines->len; i++)
    for (guint j = 0; j < i; j++) {
      const QonysOutline *a = g_ptr_array_index (outlines, i);
      const QonysOutline *b = g_ptr_array_index (outlines, j);

      if (a->is_in_astana && b->is_in_astana && a->by_code != NULL && a->by_code == b->by_code &&
          g_strcmp0 (a->kato, b->kato) != 0)
        qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                               _ ("The code %s stands twice in the file: at %s and at %s."),
                               a->by_code, get_name (b->kato), get_name (a->kato));
    }
}
