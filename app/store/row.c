/*
 * Rows of a source on their way into a table: texts become numbers, days and codes. One row
 * object a thread; about 20 ns a value.
 */
#include "store/row.h"

#include <math.h>
#include <string.h>

/* A suspicion stands in its dwelling's district, given or not. */
static gboolean
is_given (const QonysSchema *schema, const int *columns, guint field)
{
  return columns[field] >= 0 ||
         (schema->type == QONYS_RECORD_SUSPICION && field == QONYS_SUSPICION_DISTRICT);
}

QonysRow *
qonys_row_new (const QonysSchema *schema, const int *columns)
{
  QonysRow *row = g_new0 (QonysRow, 1);

  row->schema = schema;
  row->cells = g_new0 (QonysCell, schema->n_fields);
  row->fields = g_new (guint, schema->n_fields);
  for (guint i = 0; i < schema->n_fields; i++) {
    row->cells[i].is_given = is_given (schema, columns, i);
    row->cells[i].store = g_string_new (NULL);
    row->cells[i].number = NAN;
    if (row->cells[i].is_given || schema->fields[i].is_required)
      row->fields[row->n_fields++] = i;
  }
  row->district_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  qonys_row_clear (row);
  return row;
}

void
qonys_row_clear (QonysRow *row)
{
  for (guint i = 0; i < row->n_fields; i++) {
    row->cells[row->fields[i]].number = NAN;
    row->cells[row->fields[i]].text = NULL;
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
  for (guint i = 0; i < row->schema->n_fields; i++)
    g_string_free (row->cells[i].store, TRUE);
  g_hash_table_unref (row->district_names);
  g_free (row->cells);
  g_free (row->fields);
  g_free (row);
}

void
qonys_row_set_text (QonysRow *row, guint field, const char *text, gsize length)
{
  QonysCell *cell = &row->cells[field];

  g_string_truncate (cell->store, 0);
  g_string_append_len (cell->store, text, length);
  cell->text = cell->store->str;
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
qonys_text_is_missing (const char *text, gsize length)
{
  if (length > 0 && g_ascii_isalnum (*text)) /* nearly all */
    return FALSE;
  for (const char *end = text + length; text < end; text = g_utf8_next_char (text)) {
    gunichar c = (guchar)*text < 0x80 ? (guchar)*text : g_utf8_get_char (text);

    if (!g_unichar_isspace (c) && c != '-' && c != 0x2013 && c != 0x2014)
      return FALSE;
  }
  return TRUE;
}

/* "-1234.5" of at most 15 digits: an exact quotient of two exact numbers, as strtod gives it. */
static gboolean
parse_plain_number (const char *text, gsize length, double *value)
{
  static const double POWERS[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  gsize begin = text[0] == '-', point = length;
  gint64 digits = 0;

  if (length == begin || length - begin > 15)
    return FALSE;
  for (gsize i = begin; i < length; i++) {
    if (text[i] == '.' && point == length && i > begin && i < length - 1)
      point = i;
    else if (g_ascii_isdigit (text[i]))
      digits = digits * 10 + (text[i] - '0');
    else
      return FALSE;
  }
  *value = (double)digits / POWERS[point < length ? length - 1 - point : 0];
  if (begin)
    *value = -*value;
  return TRUE;
}

gboolean
qonys_number_parse (const char *text, gsize length, double *value)
{
  char digits[64];
  gsize n = 0;
  const char *comma, *point, *last = text + length;
  gboolean comma_is_decimal;
  char *end;

  if (parse_plain_number (text, length, value))
    return TRUE;
  comma = g_strrstr_len (text, length, ",");
  point = g_strrstr_len (text, length, ".");
  /* A comma before a point, or several commas, part thousands; a lone one is decimal. */
  comma_is_decimal =
      comma != NULL && memchr (text, ',', length) == comma && (point == NULL || point < comma);
  for (; text < last; text = g_utf8_next_char (text)) {
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

  if (!qonys_day_parse (text, &day)) {
    g_autofree char *first = g_strconcat (text, "-01", NULL);

    if (row->schema->type != QONYS_RECORD_FLOW || field != QONYS_FLOW_MONTH || strlen (text) != 7 ||
        !qonys_day_parse (first, &day))
      return FALSE;
  }
  *value = day;
  return TRUE;
}

static gboolean
read_date_or_word (QonysRow *row, guint number, const char *text)
{
  const QonysField *field = &row->schema->fields[number];
  double *value = &row->cells[number].number;
  guint8 code;

  switch (field->type) {
  case QONYS_FIELD_DATE:
    return parse_day (row, number, text, value) ||
           qonys_row_reject (row, QONYS_REASON_NOT_A_DATE, number, text);
  case QONYS_FIELD_BOOL:
    return parse_bool (text, value) ||
           qonys_row_reject (row, QONYS_REASON_NOT_YES_OR_NO, number, text);
  default:
    code = qonys_field_find_value (field, text);
    if (code == QONYS_CODE_MISSING)
      return qonys_row_reject (row, QONYS_REASON_UNKNOWN_WORD, number, text);
    *value = code;
    return TRUE;
  }
}

static gboolean
recall_date_or_word (QonysRow *row, guint number, const char *text, gsize length)
{
  guint hash = number;
  QonysMemo *memo;
  g_autofree char *copy = NULL;

  if (length <= sizeof memo->text)
    for (gsize i = 0; i < length; i++)
      hash = hash * 33 + (guchar)text[i];
  memo = &row->memos[hash % G_N_ELEMENTS (row->memos)];
  if (memo->length == length && memo->field == number && memcmp (memo->text, text, length) == 0) {
    row->cells[number].number = memo->number;
    return TRUE;
  }
  copy = g_strndup (text, length);
  if (!read_date_or_word (row, number, copy))
    return FALSE;
  if (length <= sizeof memo->text) {
    memo->field = number;
    memo->length = length;
    memo->number = row->cells[number].number;
    memcpy (memo->text, text, length);
  }
  return TRUE;
}

gboolean
qonys_row_read_text (QonysRow *row, guint number, const char *text, gsize length)
{
  for (; length > 0 && g_ascii_isspace (*text); text++)
    length--;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (qonys_text_is_missing (text, length))
    return TRUE;
  switch (row->schema->fields[number].type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_BIG:
  case QONYS_FIELD_DECIMAL:
    if (!qonys_number_parse (text, length, &row->cells[number].number)) {
      g_autofree char *value = g_strndup (text, length);

      return qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, number, value);
    }
    return TRUE;
  case QONYS_FIELD_DATE:
  case QONYS_FIELD_BOOL:
  case QONYS_FIELD_ENUM:
    return recall_date_or_word (row, number, text, length);
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  default:
    qonys_row_set_text (row, number, text, length);
    return TRUE;
  }
}

gboolean
qonys_row_read_number (QonysRow *row, guint number, double value)
{
  row->cells[number].number = value;
  return !isinf (value) || qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, number, NULL);
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
      (given == OFTInteger || given == OFTInteger64 || given == OFTReal))
    return qonys_row_read_number (row, number, OGR_F_GetFieldAsDouble (feature, column));
  text = qonys_decoder_decode (decoder, OGR_F_GetFieldAsString (feature, column));
  return qonys_row_read_text (row, number, text, strlen (text));
}

/* ---- rows to tables ---- */

void
qonys_row_append (const QonysRow *row, QonysTableBuilder *builder, gint32 dataset_id)
{
  for (guint k = 0; k < row->n_fields; k++) {
    guint i = row->fields[k];
    double number = row->cells[i].number;
    gboolean is_missing = isnan (number);

    if (!row->cells[i].is_given)
      continue;
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
