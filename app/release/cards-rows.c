/* Cards of single records, for the official audience: indicators side by side, each as it is, with
 * the innocent explanations; never a score. */

#include "release/cards-private.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
add_field (QonysCard *card, const QonysTable *table, gsize row, guint number)
{
  const QonysField *field = &qonys_table_get_schema (table)->fields[number];
  char *value = qonys_table_format_value (table, row, number);

  _qonys_card_add (card, _ (field->label), value,
                   g_str_equal (value, "–") ? QONYS_VALUE_MISSING : QONYS_VALUE_SHOWN);
}

/* Street and building; the flat is not shown. */
static char *
compose_address (const QonysTable *table, gsize row)
{
  guint first =
      qonys_language_get () == QONYS_KK ? QONYS_DWELLING_STREET_KK : QONYS_DWELLING_STREET_RU;
  guint second =
      first == QONYS_DWELLING_STREET_KK ? QONYS_DWELLING_STREET_RU : QONYS_DWELLING_STREET_KK;
  const char *street = qonys_table_get_text (table, row, first);
  const char *house = qonys_table_get_text (table, row, QONYS_DWELLING_HOUSE);

  if (street == NULL)
    street = qonys_table_get_text (table, row, second);
  if (street == NULL)
    return g_strdup (_ ("Address unknown"));
  return house != NULL ? g_strdup_printf ("%s, %s", street, house) : g_strdup (street);
}

static void
add_norm (QonysCard *card, const QonysRelease *release, const QonysTable *table, gsize row)
{
  const QonysNorm *norm = qonys_project_get_norm (release->project);
  g_autofree char *description = _qonys_norm_describe (norm);
  QonysNormResult result;
  QonysCardRow *line;

  qonys_norm_check (norm, table, row, &result);
  line = _qonys_card_add (card, _ ("May be registered by the norm"),
                          result.limit < 0 ? g_strdup ("–") : qonys_format_int (result.limit),
                          result.limit < 0 ? QONYS_VALUE_MISSING : QONYS_VALUE_SHOWN);
  if (result.limit == 0)
    line->remark = g_strdup (_ ("smaller than the norm: by it nobody can be registered"));
  else if (result.is_approximate)
    line->remark = g_strdup (_ ("approximate: the total area is taken"));
  line = _qonys_card_add (
      card, _ ("Registrants above the norm"),
      result.excess == QONYS_INT_MISSING ? g_strdup ("–") : qonys_format_int (result.excess),
      result.excess == QONYS_INT_MISSING ? QONYS_VALUE_MISSING : QONYS_VALUE_SHOWN);
  if (result.is_upper_bound)
    line->remark = g_strdup (_ ("upper bound: it is not known who is a relative"));
  _qonys_card_add_note (card, description);
}

static void
add_dwelling (QonysCard *card, const QonysRelease *release, const QonysTable *table, gsize row)
{
  static const guint fields[] = {
      QONYS_DWELLING_TYPE,
      QONYS_DWELLING_AREA_USEFUL_M2,
      QONYS_DWELLING_AREA_TOTAL_M2,
      QONYS_DWELLING_ROOMS,
      QONYS_DWELLING_LET,
      QONYS_DWELLING_REG_PERMANENT,
      QONYS_DWELLING_REG_TEMPORARY,
      QONYS_DWELLING_REG_RELATIVES,
      QONYS_DWELLING_REG_MINORS,
      QONYS_DWELLING_LIVING_FOUND,
      QONYS_DWELLING_REGS_12M,
      QONYS_DWELLING_DEREGS_12M,
      QONYS_DWELLING_POSITION_ACCURACY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_field (card, table, row, fields[i]);
  add_norm (card, release, table, row);
}

static QonysCard *
make_dwelling_card (const QonysRelease *release, gsize row)
{
  const QonysTable *table = qonys_project_get_table (release->project, QONYS_RECORD_DWELLING);
  g_autofree char *address = compose_address (table, row);
  QonysCard *card = _qonys_card_new (address, _ ("Dwelling"));

  add_dwelling (card, release, table, row);
  _qonys_card_add_problem (card, "P02");
  return card;
}

static QonysCard *
make_suspicion_card (const QonysRelease *release, gsize row)
{
  static const guint fields[] = {
      QONYS_SUSPICION_STATUS,
      QONYS_SUSPICION_STATUS_DATE,
      QONYS_SUSPICION_EXPIRES,
      QONYS_SUSPICION_IND_GAP,
      QONYS_SUSPICION_IND_M2_PER_PERSON,
      QONYS_SUSPICION_IND_TURNOVER,
      QONYS_SUSPICION_IND_OWNER_TOTAL,
      QONYS_SUSPICION_IND_UTILITY_MISMATCH,
      QONYS_SUSPICION_EXPLANATION,
      QONYS_SUSPICION_DECIDED_BY_ROLE,
  };
  const QonysTable *table = qonys_project_get_table (release->project, QONYS_RECORD_SUSPICION);
  QonysTable *dwellings = qonys_project_get_table (release->project, QONYS_RECORD_DWELLING);
  const char *key = qonys_table_get_text (table, row, QONYS_SUSPICION_PLACE_REF);
  gssize dwelling = key != NULL ? qonys_table_find_key (dwellings, key) : -1;
  g_autofree char *address =
      dwelling >= 0 ? compose_address (dwellings, dwelling) : g_strdup (_ ("Address unknown"));
  QonysCard *card = _qonys_card_new (address, _ ("Suspected fictitious registration"));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_field (card, table, row, fields[i]);
  if (dwelling >= 0)
    add_dwelling (card, release, dwellings, dwelling);
  _qonys_card_add_note (card,
                        _ ("A suspicion is no proof: a large family, a dormitory, an error in "
                           "the area, a late deregistration or a hotel look the same. A "
                           "person decides."));
  _qonys_card_add_problem (card, "P01");
  return card;
}

static QonysCard *
make_operation_card (const QonysRelease *release, gsize row)
{
  const QonysTable *table = qonys_project_get_table (release->project, QONYS_RECORD_OPERATION);
  g_autofree char *kind = qonys_table_format_value (table, row, QONYS_OPERATION_KIND);
  const char *name = qonys_table_get_text (table, row, QONYS_OPERATION_NAME);
  QonysCard *card = _qonys_card_new (name != NULL ? name : kind, name != NULL ? kind : NULL);

  for (guint field = QONYS_OPERATION_DISTRICT; field < QONYS_OPERATION_N_FIELDS; field++) {
    g_autofree char *value = qonys_table_format_value (table, row, field);

    /* Two dozen columns, most of them empty for most operations. */
    if (!g_str_equal (value, "–"))
      add_field (card, table, row, field);
  }
  _qonys_card_add_problem (card, "P08");
  return card;
}

QonysCard *
_qonys_card_new_for_row (const QonysRelease *release, QonysLayer layer, gsize row)
{
  QonysCard *card;

  switch (layer) {
  case QONYS_LAYER_FICTITIOUS:
    card = make_suspicion_card (release, row);
    break;
  case QONYS_LAYER_OVERCROWDED:
    card = make_dwelling_card (release, row);
    break;
  default:
    card = make_operation_card (release, row);
  }
  _qonys_card_add_common_notes (card, release);
  return card;
}
