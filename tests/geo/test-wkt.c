/* Shapes as text: numbers against printf, and what is no shape. */

#include "geo/wkt.h"

#include <math.h>
#include <string.h>

/* As printf writes it, without zeros at the end. */
static char *
print (double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (number, sizeof number, "%.7f", value);
  for (length = strlen (number); number[length - 1] == '0';)
    length--;
  length -= number[length - 1] == '.';
  return strncmp (number, "-0", length) == 0 ? g_strdup ("0") : g_strndup (number, length);
}

static void
test_numbers (void)
{
  const double values[] = {0,    -0.0, 71.43,  -71.43,     180,        -0.05,
                           1e-7, 4e-8, -4e-8,  51.1694444, 0.99999996, 90 - 1e-7,
                           -180, 10,   -0.001, 100.000001, 6e-8,       71.00000004};

  for (guint i = 0; i < 20000; i++) {
    double value = i < G_N_ELEMENTS (values) ? values[i] : g_test_rand_double_range (-90, 90);
    g_autoptr (QonysPath) path = qonys_path_new (QONYS_PATH_POINT);
    g_autoptr (QonysPath) read = NULL;
    g_autofree char *number = print (value);
    g_autofree char *want = g_strdup_printf ("POINT (%s 1)", number);
    g_autofree char *have = NULL;
    g_autofree char *again = NULL;

    qonys_path_add (path, value, 1);
    have = qonys_path_to_wkt (path);
    g_assert_cmpstr (have, ==, want);
    read = qonys_path_parse_wkt (have);
    g_assert_nonnull (read);
    again = qonys_path_to_wkt (read);
    g_assert_cmpstr (again, ==, have);
  }
}

static void
test_no_place (void)
{
  const double values[] = {NAN, INFINITY, -INFINITY, 1e300};

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (QonysPath) path = qonys_path_new (QONYS_PATH_POINT);
    g_autofree char *text = NULL;

    qonys_path_add (path, values[i], 1);
    text = qonys_path_to_wkt (path);
    g_assert_null (qonys_path_parse_wkt (text));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/wkt/numbers", test_numbers);
  g_test_add_func ("/geo/wkt/no-place", test_no_place);
  return g_test_run ();
}
