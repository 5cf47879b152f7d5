/* Switching the language of the running process, with catalogues made here by msgfmt. */
#include "support.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define NO_LOCALE "no real locale here, and the C library ignores LANGUAGE in C.UTF-8"

static const char *program;

static void
test_parse (void)
{
  static const struct {
    const char *code;
    int language; /* -1: none */
  } cases[] = {{"kk", QONYS_KK},
               {"ru", QONYS_RU},
               {"en", QONYS_EN},
               {"ru_RU.UTF-8", QONYS_RU},
               {"KK", QONYS_KK},
               {"en-GB", QONYS_EN},
               {"kk_KZ@arabic", QONYS_KK},
               {"", -1},
               {"k", -1},
               {"C", -1},
               {"C.UTF-8", -1},
               {"eng", -1},
               {"rus_RU", -1},
               {"de_DE.UTF-8", -1},
               {NULL, -1}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    QonysLanguage language = QONYS_N_LANGUAGES;
    gboolean found = qonys_language_parse (cases[i].code, &language);
    g_assert_cmpint (found, ==, cases[i].language >= 0);
    g_assert_cmpint (language, ==, found ? cases[i].language : QONYS_N_LANGUAGES);
  }
  for (int i = 0; i < QONYS_N_LANGUAGES; i++) {
    QonysLanguage language;
    g_assert_true (qonys_language_parse (qonys_language_get_code (i), &language));
    g_assert_cmpint (language, ==, i);
  }
  g_assert_cmpstr (qonys_language_get_name (QONYS_KK), ==, "Қазақша");
}

static void
test_text3 (void)
{
  QonysText3 text = {{g_strdup ("мәселе"), NULL, g_strdup ("problem")}};

  qonys_language_set (QONYS_EN);
  g_assert_cmpstr (qonys_text3_get (&text), ==, "problem");
  qonys_language_set (QONYS_RU);
  g_assert_cmpstr (qonys_text3_get (&text), ==, "мәселе");
  g_clear_pointer (&text.text[QONYS_KK], g_free);
  g_assert_cmpstr (qonys_text3_get (&text), ==, "problem");
  text.text[QONYS_RU] = g_strdup ("проблема");
  qonys_language_set (QONYS_KK);
  g_assert_cmpstr (qonys_text3_get (&text), ==, "проблема");
  qonys_text3_clear (&text);
  g_assert_null (text.text[QONYS_EN]);
  g_assert_cmpstr (qonys_text3_get (&text), ==, "");
}

/* Makes FOLDER/kk and FOLDER/ru with a word each. Returns: FALSE without msgfmt. */
static gboolean
make_catalogues (const char *folder)
{
  static const char *const words[][2] = {{"kk", "Мәселе"}, {"ru", "Проблема"}};
  g_autofree char *msgfmt = g_find_program_in_path ("msgfmt");

  if (msgfmt == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *dir = g_build_filename (folder, words[i][0], "LC_MESSAGES", NULL);
    g_autofree char *po = g_build_filename (dir, "qonys.po", NULL);
    g_autofree char *mo = g_build_filename (dir, "qonys.mo", NULL);
    g_autofree char *text =
        g_strdup_printf ("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
                         "msgid \"Test problem\"\nmsgstr \"%s\"\n",
                         words[i][1]);
    const char *argv[] = {msgfmt, "-o", mo, po, NULL};
    g_auto (SupportRun) run = {0};

    g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
    g_assert_true (g_file_set_contents (po, text, -1, NULL));
    run = support_run (argv, NULL);
    g_assert_cmpint (run.exit_code, ==, 0);
  }
  return TRUE;
}

/* In a process of its own, with GLib untouched before: it starts in the language that has no
 * catalogue, as GLib would then decide not to translate at all. */
static void
switch_languages (void)
{
  static const char *const expected[] = {"Мәселе", "Проблема", "Test problem"};

  qonys_language_init ("en");
  g_assert_cmpint (qonys_language_get (), ==, QONYS_EN);
  g_assert_cmpstr (_ ("Test problem"), ==, "Test problem");
  qonys_language_set (QONYS_KK);
  if (g_str_equal (_ ("Test problem"), "Test problem") &&
      g_str_has_prefix (setlocale (LC_MESSAGES, NULL), "C")) {
    g_print (NO_LOCALE "\n");
    return;
  }
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < QONYS_N_LANGUAGES; i++) {
      qonys_language_set (i);
      g_assert_cmpstr (_ ("Test problem"), ==, expected[i]);
    }
  }
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C");
  g_print ("%s\n", setlocale (LC_MESSAGES, NULL));
}

/* Runs a part of this program in another environment. */
static SupportRun
run_self (const char *part, GStrv envp)
{
  const char *const argv[] = {program, part, NULL};

  return support_run (argv, (const char *const *)envp);
}

static void
test_switch (void)
{
  const char *folder = support_temp_dir ();
  g_auto (GStrv) envp = g_environ_setenv (g_get_environ (), "QONYS_LOCALEDIR", folder, TRUE);
  g_auto (SupportRun) run = {0};

  if (!make_catalogues (folder)) {
    g_test_skip ("no msgfmt");
    return;
  }
  run = run_self ("--switch", envp);
  if (run.exit_code != 0)
    g_error ("%s%s", run.output, run.errors);
  if (strstr (run.output, NO_LOCALE) != NULL)
    g_test_skip (NO_LOCALE);
}

/* Where there is but one real locale, it serves all three languages. */
static void
test_switch_in_one_locale (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *locale = g_build_filename (folder, "ru_RU.UTF-8", NULL);
  const char *const argv[] = {"localedef", "-i",           "ru_RU", "-f",
                              "UTF-8",     "--no-archive", locale,  NULL};
  g_autofree char *localedef = g_find_program_in_path (argv[0]);
  g_auto (GStrv) envp = g_environ_setenv (g_get_environ (), "QONYS_LOCALEDIR", folder, TRUE);
  g_auto (SupportRun) made = {.exit_code = -1}, run = {0};

  if (localedef != NULL)
    made = support_run (argv, NULL);
  if (made.exit_code != 0 || !make_catalogues (folder)) {
    g_test_skip ("no localedef with ru_RU, or no msgfmt");
    return;
  }
  envp = g_environ_setenv (envp, "LOCPATH", folder, TRUE);
  run = run_self ("--switch", envp);
  if (run.exit_code != 0)
    g_error ("%s%s", run.output, run.errors);
  g_assert_cmpstr (run.output, ==, "ru_RU.UTF-8\n");
}

/* @environment: the whole of it, as far as languages go. */
static void
check_environment (const char *environment, const char *expected)
{
  static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
  g_auto (GStrv) envp = g_get_environ (), variables = g_strsplit (environment, " ", -1);
  g_auto (SupportRun) run = {0};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    envp = g_environ_unsetenv (envp, names[i]);
  for (char **variable = variables; *variable != NULL; variable++) {
    g_auto (GStrv) pair = g_strsplit (*variable, "=", 2);
    if (g_strv_length (pair) == 2)
      envp = g_environ_setenv (envp, pair[0], pair[1], TRUE);
  }
  run = run_self ("--environment", envp);
  if (run.exit_code != 0 || strstr (run.output, expected) == NULL)
    g_error ("“%s”: %d %s%s", environment, run.exit_code, run.output, run.errors);
}

static void
say_environment (void)
{
  qonys_language_init (NULL);
  g_print ("language=%s %s %s\n", qonys_language_get_code (qonys_language_get ()),
           setlocale (LC_NUMERIC, NULL), g_get_charset (NULL) ? "UTF-8" : "not UTF-8");
}

static void
test_environment (void)
{
  check_environment ("", "language=kk C UTF-8");
  check_environment ("LC_ALL=C.UTF-8", "language=kk C UTF-8");
  check_environment ("LANG=ru_RU.UTF-8", "language=ru C UTF-8");
  check_environment ("LANG=kk_KZ.UTF-8", "language=kk C UTF-8");
  check_environment ("LANG=en_GB.UTF-8", "language=en C UTF-8");
  check_environment ("LANG=de_DE.UTF-8", "language=kk C UTF-8");
  check_environment ("LANG=de_DE.UTF-8 LANGUAGE=de:ru", "language=ru C UTF-8");
  check_environment ("LANG=ru_RU.UTF-8 LC_MESSAGES=en_US.UTF-8", "language=en C UTF-8");
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--switch")) {
    switch_languages ();
    return 0;
  }
  if (argc == 2 && g_str_equal (argv[1], "--environment")) {
    say_environment ();
    return 0;
  }
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/language/parse", test_parse);
  g_test_add_func ("/base/language/text3", test_text3);
  g_test_add_func ("/base/language/switch", test_switch);
  g_test_add_func ("/base/language/switch-in-one-locale", test_switch_in_one_locale);
  g_test_add_func ("/base/language/environment", test_environment);
  return g_test_run ();
}
