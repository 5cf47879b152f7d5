#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The three languages of interface and content; Kazakh first, and the fallback. */
typedef enum { QONYS_KK, QONYS_RU, QONYS_EN, QONYS_N_LANGUAGES } QonysLanguage;

/**
 * QonysText3:
 *
 * One content field in three languages. Strings are owned by whoever owns the struct; %NULL
 * is a missing translation, which is listed, never silently borrowed.
 */
typedef struct {
  char *text[QONYS_N_LANGUAGES];
} QonysText3;

/** The two-letter code: "kk", "ru", "en". */
const char *qonys_language_get_code (QonysLanguage language);

/** The name of the language in itself: «Қазақша», «Русский», “English”. */
const char *qonys_language_get_name (QonysLanguage language);

/** Reads "kk", "ru", "en" (or a locale such as ru_RU.UTF-8). Returns: FALSE if it is none. */
gboolean qonys_language_parse (const char *code, QonysLanguage *language);

/**
 * qonys_language_init:
 * @code: (nullable): a language asked for, or %NULL for the environment's, else Kazakh
 *
 * Binds the message catalogue (QONYS_LOCALEDIR, or the folder in the environment variable
 * of that name, for an uninstalled build) and sets the language. LC_NUMERIC stays "C".
 * Call once, on the main thread, before other threads start.
 */
void qonys_language_init (const char *code);

/**
 * qonys_language_set:
 *
 * Switches the language of the running process. Windows are rebuilt by the caller. glibc
 * obeys LANGUAGE only in a real locale: kk_KZ, ru_RU, en_US and C.UTF-8 are tried in turn.
 */
void qonys_language_set (QonysLanguage language);

/** The language now set. */
QonysLanguage qonys_language_get (void);

/** @text in the language now set; where missing Kazakh, Russian, English in turn; never %NULL. */
const char *qonys_text3_get (const QonysText3 *text);

void qonys_text3_clear (QonysText3 *text);

G_END_DECLS
