/*
 * Causes of failure: their exit codes, and sentences with a cure for what GIO and GLib say
 * about files. Made when something fails, never in a loop.
 */
#include "base/error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (qonys - error - quark, qonys_error)

/* GFileError and GIOErrorEnum say the same about files; one of them is enough. */
static int
get_io_code (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return error->code;
  if (error->domain != G_FILE_ERROR)
    return G_IO_ERROR_FAILED;
  switch (error->code) {
  case G_FILE_ERROR_NOENT:
  case G_FILE_ERROR_NOTDIR:
    return G_IO_ERROR_NOT_FOUND;
  case G_FILE_ERROR_ACCES:
  case G_FILE_ERROR_PERM:
    return G_IO_ERROR_PERMISSION_DENIED;
  case G_FILE_ERROR_ROFS:
    return G_IO_ERROR_READ_ONLY;
  case G_FILE_ERROR_NOSPC:
    return G_IO_ERROR_NO_SPACE;
  case G_FILE_ERROR_ISDIR:
    return G_IO_ERROR_IS_DIRECTORY;
  case G_FILE_ERROR_EXIST:
    return G_IO_ERROR_EXISTS;
  default:
    return G_IO_ERROR_FAILED;
  }
}

static QonysError
get_cause (const GError *error)
{
  if (error->domain == QONYS_ERROR)
    return error->code;
  if (error->domain == G_OPTION_ERROR)
    return QONYS_ERROR_USAGE;
  switch (get_io_code (error)) {
  case G_IO_ERROR_NOT_FOUND:
  case G_IO_ERROR_NOT_DIRECTORY:
    return QONYS_ERROR_NOT_FOUND;
  case G_IO_ERROR_PERMISSION_DENIED:
  case G_IO_ERROR_READ_ONLY:
    return QONYS_ERROR_PERMISSION;
  case G_IO_ERROR_IS_DIRECTORY:
  case G_IO_ERROR_INVALID_DATA:
  case G_IO_ERROR_PARTIAL_INPUT:
    return QONYS_ERROR_FORMAT;
  case G_IO_ERROR_CANCELLED:
    return QONYS_ERROR_CANCELLED;
  default:
    return QONYS_ERROR_FAILED;
  }
}

int
qonys_error_get_exit_code (const GError *error)
{
  switch (get_cause (error)) {
  case QONYS_ERROR_USAGE:
    return 2;
  case QONYS_ERROR_NOT_FOUND:
    return 3;
  case QONYS_ERROR_PERMISSION:
  case QONYS_ERROR_LOCKED:
    return 4;
  case QONYS_ERROR_FORMAT:
  case QONYS_ERROR_DAMAGED:
  case QONYS_ERROR_NEWER:
    return 5;
  case QONYS_ERROR_NO_GEOMETRY:
  case QONYS_ERROR_CRS:
  case QONYS_ERROR_WRONG_PLACE:
    return 6;
  case QONYS_ERROR_FIELDS:
    return 7;
  case QONYS_ERROR_PERSONAL_DATA:
    return 8;
  case QONYS_ERROR_REFUSED:
    return 9;
  case QONYS_ERROR_CANCELLED:
    return 130;
  case QONYS_ERROR_FAILED:
  default:
    return 1;
  }
}

void
qonys_error_set_from_gio (GError **error, const char *path, GError *source)
{
  QonysError cause = get_cause (source);
  g_autofree char *name = g_filename_display_name (path);

  switch (get_io_code (source)) {
  case G_IO_ERROR_NOT_FOUND:
  case G_IO_ERROR_NOT_DIRECTORY:
    g_set_error (error, QONYS_ERROR, cause,
                 _ ("“%s” was not found. Check the name and the folder."), name);
    break;
  case G_IO_ERROR_PERMISSION_DENIED:
    g_set_error (error, QONYS_ERROR, cause,
                 _ ("“%s” may not be opened. Ask its owner for access or choose another place."),
                 name);
    break;
  case G_IO_ERROR_READ_ONLY:
    g_set_error (error, QONYS_ERROR, cause,
                 _ ("“%s” lies where nothing can be written. Choose another place."), name);
    break;
  case G_IO_ERROR_NO_SPACE:
    g_set_error (error, QONYS_ERROR, cause,
                 _ ("There is no space left to write “%s”. Free some space and try again."), name);
    break;
  case G_IO_ERROR_IS_DIRECTORY:
    g_set_error (error, QONYS_ERROR, cause, _ ("“%s” is a folder. Choose a file."), name);
    break;
  case G_IO_ERROR_EXISTS:
    g_set_error (error, QONYS_ERROR, cause, _ ("“%s” exists already. Choose another name."), name);
    break;
  case G_IO_ERROR_CANCELLED:
    g_set_error_literal (error, QONYS_ERROR, cause,
                         _ ("The work was cancelled. Start it again to finish it."));
    break;
  default:
    g_set_error (error, QONYS_ERROR, cause,
                 _ ("“%s” could not be read or written. Try again or choose another place. (%s)"),
                 name, source->message);
    break;
  }
  g_error_free (source);
}
