/*
 * What was noticed while reading, told apart by its sentence. Some dozens a file, so a
 * sentence is looked for by walking the list.
 */
#include "base/diagnostic.h"

static void
diagnostic_free (gpointer data)
{
  QonysDiagnostic *diagnostic = data;

  g_free (diagnostic->text);
  g_free (diagnostic);
}

static gboolean
has_text (gconstpointer diagnostic, gconstpointer text)
{
  return g_str_equal (((const QonysDiagnostic *)diagnostic)->text, text);
}

GPtrArray *
qonys_diagnostics_new (void)
{
  return g_ptr_array_new_with_free_func (diagnostic_free);
}

void
qonys_diagnostics_add (GPtrArray *diagnostics, QonysSeverity severity, const char *format, ...)
{
  g_autofree char *text = NULL;
  QonysDiagnostic *diagnostic;
  va_list args;

  if (diagnostics == NULL)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (g_ptr_array_find_with_equal_func (diagnostics, text, has_text, NULL))
    return;

  diagnostic = g_new (QonysDiagnostic, 1);
  diagnostic->severity = severity;
  diagnostic->text = g_steal_pointer (&text);
  g_ptr_array_add (diagnostics, diagnostic);
}
