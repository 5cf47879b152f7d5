/* Paper: one thing at a time, painted by the painters of the screen. */

#include "release/pages-private.h"

#include "base/error.h"
#include "base/sha256.h"
#include "domain/catalogue.h"
#include "release/log-private.h"
#include "release/write-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define A4_SHORT_PT 595.276
#define A4_LONG_PT 841.89
#define POINTS_PER_PX 0.75

struct _QonysPages {
  gatomicrefcount ref_count;
  QonysRelease *release;
  const char *layer;
  char *title, *recipient; /* nobody: NULL */
  GPtrArray *documents;    /* (element-type QonysDocument): one behind the other; none: a sheet */
  gboolean is_landscape;
  QonysStyle style;
  QonysBox box;
  double width_pt, height_pt;
};

static QonysPages *
pages_new (QonysRelease *release, const char *layer, const char *title)
{
  QonysPages *pages = g_new0 (QonysPages, 1);

  g_atomic_ref_count_init (&pages->ref_count);
  pages->release = qonys_release_ref (release);
  pages->layer = layer;
  pages->title = g_strdup (title);
  pages->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_document_free);
  return pages;
}

QonysPages *
_qonys_pages_new (QonysRelease *release, const char *layer, const char *title,
                  QonysDocument *document)
{
  QonysPages *pages = pages_new (release, layer, title);

  g_ptr_array_add (pages->documents, document);
  return pages;
}

QonysPages *
_qonys_pages_new_report (QonysRelease *release, const char *layer, const char *title,
                         const char *recipient)
{
  QonysPages *pages = pages_new (release, layer, title);

  pages->recipient = g_strdup (recipient);
  pages->is_landscape = TRUE;
  return pages;
}

void
_qonys_pages_add (QonysPages *pages, QonysDocument *document)
{
  g_ptr_array_add (pages->documents, document);
}

QonysPages *
qonys_release_make_sheet (QonysRelease *release, const QonysStyle *style, const QonysBox *box)
{
  QonysPages *pages =
      pages_new (release, "map", qonys_text3_get (&qonys_catalogue_get ()->document_title));

  pages->is_landscape = TRUE;
  pages->style = *style;
  pages->style.is_dark = FALSE; /* paper is white */
  pages->box = *box;
  return pages;
}

QonysPages *
qonys_pages_ref (QonysPages *pages)
{
  g_atomic_ref_count_inc (&pages->ref_count);
  return pages;
}

void
qonys_pages_unref (QonysPages *pages)
{
  if (!g_atomic_ref_count_dec (&pages->ref_count))
    return;
  g_ptr_array_unref (pages->documents);
  g_free (pages->recipient);
  qonys_release_unref (pages->release);
  g_free (pages->title);
  g_free (pages);
}

const char *
qonys_pages_get_title (const QonysPages *pages)
{
  return pages->title;
}

gboolean
qonys_pages_is_landscape (const QonysPages *pages)
{
  return pages->is_landscape;
}

guint
qonys_pages_paginate (QonysPages *pages, double width_pt, double height_pt)
{
  guint n = 0;

  pages->width_pt = width_pt;
  pages->height_pt = height_pt;
  if (pages->documents->len == 0)
    return 1;
  for (guint i = 0; i < pages->documents->len; i++)
    n += qonys_document_paginate (pages->documents->pdata[i], width_pt, height_pt);
  return n;
}

void
qonys_pages_paint (QonysPages *pages, cairo_t *cr, guint page)
{
  for (guint i = 0; i < pages->documents->len; i++) {
    guint n = qonys_document_get_n_pages (pages->documents->pdata[i]);

    if (page < n) {
      qonys_document_paint (pages->documents->pdata[i], cr, page);
      return;
    }
    page -= n;
  }
  cairo_save (cr);
  cairo_scale (cr, POINTS_PER_PX, POINTS_PER_PX);
  qonys_paint_sheet (cr, pages->release->content, &pages->style, pages->width_pt / POINTS_PER_PX,
                     pages->height_pt / POINTS_PER_PX, &pages->box, NULL);
  cairo_restore (cr);
}

/* ---- PDF ---- */

/* Pages on a surface of the write function given. */
static cairo_status_t
write_pages (QonysPages *pages, cairo_write_func_t write, gpointer data)
{
  gboolean is_landscape = qonys_pages_is_landscape (pages);
  double width_pt = is_landscape ? A4_LONG_PT : A4_SHORT_PT;
  double height_pt = is_landscape ? A4_SHORT_PT : A4_LONG_PT;
  guint n = qonys_pages_paginate (pages, width_pt, height_pt);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write, data, width_pt, height_pt);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, pages->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Qonys " QONYS_VERSION);
  for (guint page = 0; page < n; page++) {
    qonys_pages_paint (pages, cr, page);
    cairo_show_page (cr);
  }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

typedef struct {
  QonysFile *file;
  GError *error;
} Stream;

static cairo_status_t
write_to_file (void *closure, const unsigned char *data, unsigned int length)
{
  Stream *stream = closure;

  return stream->error == NULL &&
                 _qonys_file_write (stream->file, (const char *)data, length, &stream->error)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

gboolean
qonys_pages_write_pdf (QonysPages *pages, const char *path, QonysJob *job, GError **error)
{
  g_autoptr (QonysFile) file =
      _qonys_file_new (path, pages->release->audience != QONYS_AUDIENCE_PUBLIC, error);
  Stream stream = {.file = file};
  cairo_status_t status;

  if (file == NULL)
    return FALSE;
  status = write_pages (pages, write_to_file, &stream);
  if (stream.error != NULL) {
    g_propagate_error (error, stream.error);
    return FALSE;
  }
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                 _ ("The pages could not be drawn; free some memory and try again (%s)."),
                 cairo_status_to_string (status));
    return FALSE;
  }
  return !qonys_job_is_cancelled (job, error) &&
         _qonys_write_finish_for (file, pages->release, pages->layer, "pdf", pages->recipient, path,
                                  error);
}

/* ---- print ---- */

typedef struct {
  QonysSha256 *sha;
  gint64 size;
} Hash;

static cairo_status_t
write_to_hash (void *closure, const unsigned char *data, unsigned int length)
{
  Hash *hash = closure;

  qonys_sha256_add (hash->sha, data, length);
  hash->size += length;
  return CAIRO_STATUS_SUCCESS;
}

gboolean
qonys_pages_log_print (QonysPages *pages, GError **error)
{
  g_autoptr (QonysSha256) sha = qonys_sha256_new ();
  Hash hash = {sha, 0};
  QonysLogEntry entry = {.release = pages->release,
                         .layer = pages->layer,
                         .recipient = pages->recipient,
                         .format = "print",
                         .file_name = ""};

  write_pages (pages, write_to_hash, &hash); /* the same as a file of it would be */
  entry.sha256 = qonys_sha256_get (sha);
  entry.size = hash.size;
  return _qonys_log_append (&entry, error);
}
