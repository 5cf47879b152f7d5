/* Animated PNG (PNG specification, third edition, 11.3.2.4): the image data of PNGs as cairo writes
 * them, in chunks of another name with a running number before. Nothing is compressed anew, so that
 * no codec library is needed; cost: a CRC, 2 ms a megabyte. */

#include "release/apng-private.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const guint8 SIGNATURE[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

static guint32
crc_add (guint32 crc, const guint8 *bytes, gsize n)
{
  static gsize is_made;
  static guint32 table[256];

  if (g_once_init_enter (&is_made)) {
    for (guint32 i = 0; i < 256; i++) {
      guint32 value = i;

      for (guint bit = 0; bit < 8; bit++)
        value = value & 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
      table[i] = value;
    }
    g_once_init_leave (&is_made, 1);
  }
  for (gsize i = 0; i < n; i++)
    crc = table[(crc ^ bytes[i]) & 0xFF] ^ (crc >> 8);
  return crc;
}

static void
put_32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

static void
put_16 (guint8 *at, guint16 value)
{
  value = GUINT16_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

static guint32
get_32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* A chunk of two pieces, the first of which may be empty. */
static gboolean
write_chunk (QonysApng *apng, const char *type, const guint8 *first, gsize n_first,
             const guint8 *data, gsize n, GError **error)
{
  guint8 head[8], tail[4];
  guint32 crc = 0xFFFFFFFF;

  put_32 (head, (guint32)(n_first + n));
  memcpy (head + 4, type, 4);
  crc = crc_add (crc, head + 4, 4);
  crc = crc_add (crc, first, n_first);
  crc = crc_add (crc, data, n);
  put_32 (tail, crc ^ 0xFFFFFFFF);
  return _qonys_file_write (apng->file, (const char *)head, sizeof head, error) &&
         _qonys_file_write (apng->file, (const char *)first, n_first, error) &&
         _qonys_file_write (apng->file, (const char *)data, n, error) &&
         _qonys_file_write (apng->file, (const char *)tail, sizeof tail, error);
}

/* How long this frame stands: fcTL. */
static gboolean
write_control (QonysApng *apng, GError **error)
{
  guint8 data[26] = {0};

  put_32 (data, apng->sequence++);
  memcpy (data + 4, apng->header, 8); /* width, height */
  put_16 (data + 20, (guint16)CLAMP (lround (1000 / apng->rate), 1, G_MAXUINT16));
  put_16 (data + 22, 1000);
  return write_chunk (apng, "fcTL", NULL, 0, data, sizeof data, error);
}

static gboolean
write_head (QonysApng *apng, GError **error)
{
  guint8 data[8] = {0}; /* for ever */

  put_32 (data, apng->n_frames);
  return _qonys_file_write (apng->file, (const char *)SIGNATURE, sizeof SIGNATURE, error) &&
         write_chunk (apng, "IHDR", NULL, 0, apng->header, sizeof apng->header, error) &&
         write_chunk (apng, "acTL", NULL, 0, data, sizeof data, error);
}

static gboolean
write_data (QonysApng *apng, const guint8 *data, gsize n, GError **error)
{
  guint8 sequence[4];

  if (apng->n_written == 0)
    return write_chunk (apng, "IDAT", NULL, 0, data, n, error);
  put_32 (sequence, apng->sequence++);
  return write_chunk (apng, "fdAT", sequence, sizeof sequence, data, n, error);
}

/* One chunk of a picture. */
static gboolean
take_chunk (QonysApng *apng, const guint8 *type, const guint8 *data, gsize n, GError **error)
{
  if (memcmp (type, "IDAT", 4) == 0)
    return write_data (apng, data, n, error);
  if (memcmp (type, "IHDR", 4) != 0 || n != sizeof apng->header)
    return TRUE;
  if (apng->n_written == 0) {
    memcpy (apng->header, data, n);
    return write_head (apng, error) && write_control (apng, error);
  }
  if (memcmp (apng->header, data, n) == 0)
    return write_control (apng, error);
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                       _ ("The pictures of the animation are of different kinds. Write them into "
                          "a folder instead."));
  return FALSE;
}

gboolean
_qonys_apng_add (QonysApng *apng, const GByteArray *png, GError **error)
{
  for (gsize at = sizeof SIGNATURE; at + 12 <= png->len;) {
    gsize n = get_32 (png->data + at);

    if (n > png->len - at - 12)
      break;
    if (!take_chunk (apng, png->data + at + 4, png->data + at + 8, n, error))
      return FALSE;
    at += n + 12;
  }
  apng->n_written++;
  return TRUE;
}

gboolean
_qonys_apng_finish (QonysApng *apng, GError **error)
{
  g_return_val_if_fail (apng->n_written == apng->n_frames, FALSE);
  return write_chunk (apng, "IEND", NULL, 0, NULL, 0, error);
}
