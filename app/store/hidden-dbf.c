/*
 * Records of a DBF that are marked as deleted. One pass over the file, a record at a time.
 */
#include "store/hidden-texts.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <string.h>

#define HEAD 32
#define MAX_FIELDS 2048
#define NAME 11

typedef struct {
  char name[NAME + 1];
  gboolean is_number;
  guint begin, length;
} Field;

static guint
get_u16 (const guint8 *at)
{
  return at[0] | (guint)at[1] << 8;
}

static GArray *
read_fields (VSILFILE *file, guint head_length, guint record_length)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (Field));
  guint begin = 1;
  guint8 bytes[HEAD];

  for (guint at = HEAD; at + HEAD < head_length && fields->len < MAX_FIELDS; at += HEAD) {
    Field field = {.begin = begin};

    if (VSIFReadL (bytes, 1, HEAD, file) != HEAD || bytes[0] == '\r')
      break;
    memcpy (field.name, bytes, NAME);
    field.is_number = strchr ("NFI", bytes[11]) != NULL;
    field.length = bytes[16];
    begin += field.length;
    if (begin > record_length)
      break;
    g_array_append_val (fields, field);
  }
  return fields;
}

static void
give_record (const char *record, const GArray *fields, gint64 number, QonysPlacedTextFunc func,
             gpointer data)
{
  for (guint i = 0; i < fields->len; i++) {
    const Field *field = &g_array_index (fields, Field, i);
    const char *text = record + field->begin;
    gsize n = field->length;

    for (; n > 0 && *text == ' '; text++)
      n--;
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\0'))
      n--;
    if (n > 0)
      func (field->name, number, text, n, field->is_number, data);
  }
}

static gboolean
read_records (VSILFILE *file, QonysPlacedTextFunc func, gpointer data)
{
  guint8 head[HEAD];
  guint head_length, record_length;
  g_autoptr (GArray) fields = NULL;
  g_autofree char *record = NULL;

  if (VSIFReadL (head, 1, HEAD, file) != HEAD)
    return FALSE;
  head_length = get_u16 (head + 8);
  record_length = get_u16 (head + 10);
  if (head_length < HEAD || record_length < 2)
    return FALSE;
  fields = read_fields (file, head_length, record_length);
  record = g_malloc (record_length);
  VSIFSeekL (file, head_length, SEEK_SET);
  for (gint64 number = 1; VSIFReadL (record, 1, record_length, file) == record_length; number++)
    if (record[0] == '*')
      give_record (record, fields, number, func, data);
  return TRUE;
}

gboolean
qonys_hidden_scan_dbf (const char *path, QonysPlacedTextFunc func, gpointer data)
{
  VSILFILE *file;
  gboolean is_read = FALSE;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  file = VSIFOpenL (path, "rb");
  if (file != NULL) {
    is_read = read_records (file, func, data);
    VSIFCloseL (file);
  }
  CPLPopErrorHandler ();
  return is_read;
}
