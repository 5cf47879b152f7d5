/*
 * What a server's answer is worth: how long it stays good, and whether it is what was asked for.
 * Once a tile, a few header look-ups.
 */
#include "net/answer.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)
#define DEFAULT_FRESH_S (7 * DAY_S)
#define MAX_FRESH_S (365 * DAY_S)

/* "Expires: 0" and the like mean at once. The server's clock is its own: its date counts. */
static gint64
get_expiry_s (const char *expires, const char *date)
{
  g_autoptr (GDateTime) until = soup_date_time_new_from_http_string (expires);
  g_autoptr (GDateTime) from = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;
  gint64 from_s = from != NULL ? g_date_time_to_unix (from) : g_get_real_time () / G_USEC_PER_SEC;

  return until != NULL ? g_date_time_to_unix (until) - from_s : 0;
}

gint64
qonys_answer_get_fresh_s (SoupMessageHeaders *headers)
{
  const char *control = soup_message_headers_get_list (headers, "Cache-Control");
  const char *expires = soup_message_headers_get_one (headers, "Expires");
  const char *date = soup_message_headers_get_one (headers, "Date");
  const char *age = soup_message_headers_get_one (headers, "Age");
  GHashTable *words = soup_header_parse_param_list (control != NULL ? control : "");
  const char *max_age = g_hash_table_lookup (words, "max-age");
  gint64 fresh_s = DEFAULT_FRESH_S;

  if (g_hash_table_contains (words, "no-store")) {
    soup_header_free_param_list (words);
    return -1;
  }
  if (g_hash_table_contains (words, "no-cache"))
    fresh_s = 0;
  else if (max_age != NULL)
    fresh_s = MIN (g_ascii_strtoll (max_age, NULL, 10), MAX_FRESH_S) -
              (age != NULL ? CLAMP (g_ascii_strtoll (age, NULL, 10), 0, MAX_FRESH_S) : 0);
  else if (expires != NULL)
    fresh_s = get_expiry_s (expires, date);
  soup_header_free_param_list (words);
  return CLAMP (fresh_s, 0, MAX_FRESH_S);
}

gboolean
qonys_answer_is_picture (const guint8 *bytes, gsize n_bytes)
{
  static const struct {
    gsize at, length;
    const char *bytes;
  } kinds[] = {{0, 8, "\x89PNG\r\n\x1a\n"}, {0, 3, "\xff\xd8\xff"}, {8, 4, "WEBP"}, {0, 4, "GIF8"}};

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (n_bytes >= kinds[i].at + kinds[i].length &&
        memcmp (bytes + kinds[i].at, kinds[i].bytes, kinds[i].length) == 0)
      return TRUE;
  }
  return FALSE;
}
