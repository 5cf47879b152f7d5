/* Films: the frames of the animated PNG, taken apart by a reader of our own, and those of the
 * folder are the pictures painted; order, timing, the log, refusals, cancelling. */

#include "release-support.h"

#include "base/error.h"
#include "geo/classes.h"
#include "release/release-private.h"

#include <cairo.h>
#include <glib/gstdio.h>

#define WIDTH_PX 400
#define HEIGHT_PX 300

static QonysProject *
make_world (void)
{
  World *world = world_new ();

  for (guint month = 1; month <= 12; month++) {
    g_autofree char *day = g_strdup_printf ("2023-%02u-10", month);

    world_add_operations (world, month % 2 ? "711110000" : "711310000", day, 4 + month);
  }
  return world_finish (world);
}

static QonysStyle
make_style (void)
{
  QonysStyle style = qonys_style_get_default ();

  style.layers[QONYS_LAYER_FICTITIOUS].is_visible = FALSE;
  style.layers[QONYS_LAYER_RAIDS].is_visible = TRUE;
  return style;
}

static QonysBox
get_box (QonysRelease *release)
{
  return qonys_districts_get_box (
      qonys_project_get_districts (qonys_release_get_project (release)));
}

static const QonysAnimation MONTHS = {.step = QONYS_STEP_MONTH,
                                      .n_steps = 1,
                                      .period = {QONYS_DAY_MISSING, QONYS_DAY_MISSING},
                                      .rate = 4};

static gboolean
write_film (QonysRelease *release, const QonysAnimation *animation, const char *path, QonysJob *job,
            GError **error)
{
  QonysStyle style = make_style ();
  QonysBox box = get_box (release);

  return qonys_release_write_animation (release, &style, &box, "Астана", WIDTH_PX, HEIGHT_PX,
                                        animation, path, job, error);
}

/* ---- a reader ---- */

static guint32
get_32 (const char *at)
{
  const guint8 *bytes = (const guint8 *)at;

  return ((guint32)bytes[0] << 24) | ((guint32)bytes[1] << 16) | ((guint32)bytes[2] << 8) |
         bytes[3];
}

/* Bit by bit, as the specification has it. */
static guint32
compute_crc (const char *bytes, gsize n)
{
  guint32 crc = 0xFFFFFFFF;

  for (gsize i = 0; i < n; i++) {
    crc ^= (guint8)bytes[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

static void
add_chunk (GByteArray *png, const char *type, const char *data, gsize n)
{
  gsize start = png->len;
  guint32 number = GUINT32_TO_BE ((guint32)n);

  g_byte_array_append (png, (const guint8 *)&number, 4);
  g_byte_array_append (png, (const guint8 *)type, 4);
  g_byte_array_append (png, (const guint8 *)data, (guint)n);
  number = GUINT32_TO_BE (compute_crc ((const char *)png->data + start + 4, n + 4));
  g_byte_array_append (png, (const guint8 *)&number, 4);
}

typedef struct {
  GPtrArray *frames; /* element-type GByteArray: PNGs of their own */
  GArray *delays_ms;
} Film;

static GByteArray *
start_frame (Film *film, const char *header)
{
  GByteArray *png = g_byte_array_new ();

  g_byte_array_append (png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  add_chunk (png, "IHDR", header, 13);
  g_ptr_array_add (film->frames, png);
  return png;
}

static Film
read_film (const char *path)
{
  Film film = {g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref),
               g_array_new (FALSE, FALSE, sizeof (guint))};
  g_autofree char *bytes = NULL;
  const char *header = NULL;
  GByteArray *png = NULL;
  guint32 sequence = 0, n_frames = 0;
  gboolean is_ended = FALSE;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  for (gsize at = 8; at < length;) {
    guint32 n = get_32 (bytes + at);
    const char *type = bytes + at + 4, *data = bytes + at + 8;

    g_assert_false (is_ended);
    g_assert_cmpuint (get_32 (data + n), ==, compute_crc (type, n + 4));
    if (memcmp (type, "IHDR", 4) == 0) {
      header = data;
    } else if (memcmp (type, "acTL", 4) == 0) {
      n_frames = get_32 (data);
      g_assert_cmpuint (get_32 (data + 4), ==, 0);
    } else if (memcmp (type, "fcTL", 4) == 0) {
      guint delay_ms = ((guint8)data[20] << 8 | (guint8)data[21]) * 1000 /
                       ((guint8)data[22] << 8 | (guint8)data[23]);

      g_assert_cmpuint (get_32 (data), ==, sequence++);
      g_assert_cmpuint (get_32 (data + 4), ==, WIDTH_PX);
      g_assert_cmpuint (get_32 (data + 8), ==, HEIGHT_PX);
      g_array_append_val (film.delays_ms, delay_ms);
      if (png != NULL)
        add_chunk (png, "IEND", "", 0);
      png = start_frame (&film, header);
    } else if (memcmp (type, "IDAT", 4) == 0) {
      g_assert_cmpuint (film.frames->len, ==, 1);
      add_chunk (png, "IDAT", data, n);
    } else if (memcmp (type, "fdAT", 4) == 0) {
      g_assert_cmpuint (get_32 (data), ==, sequence++);
      add_chunk (png, "IDAT", data + 4, n - 4);
    } else {
      g_assert_cmpmem (type, 4, "IEND", 4);
      add_chunk (png, "IEND", "", 0);
      is_ended = TRUE;
    }
    at += n + 12;
  }
  g_assert_true (is_ended);
  g_assert_cmpuint (film.frames->len, ==, n_frames);
  return film;
}

static void
film_clear (Film *film)
{
  g_ptr_array_unref (film->frames);
  g_array_unref (film->delays_ms);
}

typedef struct {
  const GByteArray *bytes;
  gsize at;
} Source;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;

  if (source->at + length > source->bytes->len)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->bytes->data + source->at, length);
  source->at += length;
  return CAIRO_STATUS_SUCCESS;
}

/* ---- what was painted ---- */

/* The classes of the values of all frames together. Returns: how many */
static guint
find_classes (QonysRelease *release, const GArray *periods, double limits[9])
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  guint n;

  for (guint i = 0; i < periods->len; i++) {
    g_autoptr (QonysRelease) seen =
        qonys_release_with_period (release, &g_array_index (periods, QonysPeriod, i));
    const GArray *districts = qonys_release_get_content (seen)->districts;

    for (guint j = 0; j < districts->len; j++)
      g_array_append_val (values, g_array_index (districts, QonysDistrictMark, j).value);
  }
  n = qonys_classes_compute ((const double *)values->data, values->len, QONYS_CLASSES_NATURAL, 5,
                             limits);
  qonys_classes_round ((const double *)values->data, values->len, limits, n);
  return n;
}

/* @periods: (nullable): of the classes; else as on the screen */
static cairo_surface_t *
paint (QonysRelease *release, const QonysPeriod *period, const GArray *periods)
{
  g_autoptr (QonysRelease) seen = qonys_release_with_period (release, period);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH_PX, HEIGHT_PX);
  cairo_t *cr = cairo_create (surface);
  QonysStyle style = make_style ();
  QonysBox box = get_box (release);

  if (periods != NULL)
    seen->content->n_classes = find_classes (release, periods, seen->content->class_limits);
  qonys_paint_sheet (cr, qonys_release_get_content (seen), &style, WIDTH_PX, HEIGHT_PX, &box,
                     "Астана");
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint
count_differing (cairo_surface_t *a, cairo_surface_t *b)
{
  guint n = 0;

  g_assert_cmpint (cairo_image_surface_get_width (a), ==, cairo_image_surface_get_width (b));
  g_assert_cmpint (cairo_image_surface_get_height (a), ==, cairo_image_surface_get_height (b));
  for (int y = 0; y < HEIGHT_PX; y++) {
    const guint32 *p = (const guint32 *)(cairo_image_surface_get_data (a) +
                                         y * cairo_image_surface_get_stride (a));
    const guint32 *q = (const guint32 *)(cairo_image_surface_get_data (b) +
                                         y * cairo_image_surface_get_stride (b));

    for (int x = 0; x < WIDTH_PX; x++)
      n += (p[x] & 0xFFFFFF) != (q[x] & 0xFFFFFF);
  }
  return n;
}

/* A frame is what the screen shows of its time, in the classes of all @periods. */
static void
check_frame (QonysRelease *release, const GByteArray *png, const GArray *periods, guint i)
{
  Source source = {png, 0};
  const QonysPeriod *period = &g_array_index (periods, QonysPeriod, i);
  cairo_surface_t *decoded = cairo_image_surface_create_from_png_stream (read_bytes, &source);
  cairo_surface_t *painted = paint (release, period, periods);
  cairo_surface_t *alone = paint (release, period, NULL);

  g_assert_cmpint (cairo_surface_status (decoded), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpuint (count_differing (decoded, painted), ==, 0);
  g_assert_cmpuint (count_differing (decoded, alone), ==, 0);
  cairo_surface_destroy (alone);
  cairo_surface_destroy (decoded);
  cairo_surface_destroy (painted);
}

static void
test_file (void)
{
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, "operations");
  g_autofree char *path = g_build_filename (support_temp_dir (), "film.png", NULL);
  g_autoptr (GArray) periods = g_array_new (FALSE, FALSE, sizeof (QonysPeriod));
  g_autoptr (GError) error = NULL;
  Film film;

  g_assert_true (write_film (release, &MONTHS, path, NULL, &error));
  g_assert_no_error (error);
  film = read_film (path);
  g_assert_cmpuint (film.frames->len, ==, 12);
  for (guint i = 0; i < film.frames->len; i++) {
    const QonysPeriod period = {qonys_day_from_ymd (2023, (int)i + 1, 1),
                                i == 11 ? day_of ("2024-01-01")
                                        : qonys_day_from_ymd (2023, (int)i + 2, 1)};

    g_array_append_val (periods, period);
  }
  for (guint i = 0; i < film.frames->len; i++) {
    g_assert_cmpuint (g_array_index (film.delays_ms, guint, i), ==, 250);
    check_frame (release, g_ptr_array_index (film.frames, i), periods, i);
  }
  film_clear (&film);
}

/* The public goes by quarters; a folder has the same pictures; a second film replaces the first. */
static void
test_folder (void)
{
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, "operations");
  g_autofree char *path = g_build_filename (support_temp_dir (), "film.apng", NULL);
  g_autofree char *folder = g_build_filename (support_temp_dir (), "frames", NULL);
  QonysAnimation animation = MONTHS;
  g_autoptr (GArray) periods = g_array_new (FALSE, FALSE, sizeof (QonysPeriod));
  g_autoptr (GError) error = NULL;
  gint64 n_before = 0, n_after = 0;
  g_autofree char *log = NULL;
  Film film;

  animation.is_cumulative = TRUE;
  animation.period.from = day_of ("2023-04-01");
  g_assert_true (write_film (release, &animation, path, NULL, &error));
  log = qonys_release_log_get_path ();
  g_assert_true (qonys_release_log_verify (log, &n_before, &error));
  g_assert_true (write_film (release, &animation, folder, NULL, &error));
  g_assert_true (qonys_release_log_verify (log, &n_after, &error));
  g_assert_cmpint (n_after, ==, n_before + 1);
  g_assert_true (write_film (release, &animation, folder, NULL, &error));
  g_assert_no_error (error);
  film = read_film (path);
  g_assert_cmpuint (film.frames->len, ==, 3);
  for (int i = 0; i < 4; i++) { /* the quarter before the film's is one of the classes' too */
    const QonysPeriod period = {QONYS_DAY_MISSING,
                                qonys_step_add (QONYS_STEP_QUARTER, day_of ("2023-04-01"), i)};

    g_array_append_val (periods, period);
  }
  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("frame-%04u.png", i + 1);
    g_autofree char *frame = g_build_filename (folder, name, NULL), *bytes = NULL;
    g_autoptr (GByteArray) png = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (frame, &bytes, &length, NULL));
    png = g_byte_array_append (g_byte_array_new (), (const guint8 *)bytes, (guint)length);
    check_frame (release, png, periods, i + 1);
    check_frame (release, g_ptr_array_index (film.frames, i), periods, i + 1);
    g_assert_cmpint (g_unlink (frame), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else is left */
  film_clear (&film);
}

/* ---- in a browser ---- */

/* What the browser's own decoder says of the film: how many frames, how long each stands, and how
 * many bytes of each differ from the picture of the folder. */
static const char SCRIPT[] =
    "const options = {colorSpaceConversion: 'none', premultiplyAlpha: 'none'};\n"
    "function getPixels(image, width, height) {\n"
    "  const context = new OffscreenCanvas(width, height).getContext('2d');\n"
    "  context.drawImage(image, 0, 0);\n"
    "  return context.getImageData(0, 0, width, height).data;\n"
    "}\n"
    "async function look() {\n"
    "  const data = await (await fetch(film)).arrayBuffer();\n"
    "  const decoder = new ImageDecoder({data, type: 'image/png', ...options});\n"
    "  await decoder.tracks.ready;\n"
    "  await decoder.completed;\n"
    "  const track = decoder.tracks.selectedTrack;\n"
    "  let text = `${track.frameCount} frames, animated ${track.animated}, again "
    "${track.repetitionCount}`;\n"
    "  for (let i = 0; i < track.frameCount; i++) {\n"
    "    const {image} = await decoder.decode({frameIndex: i});\n"
    "    const {displayWidth: width, displayHeight: height, duration} = image;\n"
    "    const blob = await (await fetch(frames[i])).blob();\n"
    "    const a = getPixels(image, width, height);\n"
    "    const b = getPixels(await createImageBitmap(blob, options), width, height);\n"
    "    const differing = a.reduce((n, value, at) => n + (value !== b[at]), 0);\n"
    "    text += `; ${width}x${height} ${duration} us, ${differing} differ`;\n"
    "  }\n"
    "  return text;\n"
    "}\n"
    "let isDone = false;\n"
    "look().catch(error => error.message).then(text => {\n"
    "  document.title = text;\n"
    "  isDone = true;\n"
    "});\n"
    "(async function () { // the browser's clock stands while something is fetched\n"
    "  while (!isDone)\n"
    "    await fetch('data:,');\n"
    "})();\n";

static void
append_file (GString *page, const char *path)
{
  g_autofree char *bytes = NULL, *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  text = g_base64_encode ((const guchar *)bytes, length);
  g_string_append_printf (page, "'data:image/png;base64,%s'", text);
}

/* In a page of its own: what the film and the frames of the folder are. */
static char *
write_page (const char *film, const char *folder, guint n_frames)
{
  g_autoptr (GString) page =
      g_string_new ("<!DOCTYPE html><title>wait</title><script>const film = ");
  char *path = g_build_filename (support_temp_dir (), "film.html", NULL);

  append_file (page, film);
  g_string_append (page, ", frames = [");
  for (guint i = 0; i < n_frames; i++) {
    g_autofree char *name = g_strdup_printf ("frame-%04u.png", i + 1);
    g_autofree char *frame = g_build_filename (folder, name, NULL);

    append_file (page, frame);
    g_string_append_c (page, ',');
  }
  g_string_append_printf (page, "];\n%s</script>\n", SCRIPT);
  g_assert_true (g_file_set_contents (path, page->str, -1, NULL));
  return path;
}

static void
test_browser (void)
{
  const guint n_frames = 12;
  g_autofree char *program = g_find_program_in_path ("chromium");
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, "operations");
  g_autofree char *film = g_build_filename (support_temp_dir (), "film.png", NULL);
  g_autofree char *folder = g_build_filename (support_temp_dir (), "frames", NULL);
  g_autofree char *profile = g_strconcat ("--user-data-dir=", support_temp_dir (), NULL);
  g_autofree char *page = NULL, *address = NULL;
  g_autoptr (GString) title = g_string_new ("12 frames, animated true, again Infinity");
  g_autoptr (GError) error = NULL;

  if (program == NULL) {
    g_test_skip ("no chromium here");
    return;
  }
  g_assert_true (write_film (release, &MONTHS, film, NULL, &error));
  g_assert_true (write_film (release, &MONTHS, folder, NULL, &error));
  g_assert_no_error (error);
  page = write_page (film, folder, n_frames);
  address = g_strconcat ("file://", page, NULL);
  for (guint i = 0; i < n_frames; i++)
    g_string_append_printf (title, "; %dx%d 250000 us, 0 differ", WIDTH_PX, HEIGHT_PX);
  {
    const char *words[] = {program,         "--headless", "--no-sandbox",
                           "--disable-gpu", profile,      "--virtual-time-budget=20000",
                           "--dump-dom",    address,      NULL};
    g_auto (SupportRun) run = support_run (words, NULL);
    g_auto (GStrv) pieces = g_strsplit_set (strstr (run.output, "<title>"), "<>", 4);

    g_assert_cmpstr (pieces[2], ==, title->str);
  }
}

static void
test_refused (void)
{
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, "operations");
  g_autofree char *path = g_build_filename (support_temp_dir (), "none.png", NULL);
  g_autofree char *folder = g_build_filename (support_temp_dir (), "none", NULL);
  QonysAnimation animation = MONTHS;
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysJob) job = qonys_job_new ("film");

  animation.period.from = day_of ("2030-01-01");
  g_assert_false (write_film (release, &animation, path, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  animation = MONTHS;
  animation.rate = 0;
  g_assert_false (write_film (release, &animation, path, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_USAGE);
  g_clear_error (&error);
  qonys_job_cancel (job);
  g_assert_false (write_film (release, &MONTHS, path, job, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (write_film (release, &MONTHS, folder, job, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/animation/file", test_file);
  g_test_add_func ("/release/animation/folder", test_folder);
  g_test_add_func ("/release/animation/browser", test_browser);
  g_test_add_func ("/release/animation/refused", test_refused);
  return release_test_run ();
}
