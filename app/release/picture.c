/* Sheets as PNG, PDF and SVG: one at a time, the map painted once by the one painter. */

#include "release/picture-private.h"
#include "release/write-private.h"

#include "base/error.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_SIZE_PX 16384.0

cairo_status_t
_qonys_file_stream_write (void *closure, const unsigned char *data, unsigned int length)
{
  QonysFileStream *stream = closure;

  return stream->error == NULL &&
                 _qonys_file_write (stream->file, (const char *)data, length, &stream->error)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
               _ ("The picture could not be drawn; try a smaller size (%s)."),
               cairo_status_to_string (status));
  return FALSE;
}

gboolean
_qonys_file_stream_end (QonysFileStream *stream, cairo_status_t status, GError **error)
{
  if (stream->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&stream->error));
    return FALSE;
  }
  return check_status (status, error);
}

gboolean
_qonys_picture_check_size (double width_px, double height_px, GError **error)
{
  if (width_px >= 1 && width_px <= MAX_SIZE_PX && height_px >= 1 && height_px <= MAX_SIZE_PX)
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
               _ ("A picture is from 1 to %d pixels wide and high."), (int)MAX_SIZE_PX);
  return FALSE;
}

/* The public view goes no nearer than 1 : 25 000, whatever box is asked for. */
static QonysBox
limit_box (const QonysRelease *release, const QonysBox *box, double width, double height)
{
  QonysCamera camera = qonys_camera_fit (box, width, height, 0);

  if (_qonys_release_is_official (release) || camera.zoom <= QONYS_PUBLIC_MAX_ZOOM)
    return *box;
  camera.zoom = QONYS_PUBLIC_MAX_ZOOM;
  return qonys_camera_get_box (&camera);
}

char *
_qonys_picture_list_layers (const QonysStyle *style)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    if (style->layers[i].is_visible)
      g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", qonys_layer_get_id (i));
  return g_string_free (list, FALSE);
}

static void
set_pdf_metadata (cairo_surface_t *surface, const char *title)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Qonys " QONYS_VERSION);
}

/* Returns: NULL if the format is not known. */
static cairo_surface_t *
make_surface (const char *format, double width, double height, QonysFileStream *stream,
              double *scale)
{
  cairo_surface_t *surface;

  *scale = 1;
  if (g_str_equal (format, "png"))
    return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (width), (int)ceil (height));
  if (g_str_equal (format, "pdf")) {
    *scale = QONYS_POINTS_PER_PX;
    return cairo_pdf_surface_create_for_stream (_qonys_file_stream_write, stream,
                                                width * QONYS_POINTS_PER_PX,
                                                height * QONYS_POINTS_PER_PX);
  }
  if (!g_str_equal (format, "svg"))
    return NULL;
  surface = cairo_svg_surface_create_for_stream (_qonys_file_stream_write, stream, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  return surface;
}

static char *
get_format (const char *path, GError **error)
{
  static const char *const known[] = {"png", "pdf", "svg", NULL};
  const char *dot = strrchr (path, '.');
  g_autofree char *format = dot != NULL ? g_ascii_strdown (dot + 1, -1) : g_strdup ("");

  if (g_strv_contains (known, format))
    return g_steal_pointer (&format);
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
               _ ("A picture’s name ends in .png, .pdf or .svg; “%s” does not."), path);
  return NULL;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GByteArray *
_qonys_picture_to_png (const QonysRelease *release, const QonysStyle *style, const QonysBox *box,
                       const char *title, double width, double height, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  QonysBox limited = limit_box (release, box, width, height);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (width), (int)ceil (height));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  qonys_paint_sheet (cr, release->content, style, width, height, &limited, title);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, png);
  cairo_surface_destroy (surface);
  return check_status (status, error) ? g_steal_pointer (&png) : NULL;
}

gboolean
qonys_release_write_picture (QonysRelease *release, const QonysStyle *style, const QonysBox *box,
                             const char *title, double width, double height, const char *path,
                             QonysJob *job, GError **error)
{
  g_autofree char *format = get_format (path, error), *layers = _qonys_picture_list_layers (style);
  g_autoptr (QonysFile) file = NULL;
  QonysBox limited = limit_box (release, box, width, height);
  QonysFileStream stream = {0};
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;
  double scale;

  if (format == NULL || !_qonys_picture_check_size (width, height, error))
    return FALSE;
  file = _qonys_file_new (path, release->audience != QONYS_AUDIENCE_PUBLIC, error);
  if (file == NULL)
    return FALSE;

  stream.file = file;
  surface = make_surface (format, width, height, &stream, &scale);
  if (g_str_equal (format, "pdf"))
    set_pdf_metadata (
        surface, title != NULL ? title : qonys_text3_get (&qonys_catalogue_get ()->document_title));
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  qonys_paint_sheet (cr, release->content, style, width, height, &limited, title);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && g_str_equal (format, "png"))
    status = cairo_surface_write_to_png_stream (surface, _qonys_file_stream_write, &stream);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return _qonys_file_stream_end (&stream, status, error) && !qonys_job_is_cancelled (job, error) &&
         _qonys_write_finish (file, release, layers, format, path, error);
}
