/* The command line: a table of commands, their options and help. Runs once a process and never
 * sees GTK. */

#include "cli/cli.h"

#include "base/error.h"
#include "base/language.h"
#include "cli/cli-private.h"
#include "store/store.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>

static const QonysCommand *const COMMANDS[] = {
    &_qonys_command_demo,   &_qonys_command_info,    &_qonys_command_districts,
    &_qonys_command_import, &_qonys_command_render,  &_qonys_command_animate,
    &_qonys_command_story,  &_qonys_command_export,  &_qonys_command_compare,
    &_qonys_command_report, &_qonys_command_recover, &_qonys_command_log,
};

static const QonysCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (g_str_equal (COMMANDS[i]->name, name))
      return COMMANDS[i];
  return NULL;
}

/* Takes "--lang CODE" and "--lang=CODE" out of the words, wherever they stand. Returns: the code,
 * NULL if none was given. */
static const char *
take_language (int *argc, char **argv)
{
  const char *code = NULL;
  int n = 0;

  for (int i = 0; i < *argc; i++)
    if (g_str_has_prefix (argv[i], "--lang="))
      code = argv[i] + strlen ("--lang=");
    else if (g_str_equal (argv[i], "--lang") && i + 1 < *argc)
      code = argv[++i];
    else
      argv[n++] = argv[i];
  *argc = n;
  argv[n] = NULL;
  return code;
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "help") || g_str_equal (word, "--help") || g_str_equal (word, "-h");
}

gboolean
qonys_cli_wants (int argc, char **argv)
{
  g_autofree char **words = g_memdup2 (argv, (argc + 1) * sizeof *argv);
  const char *code = take_language (&argc, words);
  QonysLanguage language;

  if (code != NULL && !qonys_language_parse (code, &language))
    return TRUE; /* to say so */
  return argc > 1 && (find_command (words[1]) != NULL || is_help (words[1]) ||
                      g_str_equal (words[1], "--version"));
}

/* ---- help ---- */

static const char *
get_exit_codes (void)
{
  return _ ("Exit codes:\n"
            "  0  done\n"
            "  2  wrong words on the command line\n"
            "  3  no such file, layer, district or indicator\n"
            "  4  no permission to read or write\n"
            "  5  empty, truncated or of a format that is not read\n"
            "  6  no geometry, no coordinate system, or another place than Astana\n"
            "  7  columns missing or of the wrong type\n"
            "  8  personal data: the file was refused\n"
            "  9  the release gate refused the output\n"
            "130  cancelled\n"
            "  1  anything else");
}

static void
print_help (void)
{
  g_autoptr (GString) commands = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    g_string_append_printf (commands, "  %-10s %s\n", COMMANDS[i]->name, _ (COMMANDS[i]->summary));
  g_print (
      "%s\n  qonys [--lang kk|ru|en] [FILE]\n  qonys [--lang kk|ru|en] %s\n\n%s\n\n%s\n%s\n%s\n"
      "\n%s\n",
      _ ("Usage:"), _ ("COMMAND [OPTION…]"),
      _ ("Map of Astana’s migration problems and their solutions. Without a command the window "
         "opens, with FILE if it is given: a project, or outlines of the districts."),
      _ ("Commands:"), commands->str, _ ("“qonys help COMMAND” tells more of one of them."),
      get_exit_codes ());
}

static void
print_version (void)
{
  g_autofree char *store = qonys_store_get_versions ();

  g_print ("qonys %s\n%s\ncairo %s, GLib %u.%u.%u\n", QONYS_VERSION, store, cairo_version_string (),
           glib_major_version, glib_minor_version, glib_micro_version);
}

/* ---- options ---- */

void
_qonys_cli_set_usage_error (GError **error, const QonysCommand *command, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE, _ ("%s See “qonys help %s”."), what,
               command->name);
}

gboolean
_qonys_cli_parse (const QonysCommand *command, const GOptionEntry *entries, int *argc, char **argv,
                  int n_arguments, gboolean *is_help_wanted, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autofree char *about =
      g_strdup_printf ("%s\n%s\n\n%s", _ ("Examples:"), command->examples, get_exit_codes ());
  g_autofree char *program = g_strconcat ("qonys ", command->name, NULL);
  g_autofree char *code = NULL;
  const GOptionEntry help[] = {
      {"help", 'h', 0, G_OPTION_ARG_NONE, is_help_wanted, N_ ("Show this help"), NULL},
      /* Taken out of the words before; here for the help, and for one without its code. */
      {"lang", 0, 0, G_OPTION_ARG_STRING, &code, N_ ("Language: kk, ru or en"), "CODE"},
      G_OPTION_ENTRY_NULL};
  g_autoptr (GError) failure = NULL;

  *is_help_wanted = FALSE;
  g_set_prgname (program);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, about);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, &argv, &failure)) {
    _qonys_cli_set_usage_error (error, command, "%s.", failure->message);
    return FALSE;
  }
  if (*is_help_wanted) {
    g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

    g_print ("%s", text);
    return TRUE;
  }
  if (*argc - 1 != n_arguments) {
    _qonys_cli_set_usage_error (error, command, _ ("Expected names: %d (%s), given: %d."),
                                n_arguments, command->arguments, *argc - 1);
    return FALSE;
  }
  return TRUE;
}

/* ---- running ---- */

/* "qonys help CMD" is "qonys CMD --help". */
static gboolean
run_help (int argc, char **argv, GError **error)
{
  const QonysCommand *command = argc > 1 ? find_command (argv[1]) : NULL;
  char *words[] = {argc > 1 ? argv[1] : NULL, (char *)"--help", NULL};

  if (argc <= 1) {
    print_help ();
    return TRUE;
  }
  if (command == NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                 _ ("There is no command “%s”. See “qonys help”."), argv[1]);
    return FALSE;
  }
  return command->run (2, words, error);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  const QonysCommand *command = argc > 1 ? find_command (argv[1]) : NULL;

  if (command != NULL)
    return command->run (argc - 1, argv + 1, error);
  if (argc > 1 && g_str_equal (argv[1], "--version")) {
    print_version ();
    return TRUE;
  }
  if (argc <= 1 || is_help (argv[1]))
    return run_help (argc - 1, argv + 1, error);
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
               _ ("There is no command “%s”. See “qonys help”."), argv[1]);
  return FALSE;
}

int
qonys_cli_run (int argc, char **argv)
{
  g_autofree char **words = g_memdup2 (argv, (argc + 1) * sizeof *argv);
  g_autoptr (GError) error = NULL;
  const char *code = take_language (&argc, words);
  QonysLanguage language;

  qonys_language_init (code);
  if (code != NULL && !qonys_language_parse (code, &language))
    g_set_error (&error, QONYS_ERROR, QONYS_ERROR_USAGE,
                 _ ("“%s” is no language of the program: --lang takes kk, ru or en."), code);
  else if (run (argc, words, &error))
    return 0;
  g_printerr ("qonys: %s\n", error->message);
  return qonys_error_get_exit_code (error);
}
