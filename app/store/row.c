/*
 * Rows of a source on their way into a table: texts become numbers, days and codes. One row
 * object a file; about 100 ns a value.
 */
#include "store/row.h"

#include <math.h>
#include <string.h>

QonysRow *
qonys_row_new (const QonysSchema *schema)
{
  QonysRow *row = g_new0 (QonysRow, 1);

  row->schema = schema;
  row->cells = g_new0 (QonysCell, schema->n_fields);
  row->district_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  qonys_row_clear (row);
  return row;
}

void
qonys_row_clear (QonysRow *row)
{
  for (guint i = 0; i < row->schema->n_fields; i++) {
    row->cells[i].number = NAN;
    g_clear_pointer (&row->cells[i].text, g_free);
  }
  row->lon_deg = row->lat_deg = NAN;
  row->reason = QONYS_REASON_NONE;
  row->field = -1;
  g_clear_pointer (&row->value, g_free);
}

void
qonys_row_free (QonysRow *row)
{
  qonys_row_clear (row);
  g_hash_table_unref (row->district_names);
  g_free (row->cells);
  g_free (row);
}

gboolean
qonys_row_reject (QonysRow *row, QonysReason reason, int field, const char *value)
{
  if (row->reason == QONYS_REASON_NONE) {
    row->reason = reason;
    row->field = field;
    row->value = g_strdup (value);
  }
  return FALSE;
}

/* ---- texts to values ---- */

gboolean
qonys_text_is_missing (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (!g_unichar_isspace (c) && c != '-' && c != 0x2013 && c != 0x2014)
      return FALSE;
  }
  return TRUE;
}

gboolean
qonys_number_parse (const char *text, double *value)
{
  char digits[64];
  gsize n = 0;
  const char *comma = strrchr (text, ','), *point = strrchr (text, '.');
  /* A comma before a point, or several commas, part thousands; a lone one is decimal. */
  gboolean comma_is_decimal =
      comma != NULL && strchr (text, ',') == comma && (point == NULL || point < comma);
  char *end;

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (g_unichar_isspace (c) || c == 0x202F || c == 0xFEFF)
      continue;
    if (c == 0x2212)
      c = '-';
    if (c == ',' && !comma_is_decimal)
      continue;
    if (c == '.' && comma_is_decimal)
      continue; /* 1.234,5 */
    if (c == ',')
      c = '.';
    if (c >= 0x80 || strchr ("0123456789+-.eE", (char)c) == NULL || n == sizeof digits - 1)
      return FALSE;
    digits[n++] = (char)c;
  }
  digits[n] = '\0';
  if (n == 0)
    return FALSE;
  *value = g_ascii_strtod (digits, &end);
  return *end == '\0' && isfinite (*value);
}

static gboolean
parse_bool (const char *text, double *value)
{
  static const char *const YES[] = {"1", "true", "yes", "иә", "да", "t", "y"};
  static const char *const NO[] = {"0", "false", "no", "жоқ", "нет", "f", "n"};
  g_autofree char *lower = g_utf8_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (YES); i++) {
    if (g_str_equal (lower, YES[i]) || g_str_equal (lower, NO[i])) {
      *value = g_str_equal (lower, YES[i]);
      return TRUE;
    }
  }
  return FALSE;
}

/* A month may be written without a day. */
static gboolean
parse_day (const QonysRow *row, guint field, const char *text, double *value)
{
  QonysDay day;
  g_autofree char *first = g_strconcat (text, "-01", NULL);

  if (!qonys_day_parse (text, &day) &&
      !(row->schema->type == QONYS_RECORD_FLOW && field == QONYS_FLOW_MONTH && strlen (text) == 7 &&
        qonys_day_parse (first, &day)))
    return FALSE;
  *value = day;
  return TRUE;
}

static gboolean
read_text (QonysRow *row, guint number, const char *given)
{
  const QonysField *field = &row->schema->fields[number];
  QonysCell *cell = &row->cells[number];
  g_autofree char *text = g_strstrip (g_strdup (given));
  guint8 code;

  if (qonys_text_is_missing (text))
    return TRUE;
  switch (field->type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_BIG:
  case QONYS_FIELD_DECIMAL:
    return qonys_number_parse (text, &cell->number) ||
           qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, number, text);
  case QONYS_FIELD_DATE:
    return parse_day (row, number, text, &cell->number) ||
           qonys_row_reject (row, QONYS_REASON_NOT_A_DATE, number, text);
  case QONYS_FIELD_BOOL:
    return parse_bool (text, &cell->number) ||
           qonys_row_reject (row, QONYS_REASON_NOT_YES_OR_NO, number, text);
  case QONYS_FIELD_ENUM:
    code = qonys_field_find_value (field, text);
    if (code == QONYS_CODE_MISSING)
      return qonys_row_reject (row, QONYS_REASON_UNKNOWN_WORD, number, text);
    cell->number = code;
    return TRUE;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  default:
    cell->text = g_steal_pointer (&text);
    return TRUE;
  }
}

gboolean
qonys_row_read (QonysRow *row, guint number, OGRFeatureH feature, int column,
                const QonysDecoder *decoder)
{
  QonysFieldType type = row->schema->fields[number].type;
  OGRFieldType given;
  g_autofree char *text = NULL;

  if (!OGR_F_IsFieldSetAndNotNull (feature, column))
    return TRUE;
  given = OGR_Fld_GetType (OGR_F_GetFieldDefnRef (feature, column));
  if ((type == QONYS_FIELD_INT || type == QONYS_FIELD_BIG || type == QONYS_FIELD_DECIMAL) &&
      (given == OFTInteger || given == OFTInteger64 || given == OFTReal)) {
    double value = OGR_F_GetFieldAsDouble (feature, column);

    row->cells[number].number = value; /* NaN is how some formats say nothing */
    return !isinf (value) || qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, number, NULL);
  }
  text = qonys_decoder_decode (decoder, OGR_F_GetFieldAsString (feature, column));
  return read_text (row, number, text);
}

/* ---- rows to tables ---- */

void
qonys_row_append (const QonysRow *row, QonysTableBuilder *builder, gint32 dataset_id)
{
  for (guint i = 0; i < row->schema->n_fields; i++) {
    double number = row->cells[i].number;
    gboolean is_missing = isnan (number);

    switch (row->schema->fields[i].type) {
    case QONYS_FIELD_INT:
    case QONYS_FIELD_DATE:
      qonys_table_builder_add_int (builder, i, is_missing ? QONYS_INT_MISSING : (gint32)number);
      break;
    case QONYS_FIELD_BIG:
      qonys_table_builder_add_big (builder, i, is_missing ? QONYS_BIG_MISSING : (gint64)number);
      break;
    case QONYS_FIELD_DECIMAL:
      qonys_table_builder_add_decimal (builder, i, number);
      break;
    case QONYS_FIELD_ENUM:
    case QONYS_FIELD_BOOL:
      qonys_table_builder_add_code (builder, i, is_missing ? QONYS_CODE_MISSING : (guint8)number);
      break;
    case QONYS_FIELD_TEXT:
    case QONYS_FIELD_KEY:
    default:
      qonys_table_builder_add_text (builder, i, row->cells[i].text, -1);
    }
  }
  if (row->schema->has_position)
    qonys_table_builder_add_position (builder, row->lon_deg, row->lat_deg);
  qonys_table_builder_add_dataset_id (builder, dataset_id);
}
