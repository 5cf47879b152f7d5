/*
 * The rules of the data model for rows: what is required, what agrees with what, what counts as
 * the same row twice. Asked once a row, after its values are read.
 */
#include "store/row.h"

#include "domain/district.h"
#include "store/crs.h"
#include "store/sheet-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const REASONS[] = {
    [QONYS_REASON_NONE] = "",
    [QONYS_REASON_REQUIRED] = N_ ("A required value is missing"),
    [QONYS_REASON_NOT_A_NUMBER] = N_ ("The value is not a number"),
    [QONYS_REASON_NOT_WHOLE] = N_ ("The value is not a whole number"),
    [QONYS_REASON_OUT_OF_RANGE] = N_ ("The value is outside the allowed range"),
    [QONYS_REASON_NOT_A_DATE] = N_ ("The value is not a date"),
    [QONYS_REASON_IN_FUTURE] = N_ ("The date lies in the future"),
    [QONYS_REASON_UNKNOWN_WORD] = N_ ("The word is none of those allowed"),
    [QONYS_REASON_NOT_YES_OR_NO] = N_ ("The value is neither yes nor no"),
    [QONYS_REASON_UNKNOWN_DISTRICT] = N_ ("The place is no district of Astana"),
    [QONYS_REASON_AREAS] = N_ ("The living, useful and total areas contradict each other"),
    [QONYS_REASON_SUMS] =
        N_ ("Citizens and foreigners do not add up to permanent and temporary registrants"),
    [QONYS_REASON_PARTS] = N_ ("A part of the registrants is greater than the whole"),
    [QONYS_REASON_NOT_ENDED] = N_ ("The operation has not ended yet"),
    [QONYS_REASON_PERIOD] = N_ ("The period ends before it begins"),
    [QONYS_REASON_OUTSIDE] = N_ ("The position lies outside Astana"),
    [QONYS_REASON_REPEATED] = N_ ("The row repeats an earlier row of the file"),
    [QONYS_REASON_KNOWN] = N_ ("The row is in the project already"),
    [QONYS_REASON_TOTAL] = N_ ("The row is a sum of others"),
    [QONYS_REASON_BLANK] = N_ ("The row is empty"),
};

static const char *const CURES[] = {
    [QONYS_REASON_NONE] = "",
    [QONYS_REASON_REQUIRED] = N_ ("Fill in the value."),
    [QONYS_REASON_NOT_A_NUMBER] = N_ ("Write digits only, or leave the cell empty if the number is "
                                      "unknown."),
    [QONYS_REASON_NOT_WHOLE] = N_ ("Write how many there are as a whole number."),
    [QONYS_REASON_OUT_OF_RANGE] = N_ ("Check the number and its unit."),
    [QONYS_REASON_NOT_A_DATE] = N_ ("Write the date as 25.01.2024 or 2024-01-25."),
    [QONYS_REASON_IN_FUTURE] = N_ ("Check the date."),
    [QONYS_REASON_UNKNOWN_WORD] =
        N_ ("Use a word of the data model, or choose for the column what this one means."),
    [QONYS_REASON_NOT_YES_OR_NO] = N_ ("Write yes or no, or leave the cell empty if it is "
                                       "unknown."),
    [QONYS_REASON_UNKNOWN_DISTRICT] =
        N_ ("Write the name of a district of Astana or its KATO code, "
            "or choose for the column which district is meant."),
    [QONYS_REASON_AREAS] = N_ ("Check whether the areas are exchanged: living ≤ useful ≤ total."),
    [QONYS_REASON_SUMS] = N_ ("Make citizens and foreigners together as many as permanent and "
                              "temporary registrations."),
    [QONYS_REASON_PARTS] = N_ ("Check both numbers."),
    [QONYS_REASON_NOT_ENDED] = N_ ("Send the row when the operation has ended."),
    [QONYS_REASON_PERIOD] = N_ ("Check whether both dates are exchanged."),
    [QONYS_REASON_OUTSIDE] = N_ ("Check the coordinates, or leave them empty."),
    [QONYS_REASON_REPEATED] = N_ ("Keep one of the rows."),
    [QONYS_REASON_KNOWN] = N_ ("Nothing needs to be done if the row is the same."),
    [QONYS_REASON_TOTAL] = "",
    [QONYS_REASON_BLANK] = "",
};

const char *
qonys_reason_get_cure (QonysReason reason)
{
  return *CURES[reason] != '\0' ? _ (CURES[reason]) : "";
}

const char *
qonys_reason_describe (QonysReason reason)
{
  return _ (REASONS[reason]);
}

static double
get (const QonysRow *row, guint field)
{
  return row->cells[field].number;
}

static char *
format_number (double number)
{
  return g_strdup_printf ("%.15g", number);
}

static gboolean
reject_number (QonysRow *row, QonysReason reason, guint field)
{
  g_autofree char *value = format_number (get (row, field));

  return qonys_row_reject (row, reason, field, value);
}

static gboolean
reject_day (QonysRow *row, QonysReason reason, guint field)
{
  g_autofree char *value = qonys_day_to_iso (get (row, field));

  return qonys_row_reject (row, reason, field, value);
}

/* ---- fields by themselves ---- */

static gboolean
check_field (QonysRow *row, guint number, QonysDay today)
{
  const QonysField *field = &row->schema->fields[number];
  double value = get (row, number);

  if (field->is_required && isnan (value) && row->cells[number].text == NULL)
    return qonys_row_reject (row, QONYS_REASON_REQUIRED, number, NULL);
  if (isnan (value))
    return TRUE;
  switch (field->type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_BIG:
    if (value != floor (value))
      return reject_number (row, QONYS_REASON_NOT_WHOLE, number);
    if (fabs (value) > (field->type == QONYS_FIELD_INT ? G_MAXINT32 : 9e15))
      return reject_number (row, QONYS_REASON_OUT_OF_RANGE, number);
    G_GNUC_FALLTHROUGH;
  case QONYS_FIELD_DECIMAL:
    if (value < field->min || value > field->max)
      return reject_number (row, QONYS_REASON_OUT_OF_RANGE, number);
    return TRUE;
  case QONYS_FIELD_DATE:
    if (value > today && row->schema->type == QONYS_RECORD_OPERATION)
      return reject_day (row, QONYS_REASON_NOT_ENDED, number);
    if (value > today &&
        !(row->schema->type == QONYS_RECORD_SUSPICION && number == QONYS_SUSPICION_EXPIRES))
      return reject_day (row, QONYS_REASON_IN_FUTURE, number);
    return TRUE;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
  default:
    return TRUE;
  }
}

/* ---- places ---- */

static const char TOTAL[] = "total"; /* in place of a KATO */

static const char *
recognise (QonysRow *row, const char *text)
{
  gpointer kato = NULL;

  if (text == row->place)
    return row->kato;
  if (!g_hash_table_lookup_extended (row->district_names, text, NULL, &kato)) {
    kato = (gpointer)qonys_district_recognise (text);
    if (kato == NULL && qonys_cell_is_total (text))
      kato = (gpointer)TOTAL;
    g_hash_table_insert (row->district_names, g_strdup (text), kato);
  }
  row->place = text;
  row->kato = kato;
  return kato;
}

/* The name of a district or of the city becomes its code. For a row's own district the city says
 * nothing. */
static gboolean
settle_place (QonysRow *row, guint field, gboolean is_city_allowed)
{
  QonysCell *cell = &row->cells[field];
  const char *kato;

  if (cell->text == NULL)
    return TRUE;
  kato = recognise (row, cell->text);
  if (kato == NULL || kato == TOTAL)
    return qonys_row_reject (row, QONYS_REASON_UNKNOWN_DISTRICT, field, cell->text);
  cell->text = is_city_allowed || !g_str_equal (kato, QONYS_CITY_KATO) ? kato : NULL;
  row->place = kato; /* a code means itself */
  return TRUE;
}

/* Which fields name what a row is about; a sum says so in one of them. */
static const struct {
  int key, place, other_place;
} NAMING[QONYS_N_RECORD_TYPES] = {
    [QONYS_RECORD_DWELLING] = {QONYS_DWELLING_KEY, QONYS_DWELLING_DISTRICT, -1},
    [QONYS_RECORD_REGISTRATION_COUNT] = {-1, QONYS_REGISTRATION_PLACE_REF, -1},
    [QONYS_RECORD_SUSPICION] = {QONYS_SUSPICION_PLACE_REF, QONYS_SUSPICION_DISTRICT, -1},
    [QONYS_RECORD_OPERATION] = {QONYS_OPERATION_KEY, QONYS_OPERATION_DISTRICT, -1},
    [QONYS_RECORD_FLOW] = {-1, QONYS_FLOW_DESTINATION, QONYS_FLOW_ORIGIN},
    [QONYS_RECORD_INDICATOR] = {-1, QONYS_INDICATOR_PLACE_REF, -1},
};

static gboolean
is_total_place (QonysRow *row, int field)
{
  const char *text = field >= 0 ? row->cells[field].text : NULL;

  return text != NULL && recognise (row, text) == TOTAL;
}

static gboolean
is_total (QonysRow *row)
{
  QonysRecordType type = row->schema->type;
  const char *key = NAMING[type].key >= 0 ? row->cells[NAMING[type].key].text : NULL;

  return (key != NULL && strpbrk (key, "0123456789") == NULL && qonys_cell_is_total (key)) ||
         is_total_place (row, NAMING[type].place) || is_total_place (row, NAMING[type].other_place);
}

const char *
qonys_row_get_kato (QonysRow *row)
{
  const char *text = row->cells[NAMING[row->schema->type].place].text;
  const char *kato = text != NULL ? recognise (row, text) : NULL;

  return kato != TOTAL ? kato : NULL;
}

/* ---- fields together ---- */

static gboolean
check_order (QonysRow *row, guint smaller, guint greater, QonysReason reason)
{
  return !(get (row, smaller) > get (row, greater)) || reject_number (row, reason, smaller);
}

/* permanent, temporary, citizens, foreigners: sums must agree where all are known. */
static gboolean
check_sums (QonysRow *row, guint permanent, guint temporary, guint citizens, guint foreigners,
            double *total)
{
  double by_kind = get (row, permanent) + get (row, temporary);
  double by_state = get (row, citizens) + get (row, foreigners);

  *total = isnan (by_kind) ? by_state : by_kind;
  if (!isnan (by_kind) && !isnan (by_state) && by_kind != by_state)
    return reject_number (row, QONYS_REASON_SUMS, citizens);
  return TRUE;
}

static gboolean
check_dwelling (QonysRow *row)
{
  static const guint PARTS[] = {QONYS_DWELLING_REG_MINORS, QONYS_DWELLING_REG_RELATIVES,
                                QONYS_DWELLING_REG_AFTER_NORM,
                                QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE};
  double total;

  if (!settle_place (row, QONYS_DWELLING_DISTRICT, FALSE) ||
      !check_order (row, QONYS_DWELLING_AREA_LIVING_M2, QONYS_DWELLING_AREA_USEFUL_M2,
                    QONYS_REASON_AREAS) ||
      !check_order (row, QONYS_DWELLING_AREA_USEFUL_M2, QONYS_DWELLING_AREA_TOTAL_M2,
                    QONYS_REASON_AREAS) ||
      !check_order (row, QONYS_DWELLING_AREA_LIVING_M2, QONYS_DWELLING_AREA_TOTAL_M2,
                    QONYS_REASON_AREAS) ||
      !check_sums (row, QONYS_DWELLING_REG_PERMANENT, QONYS_DWELLING_REG_TEMPORARY,
                   QONYS_DWELLING_REG_CITIZENS, QONYS_DWELLING_REG_FOREIGNERS, &total) ||
      !check_order (row, QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE, QONYS_DWELLING_REG_AFTER_NORM,
                    QONYS_REASON_PARTS))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (get (row, PARTS[i]) > total)
      return reject_number (row, QONYS_REASON_PARTS, PARTS[i]);
  return TRUE;
}

static gboolean
check_registration (QonysRow *row)
{
  double total;

  return settle_place (row, QONYS_REGISTRATION_PLACE_REF, TRUE) &&
         check_sums (row, QONYS_REGISTRATION_PERMANENT, QONYS_REGISTRATION_TEMPORARY,
                     QONYS_REGISTRATION_CITIZENS, QONYS_REGISTRATION_FOREIGNERS, &total);
}

/* Explanations are words of a closed list, several with ';' or ',' between: no free text at an
 * address. */
static gboolean
check_explanation (QonysRow *row)
{
  static const char *const WORDS[] = {"large_family", "dormitory", "area_error",
                                      "register_lag", "hotel",     "other"};
  const char *text = row->cells[QONYS_SUSPICION_EXPLANATION].text;
  g_auto (GStrv) given = NULL;

  if (text == NULL)
    return TRUE;
  given = g_strsplit_set (text, ";,|", -1);
  for (guint i = 0; given[i] != NULL; i++) {
    gboolean is_known = FALSE;

    g_strstrip (given[i]);
    for (guint j = 0; j < G_N_ELEMENTS (WORDS); j++)
      is_known |= g_ascii_strcasecmp (given[i], WORDS[j]) == 0;
    if (!is_known && *given[i] != '\0')
      return qonys_row_reject (row, QONYS_REASON_UNKNOWN_WORD, QONYS_SUSPICION_EXPLANATION,
                               given[i]);
  }
  return TRUE;
}

static gboolean
check_period (QonysRow *row, guint begin, guint end)
{
  return !(get (row, begin) > get (row, end)) || reject_day (row, QONYS_REASON_PERIOD, end);
}

static gboolean
check_flow (QonysRow *row)
{
  QonysCell *month = &row->cells[QONYS_FLOW_MONTH];
  int year, number;

  qonys_day_get_ymd (month->number, &year, &number, NULL);
  month->number = qonys_day_from_ymd (year, number, 1);
  if (get (row, QONYS_FLOW_DIRECTION_DETAIL) == QONYS_FLOW_INTRA_CITY &&
      !settle_place (row, QONYS_FLOW_ORIGIN, TRUE))
    return FALSE;
  return settle_place (row, QONYS_FLOW_DESTINATION, TRUE);
}

static gboolean
check_position (QonysRow *row)
{
  g_autofree char *value = NULL;

  if (isnan (row->lon_deg) || isnan (row->lat_deg) ||
      qonys_box_contains (&QONYS_ASTANA_BOX_DEG, row->lon_deg, row->lat_deg))
    return TRUE;
  value = g_strdup_printf ("%.5f, %.5f", row->lon_deg, row->lat_deg);
  return qonys_row_reject (row, QONYS_REASON_OUTSIDE, -1, value);
}

gboolean
qonys_row_validate (QonysRow *row, QonysDay today)
{
  if (is_total (row)) { /* whatever else is wrong with it */
    row->reason = QONYS_REASON_TOTAL;
    return FALSE;
  }
  if (row->reason != QONYS_REASON_NONE)
    return FALSE;
  for (guint i = 0; i < row->n_fields; i++)
    if (!check_field (row, row->fields[i], today))
      return FALSE;
  if (!check_position (row))
    return FALSE;
  switch (row->schema->type) {
  case QONYS_RECORD_DWELLING:
    return check_dwelling (row);
  case QONYS_RECORD_REGISTRATION_COUNT:
    return check_registration (row);
  case QONYS_RECORD_SUSPICION:
    return settle_place (row, QONYS_SUSPICION_DISTRICT, FALSE) && check_explanation (row);
  case QONYS_RECORD_OPERATION:
    return settle_place (row, QONYS_OPERATION_DISTRICT, FALSE) &&
           check_period (row, QONYS_OPERATION_DATE_START, QONYS_OPERATION_DATE_END);
  case QONYS_RECORD_FLOW:
    return check_flow (row);
  case QONYS_RECORD_INDICATOR:
    return settle_place (row, QONYS_INDICATOR_PLACE_REF, TRUE) &&
           check_period (row, QONYS_INDICATOR_PERIOD_START, QONYS_INDICATOR_PERIOD_END);
  case QONYS_N_RECORD_TYPES:
  default:
    return TRUE;
  }
}

/* ---- identity ---- */

static const guint *
get_identity_fields (QonysRecordType type, guint *n)
{
  static const struct {
    guint n;
    guint fields[4];
  } IDENTITIES[QONYS_N_RECORD_TYPES] = {
      [QONYS_RECORD_DWELLING] = {1, {QONYS_DWELLING_KEY}},
      [QONYS_RECORD_REGISTRATION_COUNT] = {2,
                                           {QONYS_REGISTRATION_PLACE_REF,
                                            QONYS_REGISTRATION_AS_OF}},
      [QONYS_RECORD_SUSPICION] = {2, {QONYS_SUSPICION_PLACE_REF, QONYS_SUSPICION_STATUS_DATE}},
      [QONYS_RECORD_OPERATION] = {1, {QONYS_OPERATION_KEY}},
      [QONYS_RECORD_FLOW] = {4,
                             {QONYS_FLOW_ORIGIN, QONYS_FLOW_DESTINATION, QONYS_FLOW_MONTH,
                              QONYS_FLOW_DIRECTION_DETAIL}},
      [QONYS_RECORD_INDICATOR] = {4,
                                  {QONYS_INDICATOR_ID, QONYS_INDICATOR_PLACE_REF,
                                   QONYS_INDICATOR_PERIOD_START, QONYS_INDICATOR_PERIOD_END}},
  };

  *n = IDENTITIES[type].n;
  return IDENTITIES[type].fields;
}

void
qonys_row_add_identity (const QonysRow *row, GString *identity)
{
  guint n;
  const guint *fields = get_identity_fields (row->schema->type, &n);

  for (guint i = 0; i < n; i++) {
    const QonysCell *cell = &row->cells[fields[i]];

    if (cell->text != NULL)
      g_string_append (identity, cell->text);
    else if (!isnan (cell->number))
      g_string_append_printf (identity, "%d", (int)cell->number);
    g_string_append_c (identity, '\n');
  }
}

char *
qonys_table_get_identity (const QonysTable *table, gsize row)
{
  const QonysSchema *schema = qonys_table_get_schema (table);
  guint n;
  const guint *fields = get_identity_fields (schema->type, &n);
  GString *identity = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    QonysFieldType type = schema->fields[fields[i]].type;

    if (type == QONYS_FIELD_TEXT || type == QONYS_FIELD_KEY) {
      const char *text = qonys_table_get_text (table, row, fields[i]);

      g_string_append (identity, text != NULL ? text : "");
    } else {
      gint32 number = type == QONYS_FIELD_DATE ? qonys_table_get_int (table, row, fields[i])
                                               : qonys_table_get_code (table, row, fields[i]);
      gboolean is_missing =
          type == QONYS_FIELD_DATE ? number == QONYS_DAY_MISSING : number == QONYS_CODE_MISSING;

      if (!is_missing)
        g_string_append_printf (identity, "%d", number);
    }
    g_string_append_c (identity, '\n');
  }
  return g_string_free (identity, FALSE);
}
