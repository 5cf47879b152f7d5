/* Running the command line in folders of its own. */

#include "cli-support.h"

/* Fontconfig keeps its caches to the end. */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

static char *
quote (const char *text)
{
  return g_shell_quote (text);
}

SupportRun
cli_run (const char *folder, const char *arguments)
{
  g_autofree char *program = quote (g_getenv ("QONYS_CLI")), *where = quote (folder);
  /* A shell for the folder and for taking the display away. */
  g_autofree char *script =
      g_strdup_printf ("cd %s && unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS && "
                       "XDG_DATA_HOME=%s/data exec %s %s",
                       where, where, program, arguments);

  return support_run ((const char *[]){"sh", "-c", script, NULL}, NULL);
}

char *
cli_run_ok (const char *folder, const char *arguments)
{
  g_auto (SupportRun) run = cli_run (folder, arguments);

  if (run.exit_code != 0)
    g_error ("qonys %s: exit code %d: %s", arguments, run.exit_code, run.errors);
  return g_steal_pointer (&run.output);
}

const char *
cli_make_folder (void)
{
  g_autofree char *fixtures =
      g_build_filename (support_source_root (), "tests", "cli", "fixtures", NULL);
  const char *folder = support_temp_dir ();
  g_autoptr (GDir) dir = g_dir_open (fixtures, 0, NULL);
  g_autofree char *demo = g_build_filename (folder, "demo.gpkg", NULL);
  static char *demo_bytes; /* made once a process: the same seed gives the same file */
  static gsize demo_length;
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *from = g_build_filename (fixtures, name, NULL);
    g_autofree char *to = g_build_filename (folder, name, NULL);
    g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);

    g_assert_true (g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  }
  if (demo_bytes == NULL) {
    g_autofree char *printed = cli_run_ok (folder, "demo -o demo.gpkg --dwellings 200 --seed 7");

    g_assert_true (g_file_get_contents (demo, &demo_bytes, &demo_length, NULL));
  }
  g_assert_true (g_file_set_contents (demo, demo_bytes, demo_length, NULL));
  return folder;
}

gint64
cli_get_number (const char *output, const char *key)
{
  g_autofree char *start = g_strconcat (key, ": ", NULL);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], start))
      return g_ascii_strtoll (lines[i] + strlen (start), NULL, 10);
  return -1;
}
