/* Decks as PDF and as a folder of PNGs: one slide at a time, made, painted and let go. A slide of
 * 1920 × 1080 takes some 0.1 s, most of it the deflating of its PNG. */

#include "release/deck-private.h"

#include "base/error.h"
#include "domain/scene.h"
#include "release/picture-private.h"
#include "release/release-private.h"
#include "release/write-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PAPER_WIDTH_PX (210 / 25.4 * 96) /* A4 */
#define PAPER_HEIGHT_PX (297 / 25.4 * 96)
#define PAPER_MARGIN_PX 40.0
#define SPLIT (-1) /* in the middle of what the scene shows */

gboolean
_qonys_deck_check (const QonysDeck *deck, const QonysDeckFormat *format, GError **error)
{
  if (qonys_deck_get_scenes (deck)->len > 0)
    return _qonys_picture_check_size (format->width_px, format->height_px, error);
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                       _ ("The project has no story yet. Make scenes first, or take the story "
                          "that comes with the program."));
  return FALSE;
}

gboolean
_qonys_deck_finish_file (const QonysDeck *deck, QonysFile *file, const char *format,
                         const char *path, GError **error)
{
  /* The log shall not name the statistic the window was coloured by. */
  g_autoptr (QonysRelease) release =
      qonys_release_with_statistic (qonys_deck_get_release (deck), NULL);

  return _qonys_write_finish (file, release, "story", format, path, error);
}

static QonysFile *
open_file (const QonysDeck *deck, const char *path, GError **error)
{
  return _qonys_file_new (path, qonys_deck_get_release (deck)->audience != QONYS_AUDIENCE_PUBLIC,
                          error);
}

static gboolean
paint (cairo_t *cr, const QonysSlide *slide, const QonysDeckFormat *format, QonysJob *job,
       GError **error)
{
  const QonysSlideView view = {format->width_px, format->height_px, format->is_dark, SPLIT, NULL};

  qonys_paint_slide (cr, qonys_slide_get_content (slide), &view,
                     job != NULL ? qonys_job_get_cancellable (job) : NULL);
  return !qonys_job_is_cancelled (job, error);
}

/* ---- PDF ---- */

/* The slide above, the notes below and on as many pages as they need. */
static gboolean
add_notes_pages (cairo_surface_t *surface, cairo_t *cr, const QonysSlide *slide,
                 const QonysDeckFormat *format, QonysJob *job, GError **error)
{
  double width = PAPER_WIDTH_PX - 2 * PAPER_MARGIN_PX, scale, top;
  guint line = 0;
  gboolean has_more;

  scale = MIN (width / format->width_px, 0.6 * PAPER_HEIGHT_PX / format->height_px);
  cairo_pdf_surface_set_size (surface, PAPER_WIDTH_PX * QONYS_POINTS_PER_PX,
                              PAPER_HEIGHT_PX * QONYS_POINTS_PER_PX);
  cairo_save (cr);
  cairo_translate (cr, (PAPER_WIDTH_PX - scale * format->width_px) / 2, PAPER_MARGIN_PX);
  cairo_scale (cr, scale, scale);
  if (!paint (cr, slide, format, job, error))
    return FALSE;
  cairo_restore (cr);
  top = PAPER_MARGIN_PX + scale * format->height_px + PAPER_MARGIN_PX / 2;
  do {
    cairo_save (cr);
    cairo_translate (cr, 0, top);
    has_more = qonys_paint_slide_notes (cr, qonys_slide_get_content (slide), PAPER_WIDTH_PX,
                                        PAPER_HEIGHT_PX - PAPER_MARGIN_PX - top, &line);
    cairo_restore (cr);
    cairo_show_page (cr);
    top = PAPER_MARGIN_PX;
  } while (has_more);
  return TRUE;
}

static gboolean
add_pages (QonysDeck *deck, const QonysDeckFormat *format, cairo_surface_t *surface, cairo_t *cr,
           QonysJob *job, GError **error)
{
  const GPtrArray *scenes = qonys_deck_get_scenes (deck);

  for (guint i = 0; i < scenes->len; i++) {
    g_autoptr (QonysSlide) slide =
        _qonys_deck_make_whole_slide (deck, g_ptr_array_index (scenes, i), job, error);

    if (slide == NULL)
      return FALSE;
    if (i == 0)
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                      qonys_slide_get_content (slide)->title);
    if (format->has_notes) {
      if (!add_notes_pages (surface, cr, slide, format, job, error))
        return FALSE;
    } else {
      if (!paint (cr, slide, format, job, error))
        return FALSE;
      cairo_show_page (cr);
    }
    qonys_job_set_progress (job, (i + 1.0) / scenes->len);
  }
  return TRUE;
}

gboolean
qonys_deck_write_pdf (QonysDeck *deck, const QonysDeckFormat *format, const char *path,
                      QonysJob *job, GError **error)
{
  g_autoptr (QonysFile) file = NULL;
  QonysFileStream stream = {NULL, NULL};
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean is_ok;

  if (!_qonys_deck_check (deck, format, error))
    return FALSE;
  file = open_file (deck, path, error);
  if (file == NULL)
    return FALSE;
  stream.file = file;
  surface = cairo_pdf_surface_create_for_stream (_qonys_file_stream_write, &stream,
                                                 format->width_px * QONYS_POINTS_PER_PX,
                                                 format->height_px * QONYS_POINTS_PER_PX);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Qonys " QONYS_VERSION);
  cr = cairo_create (surface);
  cairo_scale (cr, QONYS_POINTS_PER_PX, QONYS_POINTS_PER_PX);
  is_ok = add_pages (deck, format, surface, cr, job, error);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  is_ok = is_ok && _qonys_file_stream_end (&stream, cairo_surface_status (surface), error);
  g_clear_error (&stream.error); /* of a file given up */
  cairo_surface_destroy (surface);
  return is_ok && _qonys_deck_finish_file (deck, file, "pdf", path, error);
}

/* ---- PNG ---- */

static gboolean
write_png (QonysDeck *deck, const QonysDeckFormat *format, const QonysSlide *slide,
           const char *path, QonysJob *job, GError **error)
{
  g_autoptr (QonysFile) file = open_file (deck, path, error);
  QonysFileStream stream = {file, NULL};
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean is_ok;

  if (file == NULL)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)format->width_px,
                                        (int)format->height_px);
  cr = cairo_create (surface);
  is_ok = paint (cr, slide, format, job, error);
  cairo_destroy (cr);
  is_ok = is_ok && _qonys_file_stream_end (&stream,
                                           cairo_surface_write_to_png_stream (
                                               surface, _qonys_file_stream_write, &stream),
                                           error);
  cairo_surface_destroy (surface);
  return is_ok && _qonys_deck_finish_file (deck, file, "png", path, error);
}

gboolean
qonys_deck_write_png (QonysDeck *deck, const QonysDeckFormat *format, const char *folder,
                      QonysJob *job, GError **error)
{
  const GPtrArray *scenes = qonys_deck_get_scenes (deck);

  if (!_qonys_deck_check (deck, format, error))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0777) != 0) {
    int code = errno;

    qonys_error_set_from_gio (
        error, folder,
        g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
    return FALSE;
  }
  for (guint i = 0; i < scenes->len; i++) {
    const QonysEntry *scene = g_ptr_array_index (scenes, i);
    g_autoptr (QonysSlide) slide = _qonys_deck_make_whole_slide (deck, scene, job, error);
    g_autofree char *name = g_strdup_printf (
        "%02u-%s.png", i + 1, qonys_scene_type_get_word (qonys_scene_get_type (scene)));
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (slide == NULL || !write_png (deck, format, slide, path, job, error))
      return FALSE;
    qonys_job_set_progress (job, (i + 1.0) / scenes->len);
  }
  return TRUE;
}
