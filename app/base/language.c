/*
 * The language of the running process: one for all threads, set on the main thread. A switch
 * costs a few system calls and makes gettext look its catalogues up anew.
 */
#include "base/language.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

static const struct {
  const char *code, *name, *locale;
} languages[QONYS_N_LANGUAGES] = {
    {"kk", "Қазақша", "kk_KZ.UTF-8"},
    {"ru", "Русский", "ru_RU.UTF-8"},
    {"en", "English", "en_US.UTF-8"},
};

static int current = QONYS_KK;

const char *
qonys_language_get_code (QonysLanguage language)
{
  return languages[language].code;
}

const char *
qonys_language_get_name (QonysLanguage language)
{
  return languages[language].name;
}

gboolean
qonys_language_parse (const char *code, QonysLanguage *language)
{
  if (code == NULL)
    return FALSE;
  for (int i = 0; i < QONYS_N_LANGUAGES; i++) {
    if (g_ascii_strncasecmp (code, languages[i].code, 2) == 0 && !g_ascii_isalnum (code[2])) {
      *language = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* gettext obeys LANGUAGE only if the locale is a real one; which one does not matter to it. */
static void
set_messages_locale (QonysLanguage language)
{
  const char *environment;

  if (setlocale (LC_MESSAGES, languages[language].locale) != NULL)
    return;
  for (int i = 0; i < QONYS_N_LANGUAGES; i++) {
    if (setlocale (LC_MESSAGES, languages[i].locale) != NULL)
      return;
  }
  environment = setlocale (LC_MESSAGES, "");
  if (environment == NULL || environment[0] == 'C' || g_str_equal (environment, "POSIX"))
    setlocale (LC_MESSAGES, "C.UTF-8");
}

void
qonys_language_set (QonysLanguage language)
{
  g_return_if_fail (language >= 0 && language < QONYS_N_LANGUAGES);

  g_setenv ("LANGUAGE", languages[language].code, TRUE);
  set_messages_locale (language);
#ifdef __GLIBC__
  /* gettext keeps what it found; this counter makes it forget. */
  extern int _nl_msg_cat_cntr;
  ++_nl_msg_cat_cntr;
#endif
  g_atomic_int_set (&current, language);
}

QonysLanguage
qonys_language_get (void)
{
  return g_atomic_int_get (&current);
}

void
qonys_language_init (const char *code)
{
  const char *folder = g_getenv ("QONYS_LOCALEDIR");
  QonysLanguage language = QONYS_KK;

  if (!qonys_language_parse (code, &language)) {
    const char *const *names = g_get_language_names ();
    while (*names != NULL && !qonys_language_parse (*names, &language))
      names++;
  }

  setlocale (LC_ALL, "");
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968"))
    setlocale (LC_CTYPE, "C.UTF-8"); /* an unknown locale, or none: write UTF-8 all the same */
  setlocale (LC_NUMERIC, "C");

  /* GLib decides at its first lookup, for good, that a program without a catalogue shall not be
   * translated; it must not do so while the language is English. */
  g_dgettext (GETTEXT_PACKAGE, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : QONYS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  qonys_language_set (language);
}

const char *
qonys_text3_get (const QonysText3 *text)
{
  QonysLanguage language = qonys_language_get ();

  for (int i = 0; i < QONYS_N_LANGUAGES && text->text[language] == NULL; i++)
    language = i;
  return text->text[language] != NULL ? text->text[language] : "";
}

void
qonys_text3_clear (QonysText3 *text)
{
  for (int i = 0; i < QONYS_N_LANGUAGES; i++)
    g_clear_pointer (&text->text[i], g_free);
}
