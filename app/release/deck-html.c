/* Decks as one page for any browser: the template that comes with the program, filled with each
 * scene's picture, title and text in three languages. Pictures are PNG or SVG, whichever is
 * smaller, as data: addresses; some 5 MB for eight scenes, 3 s. The page may fetch nothing: its
 * policy allows no address, and of style and script only those whose hashes it names. */

#include "release/deck-private.h"

#include "base/error.h"
#include "domain/bundle.h"
#include "release/release-private.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>

#define SPLIT (-1) /* in the middle of what the scene shows */

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* ---- pictures ---- */

static GByteArray *
paint (const QonysSlide *slide, const QonysDeckFormat *format, gboolean is_svg)
{
  const QonysSlideView view = {format->width_px, format->height_px, format->is_dark, SPLIT, NULL};
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      is_svg ? cairo_svg_surface_create_for_stream (append, bytes, view.width_px, view.height_px)
             : cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)view.width_px,
                                           (int)view.height_px);
  cairo_t *cr;

  if (is_svg)
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cr = cairo_create (surface);
  qonys_paint_slide (cr, qonys_slide_get_content (slide), &view, NULL);
  cairo_destroy (cr);
  if (!is_svg)
    cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_destroy (surface);
  return bytes;
}

static void
add_picture (GString *page, const QonysSlide *slide, const QonysDeckFormat *format,
             const char *language)
{
  g_autoptr (GByteArray) png = paint (slide, format, FALSE), svg = paint (slide, format, TRUE);
  const GByteArray *smaller = svg->len < png->len ? svg : png;
  g_autofree char *words = qonys_slide_describe (qonys_slide_get_content (slide));
  g_autofree char *alt = g_markup_escape_text (words, -1);
  g_autofree char *data = g_base64_encode (smaller->data, smaller->len);

  g_string_append_printf (page,
                          "<figure class=\"t\" lang=\"%s\"><img width=\"%d\" height=\"%d\" "
                          "alt=\"%s\" src=\"data:image/%s;base64,",
                          language, (int)format->width_px, (int)format->height_px, alt,
                          smaller == svg ? "svg+xml" : "png");
  g_string_append (page, data);
  g_string_append (page, "\"></figure>\n");
}

static void
add_element (GString *page, const char *element, const char *language, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (*text != '\0')
    g_string_append_printf (page, "<%s class=\"t\" lang=\"%s\">%s</%s>\n", element, language,
                            escaped, element);
}

/* ---- the page ---- */

/* What stands in the template's places; of each language a piece. */
typedef struct {
  GString **scenes; /* one a scene */
  GString *back, *next, *languages, *hints;
  char *title; /* in the first language */
} Page;

static void
page_clear (Page *page, guint n_scenes)
{
  GString *pieces[] = {page->back, page->next, page->languages, page->hints};

  for (guint i = 0; i < n_scenes; i++)
    g_string_free (page->scenes[i], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_string_free (pieces[i], TRUE);
  g_free (page->scenes);
  g_free (page->title);
}

static void
add_words (Page *page, const char *language)
{
  g_autofree char *hint = NULL;

  add_element (page->back, "span", language, _ ("Back"));
  add_element (page->next, "span", language, _ ("Next"));
  hint = g_markup_escape_text (
      _ ("Keys: arrows or space turn the pages, a number jumps, Home and End go to the first and "
         "the last, L changes the language."),
      -1);
  g_string_append_printf (page->hints, "<p class=\"hint t\" lang=\"%s\">%s</p>\n", language, hint);
}

/* Everything in the language now set. */
static gboolean
add_language (QonysDeck *deck, const QonysDeckFormat *format, Page *page, double done,
              QonysJob *job, GError **error)
{
  const GPtrArray *scenes = qonys_deck_get_scenes (deck);
  const char *language = qonys_language_get_code (qonys_language_get ());

  add_words (page, language);
  for (guint i = 0; i < scenes->len; i++) {
    g_autoptr (QonysSlide) slide =
        _qonys_deck_make_whole_slide (deck, g_ptr_array_index (scenes, i), job, error);
    const QonysSlideContent *content;

    if (slide == NULL || qonys_job_is_cancelled (job, error))
      return FALSE;
    content = qonys_slide_get_content (slide);
    add_picture (page->scenes[i], slide, format, language);
    add_element (page->scenes[i], "h2", language, content->title);
    add_element (page->scenes[i], "p", language, content->text);
    if (content->assumptions != NULL) /* the picture has them in short */
      add_element (page->scenes[i], "p", language, content->assumptions);
    if (page->title == NULL)
      page->title = g_markup_escape_text (content->title, -1);
    qonys_job_set_progress (job, done + (i + 1.0) / scenes->len / QONYS_N_LANGUAGES);
  }
  return TRUE;
}

/* The hash of what stands between two tags of the template, as a policy names it. */
static char *
hash_between (const char *template, const char *begin, const char *end)
{
  const char *from = strstr (template, begin) + strlen (begin);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *)from, strstr (from, end) - from);
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

static gboolean
put_place (const GMatchInfo *match, GString *result, gpointer values)
{
  g_autofree char *name = g_match_info_fetch (match, 1);
  const char *value = g_hash_table_lookup (values, name);

  g_string_append (result, value != NULL ? value : "");
  return FALSE;
}

/* In one pass: what people wrote is never taken for a place. */
static char *
fill_template (const Page *page, guint n_scenes)
{
  g_autoptr (GBytes) bytes = qonys_bundle_load ("story.html");
  g_autofree char *template = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *style = hash_between (template, "<style>", "</style>");
  g_autofree char *script = hash_between (template, "<script>", "</script>");
  g_autofree char *count = g_strdup_printf ("%u", n_scenes);
  g_autoptr (GString) scenes = g_string_new (NULL);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GRegex) place = g_regex_new ("@([A-Z_]+)@", G_REGEX_OPTIMIZE, 0, NULL);

  for (guint i = 0; i < n_scenes; i++)
    g_string_append_printf (scenes, "<section>\n%s</section>\n", page->scenes[i]->str);
  g_hash_table_insert (values, (gpointer) "LANGUAGE",
                       (gpointer)qonys_language_get_code (qonys_language_get ()));
  g_hash_table_insert (values, (gpointer) "STYLE_HASH", style);
  g_hash_table_insert (values, (gpointer) "SCRIPT_HASH", script);
  g_hash_table_insert (values, (gpointer) "GENERATOR", (gpointer) "Qonys " QONYS_VERSION);
  g_hash_table_insert (values, (gpointer) "TITLE", page->title);
  g_hash_table_insert (values, (gpointer) "COUNT", count);
  g_hash_table_insert (values, (gpointer) "BACK", page->back->str);
  g_hash_table_insert (values, (gpointer) "NEXT", page->next->str);
  g_hash_table_insert (values, (gpointer) "LANGUAGES", page->languages->str);
  g_hash_table_insert (values, (gpointer) "SCENES", scenes->str);
  g_hash_table_insert (values, (gpointer) "HINTS", page->hints->str);
  return g_regex_replace_eval (place, template, -1, 0, 0, put_place, values, NULL);
}

static char *
make_page (QonysDeck *deck, const QonysDeckFormat *format, QonysJob *job, GError **error)
{
  const guint n_scenes = qonys_deck_get_scenes (deck)->len;
  QonysLanguage first = qonys_language_get ();
  Page page = {g_new (GString *, n_scenes), g_string_new (NULL), g_string_new (NULL),
               g_string_new (NULL),         g_string_new (NULL), NULL};
  gboolean is_ok = TRUE;
  char *text = NULL;

  for (guint i = 0; i < n_scenes; i++)
    page.scenes[i] = g_string_new (NULL);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    g_string_append_printf (page.languages,
                            "<button type=\"button\" data-lang=\"%s\" lang=\"%s\" "
                            "aria-pressed=\"false\">%s</button>\n",
                            qonys_language_get_code (i), qonys_language_get_code (i),
                            qonys_language_get_name (i));
  for (guint i = 0; i < QONYS_N_LANGUAGES && is_ok; i++) { /* the one now set first */
    qonys_language_set ((first + i) % QONYS_N_LANGUAGES);
    is_ok = add_language (deck, format, &page, (double)i / QONYS_N_LANGUAGES, job, error);
  }
  qonys_language_set (first);
  if (is_ok)
    text = fill_template (&page, n_scenes);
  page_clear (&page, n_scenes);
  return text;
}

gboolean
qonys_deck_write_html (QonysDeck *deck, const QonysDeckFormat *format, const char *path,
                       QonysJob *job, GError **error)
{
  g_autoptr (QonysFile) file = NULL;
  g_autofree char *page = NULL;

  if (qonys_deck_get_release (deck)->audience != QONYS_AUDIENCE_PUBLIC) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_REFUSED,
                         _ ("A page for the browser is passed from hand to hand, so it is written "
                            "of the public view only. Use the public view, or write a PDF."));
    return FALSE;
  }
  if (!_qonys_deck_check (deck, format, error))
    return FALSE;
  file = _qonys_file_new (path, FALSE, error);
  if (file == NULL)
    return FALSE;
  page = make_page (deck, format, job, error);
  return page != NULL && _qonys_file_write (file, page, strlen (page), error) &&
         _qonys_deck_finish_file (deck, file, "html", path, error);
}
