/* The manual page keeps up with the help: every command, every option, every exit code. */

#include "cli-support.h"

static char *
read_manual (void)
{
  g_autofree char *path = g_build_filename (support_source_root (), "data", "qonys.1", NULL);
  char *text;
  GString *plain;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  plain = g_string_new (text);
  g_string_replace (plain, "\\-", "-", 0);
  g_free (text);
  return g_string_free (plain, FALSE);
}

static char **
find_all (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *word = g_match_info_fetch (match, 1);

    g_strv_builder_add (builder, word);
  }
  return g_strv_builder_end (builder);
}

static void
assert_has (const char *manual, const char *word, const char *of)
{
  if (strstr (manual, word) == NULL)
    g_error ("data/qonys.1 says nothing of %s of “%s”", word, of);
}

static void
test_manual (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *manual = read_manual (), *help = cli_run_ok (folder, "help");
  g_auto (GStrv) commands = find_all (help, "^  ([a-z]+)  +[A-Z]");
  g_auto (GStrv) codes = find_all (help, "^ *([0-9]+)  ");

  g_assert_cmpuint (g_strv_length (commands), >=, 7);
  g_assert_cmpuint (g_strv_length (codes), >=, 10);
  for (guint i = 0; codes[i] != NULL; i++)
    assert_has (manual, codes[i], "exit codes");
  for (guint i = 0; commands[i] != NULL; i++) {
    g_autofree char *arguments = g_strconcat ("help ", commands[i], NULL);
    g_autofree char *own = cli_run_ok (folder, arguments);
    g_auto (GStrv) options = find_all (own, "(--[a-z]+)");

    assert_has (manual, commands[i], "commands");
    for (guint j = 0; options[j] != NULL; j++)
      assert_has (manual, options[j], commands[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/man/keeps-up", test_manual);
  return g_test_run ();
}
