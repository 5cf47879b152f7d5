/* How long an answer is good, and what is a picture. */
#include "support.h"

#include "net/answer.h"

#define WEEK_S (7 * 24 * 60 * 60)

/* @lines: "Name: value" pairs, one a line. */
static gint64
get_fresh_s (const char *lines)
{
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  gint64 fresh_s;

  for (char **part = parts; *part != NULL; part++) {
    g_auto (GStrv) pair = g_strsplit (*part, ": ", 2);
    if (g_strv_length (pair) == 2)
      soup_message_headers_append (headers, pair[0], pair[1]);
  }
  fresh_s = qonys_answer_get_fresh_s (headers);
  soup_message_headers_unref (headers);
  return fresh_s;
}

static void
test_fresh (void)
{
  static const struct {
    const char *headers;
    gint64 fresh_s;
  } cases[] = {
      {"", WEEK_S},
      {"Cache-Control: public", WEEK_S},
      {"Cache-Control: max-age=3600", 3600},
      {"Cache-Control: public, MAX-AGE=3600, stale-if-error=5", 3600},
      {"Cache-Control: public\nCache-Control: max-age=60", 60},
      {"Cache-Control: max-age=3600\nAge: 600", 3000},
      {"Cache-Control: max-age=3600\nAge: 6000", 0},
      {"Cache-Control: max-age=3600\nAge: -6000", 3600},
      {"Cache-Control: max-age=0, must-revalidate", 0},
      {"Cache-Control: max-age=-5", 0},
      {"Cache-Control: max-age=nonsense", 0},
      {"Cache-Control: max-age", WEEK_S},
      {"Cache-Control: max-age=99999999999999999999999", 365 * 24 * 60 * 60},
      {"Cache-Control: no-cache, max-age=3600", 0},
      {"Cache-Control: no-store, max-age=3600", -1},
      {"Expires: Thu, 25 Jan 2024 12:00:00 GMT\nDate: Thu, 25 Jan 2024 11:00:00 GMT", 3600},
      {"Expires: Thu, 25 Jan 2024 12:00:00 GMT\nDate: Thu, 25 Jan 2024 13:00:00 GMT", 0},
      {"Expires: Thu, 25 Jan 2024 12:00:00 GMT", 0},
      {"Expires: 0", 0},
      {"Expires: -1", 0},
      {"Cache-Control: max-age=60\nExpires: 0", 60},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 fresh_s = get_fresh_s (cases[i].headers);
    if (fresh_s != cases[i].fresh_s)
      g_error ("%" G_GINT64_FORMAT " s: %s", fresh_s, cases[i].headers);
  }
}

static void
test_picture (void)
{
  static const guint8 png[] = "\x89PNG\r\n\x1a\n....", jpeg[] = "\xff\xd8\xff\xe0",
                      webp[] = "RIFF\1\2\3\4WEBPVP8 ", page[] = "<!DOCTYPE html><html>";

  g_assert_true (qonys_answer_is_picture (png, 8));
  g_assert_false (qonys_answer_is_picture (png, 7));
  g_assert_true (qonys_answer_is_picture (jpeg, 4));
  g_assert_true (qonys_answer_is_picture (webp, 12));
  g_assert_false (qonys_answer_is_picture (webp, 11));
  g_assert_true (qonys_answer_is_picture ((const guint8 *)"GIF89a", 6));
  g_assert_false (qonys_answer_is_picture (page, sizeof page));
  g_assert_false (qonys_answer_is_picture (NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/answer/fresh", test_fresh);
  g_test_add_func ("/net/answer/picture", test_picture);
  return g_test_run ();
}
