#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QONYS_ERROR (qonys_error_quark ())

/**
 * QonysError:
 *
 * Causes, one exit code each. The message of a GError of this domain is a translated
 * sentence that says what to do; GDAL's own words follow it in brackets.
 */
typedef enum {
  QONYS_ERROR_FAILED,        /* anything else */
  QONYS_ERROR_USAGE,         /* wrong words on the command line */
  QONYS_ERROR_NOT_FOUND,     /* no such file, layer, district, indicator */
  QONYS_ERROR_PERMISSION,    /* may not read or write */
  QONYS_ERROR_FORMAT,        /* empty, truncated, not a format that is read */
  QONYS_ERROR_NO_GEOMETRY,   /* a layer without (usable) geometry */
  QONYS_ERROR_CRS,           /* no or unusable coordinate reference system */
  QONYS_ERROR_WRONG_PLACE,   /* another city, swapped axes, missing districts */
  QONYS_ERROR_FIELDS,        /* columns missing or of the wrong type */
  QONYS_ERROR_PERSONAL_DATA, /* the gate for persons refused the file */
  QONYS_ERROR_REFUSED,       /* the release gate refused an output */
  QONYS_ERROR_DAMAGED,       /* a project that may be recovered */
  QONYS_ERROR_NEWER,         /* written by a newer version */
  QONYS_ERROR_LOCKED,        /* another program has it for itself just now */
  QONYS_ERROR_CANCELLED,
} QonysError;

GQuark qonys_error_quark (void);

/**
 * qonys_error_get_exit_code:
 * @error: an error of any domain
 *
 * Returns: the exit code of the command line for this cause: 2 usage, 3 not found, 4
 *   permission, 5 format, 6 geometry or place, 7 columns, 8 personal data, 9 refused by the
 *   release gate, 130 cancelled, 1 anything else. 124–127 are left to `timeout` and the shell.
 */
int qonys_error_get_exit_code (const GError *error);

/**
 * qonys_error_set_from_gio:
 * @path: the file that was touched
 * @source: (transfer full): an error of GIO or GLib about it
 *
 * Sets @error to a sentence that names the cure for what GIO said about @path.
 */
void qonys_error_set_from_gio (GError **error, const char *path, GError *source);

G_END_DECLS
