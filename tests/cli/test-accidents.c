/* A real point series of 13,663 rows and fifteen years, with the district codes of their time,
 * taken for operations: imported, released, exported, and counted anew from the source. */

#include "cli-support.h"

#include "base/date.h"
#include "geo/mercator.h"
#include "release/release.h"
#include "store/store.h"

#define FIRST_YEAR 2011
#define N_YEARS 20

/* District codes of the source and ours. */
static const struct {
  const char *theirs, *kato;
} CODES[] = {
    {"197111", "711110000"}, {"197113", "711310000"}, {"197115", "711210000"},
    {"197121", "711410000"}, {"197123", "711510000"}, {"197124", "711610000"},
};

typedef struct {
  guint n_rows, n_foreign; /* of another place: to be rejected */
  guint n_by_year[G_N_ELEMENTS (CODES)][N_YEARS];
  guint n_by_quarter[G_N_ELEMENTS (CODES)][N_YEARS][4];
} Counts;

/* The next field of a line of RFC 4180; fields hold no line ends. */
static char *
take_field (const char **line)
{
  GString *field = g_string_new (NULL);
  gboolean is_quoted = FALSE;
  const char *p = *line;

  for (; *p != '\0' && *p != '\r' && (is_quoted || *p != ','); p++)
    if (*p == '"')
      is_quoted = !is_quoted;
    else
      g_string_append_c (field, *p);
  *line = *p == ',' ? p + 1 : p;
  return g_string_free (field, FALSE);
}

enum { OBJECT_ID = 0, DATE_TIME = 4, DISTRICT = 6, LON = 19, LAT = 20, N_FIELDS = 21 };

static void
count (Counts *counts, guint district, const char *day)
{
  int year = atoi (day), month = atoi (day + 5);

  g_assert_true (year >= FIRST_YEAR && year < FIRST_YEAR + N_YEARS);
  counts->n_by_year[district][year - FIRST_YEAR]++;
  counts->n_by_quarter[district][year - FIRST_YEAR][(month - 1) / 3]++;
}

/* Even-odd by plain counting of edges to the east. */
static gboolean
contains (const QonysShape *shape, double x, double y)
{
  gboolean is_inside = FALSE;

  for (guint ring = 0; ring < shape->n_rings; ring++)
    for (guint i = shape->ring_starts[ring]; i + 1 < shape->ring_starts[ring + 1]; i++)
      if ((shape->y[i] > y) != (shape->y[i + 1] > y) &&
          x < shape->x[i] + (y - shape->y[i]) / (shape->y[i + 1] - shape->y[i]) *
                                (shape->x[i + 1] - shape->x[i]))
        is_inside = !is_inside;
  return is_inside;
}

/* The district that held a place on a day; −1 none. */
static int
locate (const QonysDistricts *districts, const char *day, double lon_deg, double lat_deg)
{
  g_autoptr (GPtrArray) units = NULL;
  QonysDay number;

  g_assert_true (qonys_day_parse (day, &number));
  units = qonys_districts_get_on_day (districts, number);
  for (guint i = 0; i < units->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (units, i);

    if (!contains (district->shape, qonys_mercator_x (lon_deg), qonys_mercator_y (lat_deg)))
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (CODES); j++)
      if (g_str_equal (CODES[j].kato, district->kato))
        return j;
  }
  return -1;
}

/* Writes the accidents as operations and counts them. */
static void
convert (const char *source, const char *target, Counts *counts)
{
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (NULL);
  g_autoptr (GString) written = g_string_new ("op_key,kind,district,date_start,date_end,lon,lat\n");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  memset (counts, 0, sizeof *counts);
  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
    const char *line = lines[i], *code, *kato;
    g_autofree char *day = NULL;
    int district = -1;

    for (guint j = 0; j < N_FIELDS; j++)
      g_ptr_array_add (fields, take_field (&line));
    code = g_ptr_array_index (fields, DISTRICT);
    day = g_strndup (g_ptr_array_index (fields, DATE_TIME), 10);
    for (guint j = 0; j < G_N_ELEMENTS (CODES); j++)
      if (g_str_equal (code, CODES[j].theirs))
        district = j;
    /* The city's own code, or none: the place tells the district. */
    kato = district >= 0                                   ? CODES[district].kato
           : *code == '\0' || g_str_equal (code, "197110") ? "710000000"
                                                           : code;
    g_string_append_printf (written, "%s,document_check,%s,%s,%s,%s,%s\n",
                            (char *)g_ptr_array_index (fields, OBJECT_ID), kato, day, day,
                            (char *)g_ptr_array_index (fields, LON),
                            (char *)g_ptr_array_index (fields, LAT));
    counts->n_rows++;
    counts->n_foreign += kato == code;
    if (kato != code && district < 0)
      district = locate (districts, day, g_ascii_strtod (g_ptr_array_index (fields, LON), NULL),
                         g_ascii_strtod (g_ptr_array_index (fields, LAT), NULL));
    if (district >= 0)
      count (counts, district, day);
  }
  g_assert_true (g_file_set_contents (target, written->str, written->len, NULL));
}

static void
compare_release (const char *path, const Counts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_open_project (path, NULL, NULL, &error);
  g_autoptr (QonysRelease) official = NULL;
  g_autoptr (QonysRelease) open = NULL;

  g_assert_no_error (error);
  official =
      qonys_release_new (project, QONYS_AUDIENCE_OFFICIAL, "counting anew", 5, NULL, NULL, &error);
  g_assert_no_error (error);
  open = qonys_release_new (project, QONYS_AUDIENCE_PUBLIC, NULL, 5, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++) {
    g_autoptr (QonysCard) card = qonys_release_get_district_card (official, CODES[i].kato);

    for (guint year = 0; year < N_YEARS; year++) {
      gint64 expected = counts->n_by_year[i][year];
      gint64 found =
          qonys_release_get_n_operations (official, CODES[i].kato, FIRST_YEAR + (int)year);
      gint64 shown = qonys_release_get_n_operations (open, CODES[i].kato, FIRST_YEAR + (int)year);
      g_autofree char *label = g_strdup_printf ("Raid operations, year %u", FIRST_YEAR + year);

      g_assert_cmpint (found == QONYS_BIG_MISSING ? 0 : found, ==, expected);
      g_assert_true (shown == found || shown == -1);
      g_assert_false (shown > 0 && shown < 5);
      for (guint j = 0; card != NULL && j < card->rows->len; j++) {
        const QonysCardRow *row = g_ptr_array_index (card->rows, j);
        g_autofree char *digits = g_strdup (row->value);

        if (!g_str_equal (row->label, label))
          continue;
        g_strdelimit (g_strcanon (digits, "0123456789", ' '), " ", '_');
        {
          g_auto (GStrv) groups = g_strsplit (digits, "_", -1);
          g_autofree char *joined = g_strjoinv ("", groups);

          g_assert_cmpint (atoi (joined), ==, expected);
        }
      }
    }
  }
}

/* Rows of the public CSV: a number is the true one, or hidden. */
static void
compare_public_csv (const char *path, const Counts *counts)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_shown = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    /* kato, names in three languages, year, quarter, operations, state */
    g_auto (GStrv) fields = g_strsplit (lines[i], ";", -1);
    guint year = atoi (fields[4]) - FIRST_YEAR, quarter = atoi (fields[5]) - 1;

    for (guint j = 0; j < G_N_ELEMENTS (CODES); j++)
      if (g_str_equal (fields[0], CODES[j].kato)) {
        guint expected = counts->n_by_quarter[j][year][quarter];

        if (*fields[6] != '\0') {
          g_assert_cmpint (atoi (fields[6]), ==, expected);
          g_assert_true (expected == 0 || expected >= 5);
          n_shown++;
        } else {
          g_assert_cmpstr (fields[7], ==, "suppressed");
        }
      }
  }
  g_assert_cmpuint (n_shown, >, 150);
}

static guint
count_lines (const char *path)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

static void
test_accidents (void)
{
  g_autofree char *source = NULL, *target = NULL, *project = NULL;
  g_autofree char *printed = NULL, *official = NULL, *open = NULL, *all = NULL, *quarters = NULL;
  const char *folder;
  gint64 n_stored;
  Counts counts;

  if (support_shared_dir () == NULL) {
    g_test_skip (SUPPORT_NO_SHARED);
    return;
  }
  source = g_build_filename (support_shared_dir (), "data", "astana-accidents",
                             "astana_accidents_2011_2026.csv", NULL);
  if (!g_file_test (source, G_FILE_TEST_EXISTS)) {
    g_test_skip ("no accidents among the shared files");
    return;
  }
  folder = support_temp_dir ();
  target = g_build_filename (folder, "operations.csv", NULL);
  project = g_build_filename (folder, "accidents.gpkg", NULL);
  all = g_build_filename (folder, "all.csv", NULL);
  quarters = g_build_filename (folder, "quarters.csv", NULL);
  convert (source, target, &counts);

  printed = cli_run_ok (folder, "import operations.csv accidents.gpkg --as operation");
  n_stored = cli_get_number (printed, "stored");
  g_assert_cmpint (cli_get_number (printed, "read"), ==, counts.n_rows);
  g_assert_cmpint (cli_get_number (printed, "rejected"), ==, counts.n_foreign);
  g_assert_cmpint (n_stored, ==, counts.n_rows - counts.n_foreign);
  compare_release (project, &counts);

  official = cli_run_ok (folder, "export accidents.gpkg --layer raids -o all.csv "
                                 "--audience official --purpose 'counting anew'");
  g_assert_cmpint (count_lines (all), ==, 1 + n_stored);
  open = cli_run_ok (folder, "export accidents.gpkg --layer raids -o quarters.csv");
  compare_public_csv (quarters, &counts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("QONYS_TODAY", "2026-11-01", TRUE);
  g_test_add_func ("/cli/accidents/counted-anew", test_accidents);
  return g_test_run ();
}
