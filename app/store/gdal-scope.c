/*
 * GDAL's voice on one thread while one call lasts: failures are kept for the error, warnings are
 * handed on, nothing is printed. A push and a pop a call; warnings beyond twenty are only counted.
 */
#include "store/gdal-scope.h"

#include "privacy/identifier.h"

#include <glib/gi18n-lib.h>

#define MAX_WARNINGS 20

/* What GDAL says may quote a cell. */
static char *
dup_words (const char *words)
{
  char *text = g_utf8_make_valid (words, -1);

  if (qonys_text_find_identifier (text) == QONYS_IDENTIFIER_NONE)
    return text;
  g_free (text);
  return g_strdup (_ ("a value that could lead to a person, which is not shown"));
}

static void
handle_error (CPLErr class, CPLErrorNum number, const char *words)
{
  QonysGdalScope *scope = CPLGetErrorHandlerUserData ();
  g_autofree char *text = dup_words (words);

  g_strstrip (g_strdelimit (text, "\n\t", ' ')); /* a sentence within another */
  if (class >= CE_Failure) {
    if (scope->failure == NULL)
      scope->failure = g_steal_pointer (&text);
  } else if (class == CE_Warning) {
    if (scope->n_warnings++ < MAX_WARNINGS)
      qonys_diagnostics_add (scope->diagnostics, QONYS_WARNING, _ ("Noticed while reading: %s"),
                             text);
  }
}

void
qonys_gdal_scope_open (QonysGdalScope *scope, GPtrArray *diagnostics)
{
  *scope = (QonysGdalScope){.diagnostics = diagnostics, .is_open = TRUE};
  CPLPushErrorHandlerEx (handle_error, scope);
  CPLErrorReset ();
}

void
qonys_gdal_scope_close (QonysGdalScope *scope)
{
  if (!scope->is_open)
    return;
  CPLPopErrorHandler ();
  scope->is_open = FALSE;
  g_clear_pointer (&scope->failure, g_free);
}

void
qonys_gdal_scope_forget (QonysGdalScope *scope)
{
  g_clear_pointer (&scope->failure, g_free);
  CPLErrorReset ();
}

void
qonys_gdal_scope_set_error (QonysGdalScope *scope, GError **error, QonysError code,
                            const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  if (scope->failure != NULL)
    g_set_error (error, QONYS_ERROR, code, "%s (%s)", sentence, scope->failure);
  else
    g_set_error_literal (error, QONYS_ERROR, code, sentence);
}
