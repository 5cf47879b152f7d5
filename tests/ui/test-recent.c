/* The desktop's list of recent files. */

#include "support.h"

#include "ui/recent.h"

#include <gtk/gtk.h>

static gboolean
has (const char *uri)
{
  return gtk_recent_manager_has_item (gtk_recent_manager_get_default (), uri);
}

static void
count_cb (GtkRecentManager *manager, gpointer n)
{
  ++*(int *)n;
}

static void
add (const char *uri)
{
  int n = 0;
  gulong handler =
      g_signal_connect (gtk_recent_manager_get_default (), "changed", G_CALLBACK (count_cb), &n);

  g_assert_true (gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri));
  ITER_WHILE (n == 0, 5000);
  g_signal_handler_disconnect (gtk_recent_manager_get_default (), handler);
}

static void
test_kept_out (void)
{
  g_autofree char *chosen = g_build_filename (support_temp_dir (), "991231100010.csv", NULL);
  g_autofree char *other = g_build_filename (support_temp_dir (), "other.csv", NULL);
  g_autoptr (GFile) chosen_file = g_file_new_for_path (chosen);
  g_autoptr (GFile) other_file = g_file_new_for_path (other);
  g_autofree char *chosen_uri = g_file_get_uri (chosen_file);
  g_autofree char *other_uri = g_file_get_uri (other_file);

  g_assert_true (g_file_set_contents (chosen, "a", 1, NULL));
  g_assert_true (g_file_set_contents (other, "a", 1, NULL));
  add (other_uri);
  g_assert_true (has (other_uri));
  qonys_recent_keep_out (chosen_file);
  qonys_recent_keep_out (other_file); /* somebody else put it there */
  add (chosen_uri);
  ITER_WHILE (has (chosen_uri), 5000);
  g_assert_true (has (other_uri));
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("qonys-recent-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/ui/recent/kept-out", test_kept_out);
  return g_test_run ();
}
