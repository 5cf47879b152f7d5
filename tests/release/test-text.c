/* Numbers and strings as files hold them, read back by others. */

#include "release-support.h"

#include "release/text-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

static char *
take (QonysText *text)
{
  char *copy = g_strndup (text->data, text->length);

  _qonys_text_clear (text);
  return copy;
}

static char *
decimal (double value)
{
  QonysText text = {0};

  _qonys_text_add_decimal (&text, value);
  return take (&text);
}

static void
test_decimals_read_back (void)
{
  for (guint i = 0; i < 200000; i++) {
    union {
      guint64 bits;
      double value;
    } any = {.bits = ((guint64)g_test_rand_int () << 32) | (guint32)g_test_rand_int ()};
    double values[] = {any.value, g_test_rand_double_range (-1e6, 1e6),
                       g_test_rand_int_range (-1000000, 1000000) / 100.0,
                       g_test_rand_int_range (-1000, 1000)};

    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      if (isfinite (values[j])) {
        g_autofree char *text = decimal (values[j]);

        g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, values[j]);
      }
  }
}

static void
test_decimals_are_short (void)
{
  static const struct {
    double value;
    const char *text;
  } CASES[] = {{0, "0"},          {35.7, "35.7"},         {0.1, "0.1"},
               {-2.5, "-2.5"},    {1e6, "1000000"},       {269979415, "269979415"},
               {1e300, "1e+300"}, {0.000001, "0.000001"}, {1.0 / 3, "0.3333333333333333"}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *text = decimal (CASES[i].value);

    g_assert_cmpstr (text, ==, CASES[i].text);
  }
}

static void
test_degrees (void)
{
  static const struct {
    double value;
    const char *text;
  } CASES[] = {{71.4305, "71.4305"},
               {71.43050001, "71.4305"},
               {-0.00000004, "0"},
               {51.12345678, "51.1234568"},
               {-71.5, "-71.5"}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    QonysText text = {0};
    g_autofree char *written = NULL;

    _qonys_text_add_degrees (&text, CASES[i].value);
    written = take (&text);
    g_assert_cmpstr (written, ==, CASES[i].text);
  }
}

static void
test_integers_and_days (void)
{
  QonysText text = {0};
  g_autofree char *written = NULL;

  _qonys_text_add_int (&text, G_MININT64);
  _qonys_text_add_char (&text, ' ');
  _qonys_text_add_int (&text, G_MAXINT64);
  _qonys_text_add_char (&text, ' ');
  _qonys_text_add_day (&text, day_of ("2024-01-05"));
  written = take (&text);
  g_assert_cmpstr (written, ==, "-9223372036854775808 9223372036854775807 2024-01-05");
}

static void
test_json_strings_read_back (void)
{
  static const char *const STRINGS[] = {"", "қоныс", "a\"b\\c\n\t\x01\x1f/", "\x7f", "👋"};

  for (guint i = 0; i < G_N_ELEMENTS (STRINGS); i++) {
    QonysText text = {0};
    g_autofree char *written = NULL;
    g_autoptr (JsonNode) node = NULL;

    _qonys_text_add_json_string (&text, STRINGS[i]);
    written = take (&text);
    node = json_from_string (written, NULL);
    g_assert_nonnull (node);
    g_assert_cmpstr (json_node_get_string (node), ==, STRINGS[i]);
  }
}

static void
test_json_string_of_broken_utf8 (void)
{
  QonysText text = {0};
  g_autofree char *written = NULL;

  _qonys_text_add_json_string (&text, "a\xff\xc3");
  written = take (&text);
  g_assert_true (g_utf8_validate (written, -1, NULL));
  g_assert_true (g_str_has_prefix (written, "\"a"));
}

static void
test_csv_strings (void)
{
  static const struct {
    const char *string, *field;
  } CASES[] = {{"a", "a"},
               {"a;b", "\"a;b\""},
               {"say \"x\"", "\"say \"\"x\"\"\""},
               {"two\nlines", "\"two\nlines\""},
               {"=1+1", "'=1+1"},
               {"+7;8", "\"'+7;8\""},
               {"=", "="},
               {"-", "-"},
               {"", ""}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    QonysText text = {0};
    g_autofree char *written = NULL;

    _qonys_text_add_csv_string (&text, CASES[i].string);
    written = take (&text);
    g_assert_cmpstr (written, ==, CASES[i].field);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/text/decimals-read-back", test_decimals_read_back);
  g_test_add_func ("/release/text/decimals-are-short", test_decimals_are_short);
  g_test_add_func ("/release/text/degrees", test_degrees);
  g_test_add_func ("/release/text/integers-and-days", test_integers_and_days);
  g_test_add_func ("/release/text/json-strings-read-back", test_json_strings_read_back);
  g_test_add_func ("/release/text/json-string-of-broken-utf8", test_json_string_of_broken_utf8);
  g_test_add_func ("/release/text/csv-strings", test_csv_strings);
  return release_test_run ();
}
