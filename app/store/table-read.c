/*
 * Rows of a project's record tables, read by SQLite itself: threads, each with a connection of its
 * own, fill windows of the same columns. An aggregate function is handed the rows: no step and no
 * column call a row, half the time. A million dwellings of thirty columns: 0.8 s of processor
 * time on at most four threads. Types need not be those we wrote: other programs touch the file
 * too.
 */
#include "store/project-file.h"
#include "store/sqlite.h"

#include "base/error.h"
#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <ogr_core.h>
#include <string.h>

#define MAX_PARTS 4
#define FEW_ROWS 20000       /* not worth a thread */
#define MIN_BYTES_PER_ROW 32 /* of a file, for numbers of rows to be dense */
#define ROWS_PER_LOOK 4096   /* at whether to stop */

/* A field in one part. The text it was last read from is kept: words and dates come in runs. */
typedef struct {
  const QonysField *field;
  guint number;
  gint32 last_value;
  gsize last_length;
  char last_text[32];
} Slot;

typedef struct {
  const char *path;
  const QonysSchema *schema;
  const GArray *dataset_ids;
  GArray *fields; /* guint: fields the table has */
  char *sql;
  gint64 n_expected; /* 0: unknown */
  QonysJob *job;
  gint n_seen; /* rows, by all parts */
} Reader;

typedef struct {
  Reader *reader;
  QonysTableBuilder *rows;
  gint64 first, last; /* row ids */
  gsize n, room;
  gsize n_seen;
  gint64 n_strays; /* rows of no dataset */
  Slot *slots;     /* of the arguments behind dataset id and position */
  int result;      /* SQLite's */
  char *words;     /* SQLite's own, if it failed */
} Part;

/* ---- values ---- */

/* A number, or a text that is one; NaN if it is missing or none. */
static double
get_double (sqlite3_value *value)
{
  switch (sqlite3_value_type (value)) {
  case SQLITE_INTEGER:
    return (double)sqlite3_value_int64 (value);
  case SQLITE_FLOAT:
    return sqlite3_value_double (value);
  case SQLITE_TEXT: {
    const char *text = (const char *)sqlite3_value_text (value);
    char *end;
    double number;

    if (text == NULL || *text == '\0')
      return NAN;
    number = g_ascii_strtod (text, &end);
    return *end == '\0' ? number : NAN;
  }
  default:
    return NAN;
  }
}

static gint64
get_big (sqlite3_value *value, gint64 missing)
{
  double number;

  if (sqlite3_value_type (value) == SQLITE_INTEGER)
    return sqlite3_value_int64 (value);
  number = get_double (value);
  return isnan (number) || fabs (number) > 9e15 ? missing : (gint64)number;
}

static inline gint32
get_int (sqlite3_value *value)
{
  gint64 number = G_LIKELY (sqlite3_value_type (value) == SQLITE_INTEGER)
                      ? sqlite3_value_int64 (value)
                      : get_big (value, QONYS_INT_MISSING);

  return number >= -G_MAXINT32 && number <= G_MAXINT32 ? (gint32)number : QONYS_INT_MISSING;
}

/* A word's code or a date's day. */
static gint32
get_word (sqlite3_value *value, Slot *slot)
{
  gboolean is_enum = slot->field->type == QONYS_FIELD_ENUM;
  gint32 result = is_enum ? QONYS_CODE_MISSING : QONYS_DAY_MISSING;
  const char *text;
  gsize length;

  if (sqlite3_value_type (value) != SQLITE_TEXT)
    return result;
  text = (const char *)sqlite3_value_text (value);
  length = (gsize)sqlite3_value_bytes (value);
  if (text == NULL || length == 0 || length >= sizeof slot->last_text)
    return result;
  if (length == slot->last_length && memcmp (text, slot->last_text, length) == 0)
    return slot->last_value;
  if (is_enum)
    result = qonys_field_find_value (slot->field, text);
  else if (!qonys_day_parse (text, &result))
    result = QONYS_DAY_MISSING;
  memcpy (slot->last_text, text, length);
  slot->last_length = length;
  slot->last_value = result;
  return result;
}

static void
add_text (sqlite3_value *value, QonysTableBuilder *rows, guint number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  switch (sqlite3_value_type (value)) {
  case SQLITE_TEXT: {
    const char *own = (const char *)sqlite3_value_text (value);

    qonys_table_builder_add_text (rows, number, own, sqlite3_value_bytes (value));
    break;
  }
  case SQLITE_INTEGER:
    g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, (gint64)sqlite3_value_int64 (value));
    qonys_table_builder_add_text (rows, number, text, -1);
    break;
  case SQLITE_FLOAT:
    g_ascii_dtostr (text, sizeof text, sqlite3_value_double (value));
    qonys_table_builder_add_text (rows, number, text, -1);
    break;
  default:
    qonys_table_builder_add_missing (rows, number);
  }
}

static void
add_value (sqlite3_value *value, QonysTableBuilder *rows, Slot *slot)
{
  guint number = slot->number;

  switch (slot->field->type) {
  case QONYS_FIELD_INT:
    qonys_table_builder_add_int (rows, number, get_int (value));
    break;
  case QONYS_FIELD_BIG:
    qonys_table_builder_add_big (rows, number, get_big (value, QONYS_BIG_MISSING));
    break;
  case QONYS_FIELD_DECIMAL: {
    double decimal = get_double (value);

    qonys_table_builder_add_decimal (rows, number, isfinite (decimal) ? decimal : NAN);
    break;
  }
  case QONYS_FIELD_BOOL: {
    double decimal = get_double (value);

    qonys_table_builder_add_code (rows, number,
                                  isnan (decimal) ? QONYS_CODE_MISSING : decimal != 0);
    break;
  }
  case QONYS_FIELD_DATE:
    qonys_table_builder_add_int (rows, number, get_word (value, slot));
    break;
  case QONYS_FIELD_ENUM:
    qonys_table_builder_add_code (rows, number, (guint8)get_word (value, slot));
    break;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
    add_text (value, rows, number);
    break;
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

/* GeoPackage's header and envelope, then WKB: byte order, type, x, y…; of several points the
 * first. */
static void
add_position (sqlite3_value *value, QonysTableBuilder *rows)
{
  static const guint8 ENVELOPE_BYTES[] = {0, 32, 48, 48, 64};
  double x = NAN, y = NAN;

  if (sqlite3_value_type (value) == SQLITE_BLOB) {
    const guint8 *bytes = sqlite3_value_blob (value);
    gsize length = (gsize)sqlite3_value_bytes (value);
    guint envelope = length > 8 && bytes[0] == 'G' && bytes[1] == 'P' ? bytes[3] >> 1 & 7 : 7;
    gsize at = envelope < G_N_ELEMENTS (ENVELOPE_BYTES) ? 8u + ENVELOPE_BYTES[envelope] : length;

    if (length >= at + 30 && read_type (bytes + at) == wkbMultiPoint)
      at += 9;
    if (length >= at + 21 && read_type (bytes + at) == wkbPoint) {
      x = read_double (bytes + at + 5, bytes[at] != 0);
      y = read_double (bytes + at + 13, bytes[at] != 0);
    }
  }
  qonys_table_builder_add_position (rows, x, y);
}

/* ---- rows ---- */

static gboolean
is_wanted (const GArray *dataset_ids, gint64 id)
{
  for (guint i = 0; i < dataset_ids->len; i++)
    if (g_array_index (dataset_ids, gint32, i) == id)
      return TRUE;
  return FALSE;
}

static gboolean
is_stopped (Reader *reader)
{
  gint n_seen = g_atomic_int_add (&reader->n_seen, ROWS_PER_LOOK);

  if (reader->n_expected > 0)
    qonys_job_set_progress (reader->job, MIN (1, (double)n_seen / (double)reader->n_expected));
  return qonys_job_is_cancelled (reader->job, NULL);
}

/* SQLite calls this with every row: dataset id, position, fields. */
static void
take_row (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  Part *part = sqlite3_user_data (context);
  Reader *reader = part->reader;
  gint64 id = get_big (values[0], -1);

  if (part->n_seen++ % ROWS_PER_LOOK == 0 && is_stopped (reader)) {
    sqlite3_result_error_code (context, SQLITE_INTERRUPT);
    return;
  }
  if (!is_wanted (reader->dataset_ids, id)) {
    part->n_strays += id < 0;
    return;
  }
  if (part->n == part->room) { /* a row id twice */
    sqlite3_result_error_code (context, SQLITE_CORRUPT);
    return;
  }
  part->n++;
  qonys_table_builder_add_dataset_id (part->rows, (gint32)id);
  if (reader->schema->has_position)
    add_position (values[1], part->rows);
  for (int i = 2; i < n_values; i++)
    add_value (values[i], part->rows, &part->slots[i - 2]);
}

static void
end_rows (sqlite3_context *context)
{
}

/* ---- connections ---- */

static void
set_error (GError **error, const Reader *reader, int result, const char *words)
{
  if ((result & 0xff) == SQLITE_BUSY)
    qonys_sqlite_set_error (error, reader->path, result, NULL);
  else {
    g_autofree char *sentence = g_strdup_printf (
        _ ("The project’s table “%s” is damaged. Open its last copy, or save what can be "
           "read with “qonys recover”."),
        reader->schema->name);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT, "%s (%s)", sentence, words);
  }
}

static void
read_part (Part *part)
{
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;

  part->result = qonys_sqlite_open (part->reader->path, FALSE, &database);
  if (part->result == SQLITE_OK)
    part->result = sqlite3_create_function (database, "qonys_take", -1, SQLITE_UTF8, part, NULL,
                                            take_row, end_rows);
  if (part->result == SQLITE_OK)
    part->result = sqlite3_prepare_v2 (database, part->reader->sql, -1, &statement, NULL);
  if (part->result == SQLITE_OK) {
    sqlite3_bind_int64 (statement, 1, part->first);
    sqlite3_bind_int64 (statement, 2, part->last);
    while ((part->result = sqlite3_step (statement)) == SQLITE_ROW)
      ;
  }
  if (part->result != SQLITE_DONE)
    part->words = g_strdup (sqlite3_errmsg (database));
}

static void
read_parts (gsize begin, gsize end, guint number, gpointer parts)
{
  for (gsize i = begin; i < end; i++)
    read_part ((Part *)parts + i);
}

/* ---- the table ---- */

/* Fields the table has, as arguments; notes those it has not. FALSE if there is no such table. */
static int
choose_columns (Reader *reader, sqlite3 *database, GString *arguments, gboolean *has_ids,
                GPtrArray *diagnostics)
{
  const QonysSchema *schema = reader->schema;
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int result = sqlite3_prepare_v2 (database, "SELECT lower(name) FROM pragma_table_info(?)", -1,
                                   &statement, NULL);

  if (result != SQLITE_OK)
    return result;
  sqlite3_bind_text (statement, 1, schema->name, -1, SQLITE_STATIC);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_hash_table_add (names, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
  if (result != SQLITE_DONE || g_hash_table_size (names) == 0)
    return result == SQLITE_DONE ? SQLITE_EMPTY : result;

  *has_ids = g_hash_table_contains (names, "dataset_id");
  g_string_append (arguments, *has_ids ? "dataset_id" : "NULL");
  g_string_append (arguments, g_hash_table_contains (names, "geom") ? ",geom" : ",NULL");
  for (guint i = 0; i < schema->n_fields; i++) {
    if (g_hash_table_contains (names, schema->fields[i].name)) {
      g_string_append_printf (arguments, ",\"%s\"", schema->fields[i].name);
      g_array_append_val (reader->fields, i);
    } else {
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             _ ("The project’s table “%s” has no column “%s”; its values are "
                                "unknown."),
                             schema->name, schema->fields[i].name);
    }
  }
  return SQLITE_OK;
}

/* The first and the last row id. FALSE if rows have none (in a view they read as missing, one by
 * one) or there are no rows. */
static gboolean
get_extent (sqlite3 *database, const char *table, gint64 *first, gint64 *last)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT (SELECT MIN(_rowid_) FROM \"%s\"), (SELECT MAX(_rowid_) FROM \"%s\") "
      "FROM sqlite_master WHERE type = 'table' AND name = '%s' COLLATE NOCASE",
      table, table, table);
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW ||
      sqlite3_column_type (statement, 0) != SQLITE_INTEGER)
    return FALSE;
  *first = sqlite3_column_int64 (statement, 0);
  *last = sqlite3_column_int64 (statement, 1);
  return *first <= *last;
}

/* How many rows there can be, by their numbers; 0 if these are far apart. */
static gsize
get_span (const char *path, gint64 first, gint64 last)
{
  guint64 span = (guint64)last - (guint64)first + 1;
  GStatBuf file;

  if (g_stat (path, &file) != 0 || span > (guint64)file.st_size / MIN_BYTES_PER_ROW)
    return 0;
  return (gsize)span;
}

static char *
make_sql (const Reader *reader, const char *arguments, gboolean has_ids, gboolean is_bounded)
{
  GString *sql = g_string_new (NULL);

  /* No index serves this: rows come in the order of their ids. */
  g_string_printf (sql, "SELECT qonys_take(%s) FROM \"%s\" WHERE %s", arguments,
                   reader->schema->name, is_bounded ? "_rowid_ BETWEEN ?1 AND ?2 AND " : "");
  if (has_ids) {
    g_string_append (sql, "(dataset_id IN (");
    for (guint i = 0; i < reader->dataset_ids->len; i++)
      g_string_append_printf (sql, "%s%d", i > 0 ? "," : "",
                              g_array_index (reader->dataset_ids, gint32, i));
    g_string_append (sql, ") OR typeof(dataset_id) <> 'integer' OR dataset_id < 0)");
  } else {
    g_string_append (sql, "TRUE");
  }
  return g_string_free (sql, FALSE);
}

/* Reads the parts into @builder. Returns: FALSE with @error set */
static gboolean
read_rows (Reader *reader, QonysTableBuilder *builder, gint64 first, gsize span, guint n_parts,
           gint64 *n_strays, GError **error)
{
  Part parts[MAX_PARTS];
  QonysTableBuilder *windows[MAX_PARTS];
  const Part *failed = NULL;
  gboolean ok;

  for (guint i = 0; i < n_parts; i++) {
    gsize begin = span * i / n_parts, end = span * (i + 1) / n_parts;
    Part part = {.reader = reader, .rows = builder, .room = G_MAXSIZE};

    if (n_parts > 1) {
      part.first = first + (gint64)begin;
      part.last = first + (gint64)end - 1;
      part.room = end - begin;
      part.rows = windows[i] = qonys_table_builder_new_window (builder, begin, end - begin);
    }
    part.slots = g_new0 (Slot, reader->fields->len);
    for (guint j = 0; j < reader->fields->len; j++) {
      part.slots[j].number = g_array_index (reader->fields, guint, j);
      part.slots[j].field = &reader->schema->fields[part.slots[j].number];
    }
    parts[i] = part;
  }
  qonys_parallel_for (n_parts, 1, read_parts, parts);

  for (guint i = 0; i < n_parts; i++) {
    *n_strays += parts[i].n_strays;
    if (failed == NULL && parts[i].result != SQLITE_DONE)
      failed = &parts[i];
  }
  ok = !qonys_job_is_cancelled (reader->job, error) && failed == NULL;
  if (!ok && (error == NULL || *error == NULL))
    set_error (error, reader, failed->result, failed->words);
  if (ok && n_parts > 1)
    qonys_table_builder_close_windows (builder, windows, n_parts);
  for (guint i = 0; i < n_parts; i++) {
    if (!ok && n_parts > 1)
      qonys_table_builder_free (windows[i]);
    g_free (parts[i].slots);
    g_free (parts[i].words);
  }
  return ok;
}

static void
note_strays (const QonysSchema *schema, gint64 n_strays, GPtrArray *diagnostics)
{
  g_autofree char *n = qonys_format_int (n_strays);

  if (n_strays > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("%s row of the table “%s” belongs to no dataset and was left "
                                     "out. Give it a dataset_id.",
                                     "%s rows of the table “%s” belong to no dataset and were "
                                     "left out. Give them a dataset_id.",
                                     (gulong)n_strays),
                           n, schema->name);
}

QonysTable *
qonys_project_file_read_table (const char *path, QonysRecordType type, const GArray *dataset_ids,
                               guint n_parts, QonysJob *job, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) arguments = g_string_new (NULL);
  g_autofree char *sql = NULL;
  g_autoptr (QonysTableBuilder) builder = NULL;
  Reader reader = {.path = path,
                   .schema = qonys_schema_get (type),
                   .dataset_ids = dataset_ids,
                   .fields = fields,
                   .job = job};
  gboolean has_ids = FALSE;
  gint64 first = 0, last = 0, n_strays = 0;
  gsize span = 0;
  int result = qonys_sqlite_open (path, FALSE, &database);

  if (result == SQLITE_OK)
    result = choose_columns (&reader, database, arguments, &has_ids, diagnostics);
  if (result == SQLITE_EMPTY) {
    qonys_diagnostics_add (diagnostics, QONYS_WARNING, _ ("The project has no table “%s”."),
                           reader.schema->name);
    return qonys_table_builder_finish (qonys_table_builder_new (type, 0));
  }
  if (result != SQLITE_OK) {
    set_error (error, &reader, result, sqlite3_errmsg (database));
    return NULL;
  }

  if (get_extent (database, reader.schema->name, &first, &last))
    span = get_span (path, first, last);
  if (n_parts == 0)
    n_parts = span < FEW_ROWS ? 1 : MIN (qonys_parallel_get_max_parts (), MAX_PARTS);
  if (span < n_parts)
    n_parts = 1;
  reader.n_expected = (gint64)span;
  reader.sql = sql = make_sql (&reader, arguments->str, has_ids, n_parts > 1);
  builder = qonys_table_builder_new (type, span);
  if (!read_rows (&reader, builder, first, span, n_parts, &n_strays, error))
    return NULL;
  note_strays (reader.schema, n_strays, diagnostics);
  return qonys_table_builder_finish (g_steal_pointer (&builder));
}
