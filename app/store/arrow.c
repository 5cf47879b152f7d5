/*
 * Columns of Arrow batches into columns of a table: 65 536 rows a batch, about 10 ns a number and
 * 50 ns a text. Types need not be those we wrote: other programs touch the file too.
 */
#include "store/arrow.h"

#include <math.h>
#include <string.h>

static gboolean
is_valid (const struct ArrowArray *array, gint64 row)
{
  const guint8 *bits = array->buffers[0];
  gint64 at = array->offset + row;

  return bits == NULL || (bits[at / 8] >> (at % 8) & 1) != 0;
}

/* A number or a date as a number; FALSE if the column holds neither. */
static gboolean
get_number (const QonysArrowColumn *column, gint64 row, double *value)
{
  gint64 at = column->array->offset + row;
  const void *values = column->array->buffers[1];
  const char *format = column->format;

  if (format[1] != '\0') {
    if (g_str_equal (format, "tdD"))
      format = "i";
    else if (g_str_equal (format, "tdm"))
      format = "l";
    else
      return FALSE;
  }
  switch (format[0]) {
  case 'b':
    *value = ((const guint8 *)values)[at / 8] >> (at % 8) & 1;
    return TRUE;
  case 'c':
    *value = ((const gint8 *)values)[at];
    return TRUE;
  case 's':
    *value = ((const gint16 *)values)[at];
    return TRUE;
  case 'i':
    *value = ((const gint32 *)values)[at];
    return TRUE;
  case 'l':
    *value = ((const gint64 *)values)[at];
    return TRUE;
  case 'f':
    *value = ((const float *)values)[at];
    return TRUE;
  case 'g':
    *value = ((const double *)values)[at];
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
get_bytes (const QonysArrowColumn *column, gint64 row, const guint8 **bytes, gsize *length)
{
  gint64 at = column->array->offset + row;
  const guint8 *data = column->array->buffers[2];
  gint64 begin, end;

  if (column->format[0] == 'u' || column->format[0] == 'z') {
    begin = ((const gint32 *)column->array->buffers[1])[at];
    end = ((const gint32 *)column->array->buffers[1])[at + 1];
  } else {
    begin = ((const gint64 *)column->array->buffers[1])[at];
    end = ((const gint64 *)column->array->buffers[1])[at + 1];
  }
  *bytes = data + begin;
  *length = end - begin;
  return TRUE;
}

static gboolean
is_text (const char *format)
{
  return (format[0] == 'u' || format[0] == 'U') && format[1] == '\0';
}

/* A value as a number; NaN if it is missing or no number. */
static double
get_double (const QonysArrowColumn *column, gint64 row)
{
  const guint8 *bytes;
  gsize length;
  double value = NAN;

  if (!is_valid (column->array, row))
    return NAN;
  if (is_text (column->format)) {
    char text[64], *end;

    get_bytes (column, row, &bytes, &length);
    if (length == 0 || length >= sizeof text)
      return NAN;
    memcpy (text, bytes, length);
    text[length] = '\0';
    value = g_ascii_strtod (text, &end);
    return *end == '\0' ? value : NAN;
  }
  return get_number (column, row, &value) ? value : NAN;
}

gint64
qonys_arrow_get_big (const QonysArrowColumn *column, gint64 row, gint64 missing)
{
  double value;

  if (column->format[0] == 'l' && column->format[1] == '\0')
    return is_valid (column->array, row)
               ? ((const gint64 *)column->array->buffers[1])[column->array->offset + row]
               : missing;
  value = get_double (column, row);
  return isnan (value) || fabs (value) > 9e15 ? missing : (gint64)value;
}

static gint32
get_int (const QonysArrowColumn *column, gint64 row)
{
  gint64 value = qonys_arrow_get_big (column, row, QONYS_INT_MISSING);

  return value >= -G_MAXINT32 && value <= G_MAXINT32 ? (gint32)value : QONYS_INT_MISSING;
}

static QonysDay
get_day (const QonysArrowColumn *column, gint64 row)
{
  QonysDay day = QONYS_DAY_MISSING;
  gint64 per_day;

  if (!is_valid (column->array, row))
    return QONYS_DAY_MISSING;
  if (is_text (column->format)) {
    const guint8 *bytes;
    gsize length;
    g_autofree char *text = NULL;

    get_bytes (column, row, &bytes, &length);
    text = g_strndup ((const char *)bytes, length);
    return qonys_day_parse (text, &day) ? day : QONYS_DAY_MISSING;
  }
  if (g_str_equal (column->format, "tdD"))
    return get_int (column, row);

  if (g_str_equal (column->format, "tdm") || g_str_has_prefix (column->format, "tsm:"))
    per_day = G_GINT64_CONSTANT (86400000);
  else if (g_str_has_prefix (column->format, "tss:"))
    per_day = 86400;
  else if (g_str_has_prefix (column->format, "tsu:"))
    per_day = G_GINT64_CONSTANT (86400000000);
  else
    return QONYS_DAY_MISSING;
  return ((const gint64 *)column->array->buffers[1])[column->array->offset + row] / per_day;
}

static void
append_text (const QonysArrowColumn *column, QonysTableBuilder *builder, guint number, gint64 row)
{
  const guint8 *bytes;
  gsize length;
  double value;

  if (!is_valid (column->array, row)) {
    qonys_table_builder_add_missing (builder, number);
  } else if (is_text (column->format)) {
    get_bytes (column, row, &bytes, &length);
    if (g_utf8_validate ((const char *)bytes, length, NULL)) {
      qonys_table_builder_add_text (builder, number, (const char *)bytes, length);
    } else {
      g_autofree char *text = g_utf8_make_valid ((const char *)bytes, length);

      qonys_table_builder_add_text (builder, number, text, -1);
    }
  } else if (get_number (column, row, &value)) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    qonys_table_builder_add_text (builder, number, g_ascii_dtostr (text, sizeof text, value), -1);
  } else {
    qonys_table_builder_add_missing (builder, number);
  }
}

/* Words of an enum come in runs: the last one is compared first. */
static void
append_words (const QonysArrowColumn *column, QonysTableBuilder *builder, const QonysField *field,
              guint number, const guint8 *keep)
{
  char last[64] = "";
  gsize last_length = 0;
  guint8 last_code = QONYS_CODE_MISSING;

  for (gint64 row = 0; row < column->array->length; row++) {
    const guint8 *bytes;
    gsize length;

    if (!keep[row])
      continue;
    if (!is_valid (column->array, row) || !is_text (column->format)) {
      qonys_table_builder_add_missing (builder, number);
      continue;
    }
    get_bytes (column, row, &bytes, &length);
    if (length != last_length || memcmp (bytes, last, length) != 0) {
      last_length = MIN (length, sizeof last - 1);
      memcpy (last, bytes, last_length);
      last[last_length] = '\0';
      last_code = qonys_field_find_value (field, last);
    }
    qonys_table_builder_add_code (builder, number, last_code);
  }
}

void
qonys_arrow_append (const QonysArrowColumn *column, QonysTableBuilder *builder,
                    const QonysField *field, guint number, const guint8 *keep)
{
  if (field->type == QONYS_FIELD_ENUM) {
    append_words (column, builder, field, number, keep);
    return;
  }
  for (gint64 row = 0; row < column->array->length; row++) {
    if (!keep[row])
      continue;
    switch (field->type) {
    case QONYS_FIELD_INT:
      qonys_table_builder_add_int (builder, number, get_int (column, row));
      break;
    case QONYS_FIELD_DATE:
      qonys_table_builder_add_int (builder, number, get_day (column, row));
      break;
    case QONYS_FIELD_BIG:
      qonys_table_builder_add_big (builder, number,
                                   qonys_arrow_get_big (column, row, QONYS_BIG_MISSING));
      break;
    case QONYS_FIELD_DECIMAL:
      qonys_table_builder_add_decimal (builder, number, get_double (column, row));
      break;
    case QONYS_FIELD_BOOL: {
      double value = get_double (column, row);

      qonys_table_builder_add_code (builder, number,
                                    isnan (value) ? QONYS_CODE_MISSING : value != 0);
      break;
    }
    case QONYS_FIELD_TEXT:
    case QONYS_FIELD_KEY:
    case QONYS_FIELD_ENUM:
    default:
      append_text (column, builder, number, row);
    }
  }
}

/* ---- positions ---- */

static double
read_double (const guint8 *bytes, gboolean is_little)
{
  guint64 bits;
  double value;

  memcpy (&bits, bytes, sizeof bits);
  bits = is_little ? GUINT64_FROM_LE (bits) : GUINT64_FROM_BE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint32
read_type (const guint8 *bytes)
{
  guint32 type;

  memcpy (&type, bytes + 1, sizeof type);
  type = bytes[0] != 0 ? GUINT32_FROM_LE (type) : GUINT32_FROM_BE (type);
  return (type & 0x0FFFFFFF) % 1000; /* Z and M in either fashion */
}

/* Byte order, type, x, y…; of several points the first. */
static void
read_point (const guint8 *bytes, gsize length, double *x, double *y)
{
  *x = *y = NAN;
  if (length >= 30 && read_type (bytes) == wkbMultiPoint) {
    bytes += 9;
    length -= 9;
  }
  if (length < 21 || read_type (bytes) != wkbPoint)
    return;
  *x = read_double (bytes + 5, bytes[0] != 0);
  *y = read_double (bytes + 13, bytes[0] != 0);
}

void
qonys_arrow_append_positions (const QonysArrowColumn *column, QonysTableBuilder *builder,
                              const guint8 *keep, gint64 n_rows)
{
  for (gint64 row = 0; row < n_rows; row++) {
    double x = NAN, y = NAN;
    const guint8 *bytes;
    gsize length;

    if (!keep[row])
      continue;
    if (column != NULL && is_valid (column->array, row)) {
      get_bytes (column, row, &bytes, &length);
      read_point (bytes, length, &x, &y);
    }
    qonys_table_builder_add_position (builder, x, y);
  }
}
