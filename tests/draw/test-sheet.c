/* Whole sheets and the legend: nothing cut, nothing forgotten. */

#include "draw-support.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
test_synthetic_mark (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  static const QonysColor band = {0xFB, 0xDD, 0x84, 255};
  QonysStyle style = qonys_style_get_default ();
  cairo_surface_t *real = paint_sheet (content, &style, 1024, 768, NULL), *synthetic;
  g_autofree char *said = NULL;

  g_assert_null (qonys_content_get_synthetic_mark (content));
  content->is_synthetic = TRUE;
  synthetic = paint_sheet (content, &style, 1024, 768, NULL);
  g_assert_cmpstr (qonys_content_get_synthetic_mark (content), ==,
                   "ОҚУ ДЕРЕКТЕРІ / УЧЕБНЫЕ ДАННЫЕ");
  g_assert_cmpuint (count_color (real, band), ==, 0);
  g_assert_cmpuint (count_color (synthetic, band), >, 5000);
  said = qonys_content_get_attribution (content, &style);
  g_assert_nonnull (strstr (said, "Training data"));
  cairo_surface_destroy (real);
  cairo_surface_destroy (synthetic);
}

/* Whoever drew the ground is named, on the screen and on paper. */
static void
test_credit (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_ADDRESSES);
  QonysStyle style = qonys_style_get_default ();

  for (gboolean is_schematic = FALSE; is_schematic <= TRUE; is_schematic++) {
    g_autofree char *said = NULL;

    style.has_schematic_base = is_schematic;
    said = qonys_content_get_attribution (content, &style);
    g_assert_nonnull (strstr (said, "© OpenStreetMap contributors"));
    g_assert_nonnull (strstr (said, "25.01.2024"));
    g_assert_nonnull (strstr (said, "schematic"));
  }
}

static void
test_audience (void)
{
  for (guint audience = QONYS_AUDIENCE_PUBLIC; audience <= QONYS_AUDIENCE_OFFICIAL; audience++) {
    g_autoptr (QonysContent) content = make_content (audience, WITH_ADDRESSES);
    QonysStyle style = qonys_style_get_default ();
    cairo_surface_t *image = paint_sheet (content, &style, 1366, 768, NULL);
    QonysColor color = qonys_audience_get_color (audience);
    const int corners[][2] = {{1, 1}, {1364, 1}, {1, 766}, {1364, 766}};

    for (guint i = 0; i < 4; i++) {
      guint32 pixel = get_pixel (image, corners[i][0], corners[i][1]) & 0xFFFFFF;
      if (audience == QONYS_AUDIENCE_PUBLIC)
        g_assert_cmpuint (pixel, ==, 0xFFFFFF);
      else
        g_assert_cmpuint (pixel, ==, (guint32)(color.red << 16 | color.green << 8 | color.blue));
    }
    cairo_surface_destroy (image);
  }
}

static void
test_sizes (void)
{
  static const int sizes[][2] = {{1366, 768}, {1024, 768}, {794, 1123}, {1920, 1080}, {400, 300}};
  static const char long_title[] =
      "Астана қаласындағы көші-қон процестерінің қазіргі жағдайы мен даму перспективалары туралы "
      "заңдылық, құқық тәртібі және жұртшылықпен жұмыс мәселелері жөніндегі тұрақты комиссияның "
      "қаулысы және оны орындау барысы туралы ақпарат";

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gboolean is_dark = FALSE; is_dark <= TRUE; is_dark++) {
      g_autoptr (QonysContent) content =
          make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
      QonysStyle style = qonys_style_get_default ();
      cairo_surface_t *own, *given;

      style.is_dark = is_dark;
      own = paint_sheet (content, &style, sizes[i][0], sizes[i][1], NULL);
      given = paint_sheet (content, &style, sizes[i][0], sizes[i][1], long_title);
      g_assert_cmpuint (count_all_differences (own, given), >, 100);
      cairo_surface_destroy (own);
      cairo_surface_destroy (given);
    }
}

static void
test_legend_width (void)
{
  for (guint with = 0; with < 3; with++)
    for (double max = 140; max <= 400; max += 65)
      for (double scale = 1; scale < 2; scale += 0.5) {
        g_autoptr (QonysContent) content = make_content (
            QONYS_AUDIENCE_PUBLIC, (WithMarks[]){WITH_NOTHING, WITH_CELLS, WITH_ADDRESSES}[with]);
        QonysStyle style = qonys_style_get_default ();
        int side = (int)max + 200;
        cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, 1600);
        cairo_t *cr = cairo_create (image);
        double width, height, painted_width, painted_height;
        int right = 0, bottom = 0;

        style.text_scale = scale;
        content->statistic_note = g_strdup ("Қала бойынша барлығы 35 755; аудандар бойынша "
                                            "деректер жүктелмеген");
        qonys_paint_legend (NULL, content, &style, max, &width, &height);
        qonys_paint_legend (cr, content, &style, max, &painted_width, &painted_height);
        cairo_destroy (cr);
        cairo_surface_flush (image);
        g_assert_cmpfloat (width, ==, painted_width);
        g_assert_cmpfloat (height, ==, painted_height);
        g_assert_cmpfloat (width, <=, max + 0.5);
        for (int y = 0; y < 1600; y++)
          for (int x = 0; x < side; x++)
            if (get_pixel (image, x, y) != 0) {
              right = MAX (right, x);
              bottom = MAX (bottom, y);
            }
        g_assert_cmpint (right, <=, (int)ceil (max) + 1);
        g_assert_cmpint (bottom, <=, (int)ceil (height) + 1);
        g_assert_cmpint (bottom, >, 30);
        cairo_surface_destroy (image);
      }
}

static double
get_legend_height (const QonysContent *content, const QonysStyle *style)
{
  double width, height;

  qonys_paint_legend (NULL, content, style, 260, &width, &height);
  return height;
}

/* A swatch for "no data" and "hidden" stands in the legend if and only if they are on the map. */
static void
test_legend_states (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, 1);
  QonysStyle style = qonys_style_get_default ();
  double plain = get_legend_height (content, &style), one;

  mark->state = QONYS_VALUE_MISSING;
  mark->value = NAN;
  one = get_legend_height (content, &style);
  g_assert_cmpfloat (one, >, plain + 10);
  mark[1].state = QONYS_VALUE_SUPPRESSED;
  mark[1].value = NAN;
  g_assert_cmpfloat (get_legend_height (content, &style), >, one + 10);
  style.layers[QONYS_LAYER_DISTRICTS].is_visible = FALSE;
  g_assert_cmpfloat (get_legend_height (content, &style), <=, 0);
}

static void
test_layer_words (void)
{
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    QonysLayer layer;

    g_assert_true (qonys_layer_parse (qonys_layer_get_id (i), &layer));
    g_assert_cmpint (layer, ==, i);
    g_assert_cmpstr (qonys_layer_get_title (i), !=, "");
  }
  g_assert_false (qonys_layer_parse ("rivers", &(QonysLayer){0}));
}

static cairo_status_t
append (gpointer data, const guchar *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* On paper text is text: a reader of the PDF finds the Kazakh names. */
static void
test_pdf (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  QonysStyle style = qonys_style_get_default ();
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  QonysCamera camera = make_camera (100, 100);
  QonysBox box = qonys_camera_get_box (&camera);
  g_autofree char *path = NULL, *command = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, pdf, 842, 595);
  cairo_t *cr = cairo_create (surface);
  int fd;

  style.layers[QONYS_LAYER_OVERCROWDED].opacity = 0.7;
  qonys_paint_sheet (cr, content, &style, 842, 595, &box, NULL);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  g_assert_cmpuint (pdf->len, >, 5000);
  if (!program) {
    g_test_skip ("no pdftotext");
    return;
  }
  fd = g_file_open_tmp ("qonys-XXXXXX.pdf", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, (const char *)pdf->data, pdf->len, &error);
  g_assert_no_error (error);
  command = g_strdup_printf ("%s -raw %s -", program, path);
  g_spawn_command_line_sync (command, &text, NULL, NULL, &error);
  g_unlink (path);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Байқоңыр ауданы"));
  g_assert_nonnull (strstr (text, "көші-қон процестерінің"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/synthetic-mark", test_synthetic_mark);
  g_test_add_func ("/sheet/credit", test_credit);
  g_test_add_func ("/sheet/audience", test_audience);
  g_test_add_func ("/sheet/sizes", test_sizes);
  g_test_add_func ("/sheet/legend-width", test_legend_width);
  g_test_add_func ("/sheet/legend-states", test_legend_states);
  g_test_add_func ("/sheet/layer-words", test_layer_words);
  g_test_add_func ("/sheet/pdf", test_pdf);
  return g_test_run ();
}
