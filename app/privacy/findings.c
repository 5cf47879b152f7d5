/*
 * Findings in words, and the detector for a text somebody types. A dozen findings a file; a text
 * a keystroke, some microseconds.
 */
#include "privacy/identifier.h"

#include "privacy/names.h"
#include "privacy/patterns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

QonysVerdict
qonys_findings_get_verdict (GPtrArray *findings)
{
  QonysVerdict gravest = QONYS_VERDICT_CLEAN;

  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const QonysFinding *finding = g_ptr_array_index (findings, i);

    gravest = MAX (gravest, finding->verdict);
  }
  return gravest;
}

/* What was found, as the beginning of a line. */
static const char *
get_kind_label (QonysIdentifierKind kind)
{
  switch (kind) {
  case QONYS_IDENTIFIER_IIN:
    return _ ("Individual identification numbers (IIN)");
  case QONYS_IDENTIFIER_BIN:
    return _ ("Business identification numbers (BIN)");
  case QONYS_IDENTIFIER_IDENTITY_CARD:
    return _ ("Numbers of identity cards");
  case QONYS_IDENTIFIER_PASSPORT:
    return _ ("Numbers of passports");
  case QONYS_IDENTIFIER_MOBILE_PHONE:
    return _ ("Mobile phone numbers");
  case QONYS_IDENTIFIER_CITY_PHONE:
    return _ ("City phone numbers");
  case QONYS_IDENTIFIER_EMAIL:
    return _ ("E-mail addresses");
  case QONYS_IDENTIFIER_IBAN:
    return _ ("Bank account numbers");
  case QONYS_IDENTIFIER_VEHICLE_PLATE:
    return _ ("Vehicle plates");
  case QONYS_IDENTIFIER_PERSON_NAME:
    return _ ("Names of persons");
  case QONYS_IDENTIFIER_BIRTH_DATE:
  case QONYS_IDENTIFIER_COLUMN_NAME:
  case QONYS_IDENTIFIER_MICRO_ROWS:
  case QONYS_IDENTIFIER_NONE:
    break;
  }
  return "";
}

char *
qonys_finding_describe (const QonysFinding *finding)
{
  const char *label = get_kind_label (finding->kind);
  const char *sample = finding->masked_sample != NULL ? finding->masked_sample : "…";
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, finding->first_row);
  g_autofree char *n_rows = g_strdup_printf ("%" G_GINT64_FORMAT, finding->n_rows);

  switch (finding->kind) {
  case QONYS_IDENTIFIER_COLUMN_NAME:
    return g_strdup_printf (
        _ ("Column “%s”: its name says that it holds data of persons, which this map never keeps."),
        finding->column);
  case QONYS_IDENTIFIER_BIRTH_DATE:
    return g_strdup_printf (_ ("Column “%s”: its dates spread over more than 15 years; make sure "
                               "that they are not dates "
                               "of birth."),
                            finding->column);
  case QONYS_IDENTIFIER_MICRO_ROWS:
    return g_strdup_printf (
        /* Translators: reg_permanent is the name of a column */
        _ ("Column “%s”: addresses repeat and nothing is counted, so each row seems to be a person "
           "(%s rows repeat an address). Counts are read, not persons: let the supplier count the "
           "rows of each address (in Excel: Insert – PivotTable, the columns of the address in "
           "Rows, any column as a count in Values), and import one row an address with the number "
           "in a column such as reg_permanent."),
        finding->column, n_rows);
  default:
    break;
  }
  if (finding->first_row ==
      0) /* Translators: a table without a head, its first row read as names */
    return g_strdup_printf (_ ("Column “%1$s”: %2$s in the name of the column itself, %3$s."),
                            finding->column, label, sample);
  /* Translators: column, what was found, how many rows, the first row, a masked sample */
  return g_strdup_printf (
      _ ("Column “%1$s”: %2$s. Rows with them: %3$s, the first is row %4$s: %5$s."),
      finding->column, label, n_rows, row, sample);
}

char *
qonys_findings_describe (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    g_autofree char *line = qonys_finding_describe (g_ptr_array_index (findings, i));

    g_string_append_printf (text, "%s\n", line);
  }
  switch (qonys_findings_get_verdict (findings)) {
  case QONYS_VERDICT_REFUSE:
    g_string_append (text, _ ("Nothing of the file was stored. Ask its supplier to remove the data "
                              "of persons and to send the file again."));
    break;
  case QONYS_VERDICT_WARN:
    g_string_append (text,
                     _ ("The file can be read. Look at these columns first and leave out what "
                        "could lead to a person."));
    break;
  case QONYS_VERDICT_CLEAN:
    break;
  }
  return g_string_free (text, FALSE);
}

/* ---- A text somebody types. ---- */

/* By pattern: the kind, and the weight by which the strongest is chosen; 0 is not told. */
static const struct {
  QonysIdentifierKind kind;
  guint weight;
} typed[QONYS_N_PATTERNS] = {
    [QONYS_PATTERN_IIN] = {QONYS_IDENTIFIER_IIN, 11},
    [QONYS_PATTERN_PASSPORT] = {QONYS_IDENTIFIER_PASSPORT, 10},
    [QONYS_PATTERN_DOCUMENT] = {QONYS_IDENTIFIER_PASSPORT, 10},
    [QONYS_PATTERN_PERSON_NAME] = {QONYS_IDENTIFIER_PERSON_NAME, 9},
    [QONYS_PATTERN_MOBILE_PHONE] = {QONYS_IDENTIFIER_MOBILE_PHONE, 8},
    [QONYS_PATTERN_EMAIL] = {QONYS_IDENTIFIER_EMAIL, 7},
    [QONYS_PATTERN_IBAN] = {QONYS_IDENTIFIER_IBAN, 6},
    [QONYS_PATTERN_SHORT_IIN] = {QONYS_IDENTIFIER_IIN, 5},
    [QONYS_PATTERN_ROUNDED_IIN] = {QONYS_IDENTIFIER_IIN, 5},
    [QONYS_PATTERN_IIN_CHECKSUM] = {QONYS_IDENTIFIER_IIN, 5},
    [QONYS_PATTERN_VEHICLE_PLATE] = {QONYS_IDENTIFIER_VEHICLE_PLATE, 4},
    [QONYS_PATTERN_BIN] = {QONYS_IDENTIFIER_BIN, 2},
    [QONYS_PATTERN_CITY_PHONE] = {QONYS_IDENTIFIER_CITY_PHONE, 1},
};

static void
keep_strongest (QonysPattern pattern, const char *match, gsize length, gpointer data)
{
  QonysPattern *strongest = data;

  if (typed[pattern].weight > (*strongest == QONYS_N_PATTERNS ? 0 : typed[*strongest].weight))
    *strongest = pattern;
}

QonysIdentifierKind
qonys_text_find_identifier (const char *text)
{
  QonysPattern strongest = QONYS_N_PATTERNS;
  gsize length = text != NULL ? strlen (text) : 0, start, end;

  if (length == 0)
    return QONYS_IDENTIFIER_NONE;
  qonys_patterns_find (text, length, QONYS_PATTERNS_PHONES, keep_strongest, &strongest);
  if (qonys_name_is_possible (text, length, FALSE) &&
      qonys_name_find (text, length, FALSE, &start, &end) == QONYS_NAME_PERSON)
    keep_strongest (QONYS_PATTERN_PERSON_NAME, text + start, end - start, &strongest);
  return strongest < QONYS_N_PATTERNS ? typed[strongest].kind : QONYS_IDENTIFIER_NONE;
}
