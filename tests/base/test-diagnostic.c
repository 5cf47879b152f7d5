/* The list of what was noticed while reading. */
#include "support.h"

#include "base/diagnostic.h"

static void
test_add (void)
{
  g_autoptr (GPtrArray) list = qonys_diagnostics_new ();
  QonysDiagnostic *first, *second;

  qonys_diagnostics_add (list, QONYS_NOTE, "%d rows were transformed.", 3);
  qonys_diagnostics_add (list, QONYS_WARNING, "100 %% sure?");
  qonys_diagnostics_add (list, QONYS_WARNING, "%s rows were transformed.", "3");
  g_assert_cmpuint (list->len, ==, 2);
  first = list->pdata[0];
  second = list->pdata[1];
  g_assert_cmpstr (first->text, ==, "3 rows were transformed.");
  g_assert_cmpint (first->severity, ==, QONYS_NOTE);
  g_assert_cmpstr (second->text, ==, "100 % sure?");
  g_assert_cmpint (second->severity, ==, QONYS_WARNING);
}

static void
test_nobody_listens (void)
{
  qonys_diagnostics_add (NULL, QONYS_NOTE, "%d", 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/diagnostic/add", test_add);
  g_test_add_func ("/base/diagnostic/nobody-listens", test_nobody_listens);
  return g_test_run ();
}
