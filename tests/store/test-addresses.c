/* Layers of streets and buildings of many makes; and the streets of Astana, if the shared data are
 * there, written in other ways and with mistakes. */

#include "store-support.h"

#include "domain/street-name.h"
#include "store/address-layer.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

/* ---- small layers ---- */

static QonysAddressIndex *
load (const char *path, const char *crs, const char *note)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  QonysAddressIndex *index =
      qonys_store_load_addresses (path, crs, NULL, NULL, diagnostics, &error);

  g_assert_no_error (error);
  if (note != NULL)
    g_assert_true (has_note (diagnostics, QONYS_NOTE, note));
  return index;
}

static void
check (const QonysAddressIndex *index, const char *text, QonysMatchVerdict verdict,
       const char *name, QonysAccuracy accuracy)
{
  QonysAddressMatch match;

  qonys_address_index_match (index, text, NULL, NULL, NULL, &match);
  if (match.verdict != verdict ||
      (name != NULL && (g_strcmp0 (match.candidates[0].name, name) != 0 ||
                        match.candidates[0].accuracy != accuracy))) {
    g_test_message ("“%s”: %d", text, match.verdict);
    for (guint i = 0; i < match.n_candidates; i++)
      g_test_message ("  %.3f “%s” %s", match.candidates[i].score, match.candidates[i].name,
                      qonys_accuracy_get_code (match.candidates[i].accuracy));
    g_test_fail ();
  }
}

static void
test_bundled (void)
{
  g_autoptr (QonysAddressIndex) index = load (NULL, NULL, NULL);

  g_assert_cmpuint (qonys_address_index_get_n_streets (index), >, 30);
  g_assert_cmpuint (qonys_address_index_get_n_houses (index), ==, 0);
  check (index, "пр. Кабанбай батыра, д. 53, кв. 7", QONYS_MATCH_ACCEPTED, "Қабанбай батыр даңғылы",
         QONYS_ACCURACY_STREET);
  check (index, "Победы 5", QONYS_MATCH_ACCEPTED, "Жеңіс даңғылы", QONYS_ACCURACY_STREET);
  check (index, "ж.м. Уркер, 5", QONYS_MATCH_ACCEPTED, "Үркер т. а.", QONYS_ACCURACY_BLOCK);
  check (index, "ж.м. Коктал 5", QONYS_MATCH_DOUBTFUL, NULL, QONYS_ACCURACY_BLOCK);
  check (index, "ул. Неведомая 5", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE);
  check (index, "г. Алматы, пр. Абая 5", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE);
}

/* Columns by their headers, points and areas, degrees and metres. */
static void
test_headers (void)
{
  static const char *const files[] = {
      "\xd2\xaf\xd0\xb9,\xd0\xba\xd3\xa9\xd1\x88\xd0\xb5,lon,lat\n" /* үй, көше */
      "14А,Аягөз көшесі,71.43,51.13\n12,Аягөз көшесі,71.431,51.131\n",
      "addr:street,addr:housenumber,Longitude,Latitude\n"
      "Аягөз көшесі,14а,71.43,51.13\nАягөз көшесі,12,71.431,51.131\n",
      "name,Адрес,x,y\nМагнум,\"Аягөз көшесі, 14А\",71.43,51.13\n",
      "Улица;Номер дома;долгота;широта\nАягөз көшесі;14 А;71.43;51.13\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = put_text ("houses.csv", files[i]);
    g_autoptr (QonysAddressIndex) index = load (path, NULL, NULL);
    QonysAddressMatch match;

    g_assert_cmpuint (qonys_address_index_get_n_houses (index), >=, 1);
    qonys_address_index_match (index, "ул. Аягоз, 14а", NULL, NULL, NULL, &match);
    g_assert_cmpint (match.verdict, ==, QONYS_MATCH_ACCEPTED);
    g_assert_cmpint (match.candidates[0].accuracy, ==, QONYS_ACCURACY_HOUSE);
    g_assert_cmpfloat_with_epsilon (match.candidates[0].lon_deg, 71.43, 1e-5);
    g_assert_cmpfloat_with_epsilon (match.candidates[0].lat_deg, 51.13, 1e-5);
  }
}

static void
test_shapes (void)
{
  g_autofree char *areas = put_features (
      "areas.geojson",
      make_square (71.43, 51.13, 0.0002,
                   "\"addr:street\": \"Аягөз көшесі\", \"addr:housenumber\": \"14А\""),
      make_square (71.45, 51.14, 0.0002, "\"name\": \"Магазин\""), NULL);
  g_autofree char *lines = put_text (
      "lines.geojson",
      "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": "
      "{\"name\": \"Аягөз көшесі\", \"name:ru\": \"улица Аягоз\"}, \"geometry\": {\"type\": "
      "\"MultiLineString\", \"coordinates\": [[[71.43, 51.13], [71.44, 51.13]], [[71.44, 51.131], "
      "[71.45, 51.131]]]}}, {\"type\": \"Feature\", \"properties\": {\"name\": \"Там\"}, "
      "\"geometry\": {\"type\": \"LineString\", \"coordinates\": [[76.9, 43.2], [76.9, 43.3]]}}]}");
  g_autoptr (QonysAddressIndex) of_areas =
      load (areas, NULL, "buildings 1, left out without a name or outside Astana 1.");
  g_autoptr (QonysAddressIndex) of_lines = NULL;
  QonysAddressMatch match;

  check (of_areas, "Аягөз к-сі 14А", QONYS_MATCH_ACCEPTED, "Аягөз көшесі", QONYS_ACCURACY_HOUSE);
  of_lines = load (lines, NULL, "outside Astana 1.");
  check (of_lines, "Аягөз к-сі 14А", QONYS_MATCH_ACCEPTED, "Аягөз көшесі", QONYS_ACCURACY_STREET);
  qonys_address_index_match (of_lines, "улица Аягоз", NULL, "3", NULL, &match);
  g_assert_cmpfloat_with_epsilon (match.candidates[0].lon_deg, 71.44, 0.002);
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    QonysError code;
  } files[] = {
      {"a,b\n1,2\n", QONYS_ERROR_FIELDS},
      {"street,house,lon,lat\nАбая,5,76.9,43.2\n", QONYS_ERROR_WRONG_PLACE},
      {"", QONYS_ERROR_FORMAT},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = put_text ("layer.csv", files[i].text);
    g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
    GError *error = NULL;

    g_assert_null (qonys_store_load_addresses (path, NULL, NULL, NULL, diagnostics, &error));
    assert_code (&error, files[i].code);
  }
}

/* ---- the streets of Astana ---- */

static GPtrArray *
read_names (const char *path)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GDALDatasetH dataset = GDALOpenEx (path, GDAL_OF_VECTOR, NULL, NULL, NULL);
  OGRLayerH layer = GDALDatasetGetLayer (dataset, 0);
  OGRFeatureH feature;

  while ((feature = OGR_L_GetNextFeature (layer)) != NULL) {
    char *name = g_strdup (OGR_F_GetFieldAsString (feature, OGR_F_GetFieldIndex (feature, "name")));

    if (g_hash_table_contains (seen, name)) {
      g_free (name);
    } else {
      g_hash_table_add (seen, name);
      g_ptr_array_add (names, name);
    }
    OGR_F_Destroy (feature);
  }
  GDALClose (dataset);
  return names;
}

typedef struct {
  const char *from, *to;
} Letter;

/* Kazakh letters as Russian papers write them. */
static const Letter RUSSIAN[] = {{"ә", "а"}, {"ғ", "г"}, {"қ", "к"}, {"ң", "н"}, {"ө", "о"},
                                 {"ұ", "у"}, {"ү", "у"}, {"һ", "х"}, {"і", "и"}, {NULL, NULL}};

/* The alphabet of 2021, and as people write in passports and chats. */
static const Letter LATIN_2021[] = {
    {"а", "a"},  {"ә", "ä"},  {"б", "b"}, {"в", "v"},  {"г", "g"},  {"ғ", "ğ"},  {"д", "d"},
    {"е", "e"},  {"ё", "io"}, {"ж", "j"}, {"з", "z"},  {"и", "i"},  {"й", "i"},  {"к", "k"},
    {"қ", "q"},  {"л", "l"},  {"м", "m"}, {"н", "n"},  {"ң", "ñ"},  {"о", "o"},  {"ө", "ö"},
    {"п", "p"},  {"р", "r"},  {"с", "s"}, {"т", "t"},  {"у", "u"},  {"ұ", "ū"},  {"ү", "ü"},
    {"ф", "f"},  {"х", "h"},  {"һ", "h"}, {"ц", "ts"}, {"ч", "ch"}, {"ш", "ş"},  {"щ", "ş"},
    {"ъ", ""},   {"ы", "y"},  {"і", "ı"}, {"ь", ""},   {"э", "e"},  {"ю", "iu"}, {"я", "ia"},
    {NULL, NULL}};
static const Letter LATIN_PASSPORT[] = {
    {"а", "a"},  {"ә", "a"},  {"б", "b"},  {"в", "v"},  {"г", "g"},  {"ғ", "gh"}, {"д", "d"},
    {"е", "e"},  {"ё", "yo"}, {"ж", "zh"}, {"з", "z"},  {"и", "i"},  {"й", "y"},  {"к", "k"},
    {"қ", "k"},  {"л", "l"},  {"м", "m"},  {"н", "n"},  {"ң", "n"},  {"о", "o"},  {"ө", "o"},
    {"п", "p"},  {"р", "r"},  {"с", "s"},  {"т", "t"},  {"у", "u"},  {"ұ", "u"},  {"ү", "u"},
    {"ф", "f"},  {"х", "kh"}, {"һ", "h"},  {"ц", "ts"}, {"ч", "ch"}, {"ш", "sh"}, {"щ", "shch"},
    {"ъ", ""},   {"ы", "y"},  {"і", "i"},  {"ь", ""},   {"э", "e"},  {"ю", "yu"}, {"я", "ya"},
    {NULL, NULL}};

static char *
write_in (const char *name, const Letter *letters)
{
  GString *out = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar upper = g_utf8_get_char (c);
    char lower[7] = "";
    const Letter *letter = letters;

    lower[g_unichar_to_utf8 (g_unichar_tolower (upper), lower)] = '\0';
    while (letter->from != NULL && !g_str_equal (letter->from, lower))
      letter++;
    if (letter->from != NULL)
      g_string_append (out, letter->to);
    else
      g_string_append_unichar (out, upper);
  }
  return g_string_free (out, FALSE);
}

/* «Қ. Сәтбаев көшесі» and «улица Каныша Сатпаева» the other way about: the kind's word at the
 * other end, and the names in the other case. */
static char *
write_other_way (const char *name)
{
  static const char *const kinds[][2] = {{"улица", "көшесі"},     {"переулок", "орамы"},
                                         {"проспект", "даңғылы"}, {"шоссе", "тас жолы"},
                                         {"тупик", "тұйығы"},     {"микрорайон", "ықшамауданы"}};
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  gsize kind;
  int found = -1;

  for (kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
    if (g_str_has_prefix (name, kinds[kind][0]) || g_str_has_suffix (name, kinds[kind][0]))
      found = 0;
    if (g_str_has_suffix (name, kinds[kind][1]))
      found = 1;
    if (found >= 0)
      break;
  }
  if (found < 0)
    return NULL;
  if (found == 1)
    g_string_append (out, kinds[kind][0]);
  for (gsize i = 0; words[i] != NULL; i++) {
    gboolean had_a = g_str_has_suffix (words[i], "ова") || g_str_has_suffix (words[i], "ева");

    if (words[i][0] == '\0' || strstr (kinds[kind][found], words[i]) != NULL)
      continue;
    if (out->len > 0)
      g_string_append_c (out, ' ');
    g_string_append (out, words[i]);
    if (found == 0 && had_a) /* to the nominative */
      g_string_truncate (out, out->len - strlen ("а"));
    else if (found == 1 && (g_str_has_suffix (words[i], "ов") || g_str_has_suffix (words[i], "ев")))
      g_string_append (out, "а");
  }
  if (found == 0)
    g_string_append_printf (out, " %s", kinds[kind][1]);
  return found == 1 ? write_in (out->str, RUSSIAN) : g_string_free (g_steal_pointer (&out), FALSE);
}

/* One letter lost, doubled, changed or swapped with the next, inside a word. */
static char *
mistype (const char *name)
{
  glong n = g_utf8_strlen (name, -1);
  GString *out = g_string_new (NULL);
  glong at = -1;
  int way = g_test_rand_int_range (0, 4);

  for (guint tries = 0; tries < 100 && at < 0; tries++) {
    glong i = g_test_rand_int_range (0, (gint32)n - 1);
    gunichar here = g_utf8_get_char (g_utf8_offset_to_pointer (name, i));
    gunichar next = g_utf8_get_char (g_utf8_offset_to_pointer (name, i + 1));

    if (g_unichar_isalpha (here) && g_unichar_isalpha (next) && here != next)
      at = i;
  }
  for (glong i = 0; i < n; i++) {
    gunichar c = g_utf8_get_char (g_utf8_offset_to_pointer (name, i));

    if (i == at && way == 0)
      continue;
    if (i == at && way == 1)
      g_string_append_unichar (out, c);
    if (i == at && way == 2)
      c = g_unichar_tolower (c) == 0x430 ? 0x43e : 0x430; /* а, о */
    if (i == at && way == 3) {
      g_string_append_unichar (out, g_utf8_get_char (g_utf8_offset_to_pointer (name, ++i)));
    }
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

typedef struct {
  guint n, n_found, n_first, n_accepted, n_wrong; /* wrong: accepted for another street */
} Score;

/* Is it one street in two spellings, the given name left out in one? */
static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *key_a = qonys_address_make_key (a, NULL);
  g_autofree char *key_b = qonys_address_make_key (b, NULL);
  QonysStreetName name_a, name_b;

  qonys_street_name_init (&name_a, key_a);
  qonys_street_name_init (&name_b, key_b);
  return qonys_street_name_compare (&name_a, &name_b) >= 0.9;
}

/* Is a name the best: of several as good any may be first. */
static void
score_name (const QonysAddressIndex *index, const char *text, const char *name, const char *house,
            Score *score, gboolean tell)
{
  QonysAddressMatch match;
  gboolean is_found = FALSE;

  qonys_address_index_match (index, text, NULL, house, NULL, &match);
  score->n++;
  for (guint i = 0; i < match.n_candidates; i++)
    if (match.candidates[i].score >= MAX (0.88, match.candidates[0].score - 0.011))
      is_found |= is_same_name (match.candidates[i].name, name);
  score->n_found += is_found;
  score->n_first +=
      match.verdict != QONYS_MATCH_NONE && is_same_name (match.candidates[0].name, name);
  score->n_accepted += match.verdict == QONYS_MATCH_ACCEPTED;
  if (match.verdict == QONYS_MATCH_ACCEPTED && !is_same_name (match.candidates[0].name, name)) {
    score->n_wrong++;
    if (g_test_verbose ())
      g_test_message ("“%s” of “%s” taken for “%s” (%.3f)", text, name, match.candidates[0].name,
                      match.candidates[0].score);
  } else if (!is_found && tell) {
    g_test_message ("“%s” of “%s” not found: “%s” (%.3f)", text, name,
                    match.n_candidates > 0 ? match.candidates[0].name : "",
                    match.n_candidates > 0 ? match.candidates[0].score : 0);
  }
}

static void
say (const char *what, const Score *score)
{
  g_test_message ("%s: %u names, %.2f %% found, %.2f %% first of the list, %.2f %% accepted, %u "
                  "taken for another",
                  what, score->n, 100.0 * score->n_found / score->n,
                  100.0 * score->n_first / score->n, 100.0 * score->n_accepted / score->n,
                  score->n_wrong);
}

static void
test_astana (void)
{
  const char *folder = support_shared_dir ();
  g_autofree char *path = folder != NULL
                              ? g_build_filename (folder, "data", "astana-osm-streets",
                                                  "astana_streets_approx_lines.geojson", NULL)
                              : NULL;
  g_autoptr (QonysAddressIndex) index = NULL;
  g_autoptr (GPtrArray) names = NULL;
  Score own = {0}, other = {0}, russian = {0}, latin = {0}, passport = {0}, mistyped = {0};
  gboolean tell = g_test_verbose ();

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip (SUPPORT_NO_SHARED);
    return;
  }
  index = load (path, NULL, NULL);
  names = read_names (path);
  g_test_message ("%u streets of %u names", qonys_address_index_get_n_streets (index), names->len);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *in_russian = write_in (name, RUSSIAN);
    g_autofree char *in_latin = write_in (name, LATIN_2021);
    g_autofree char *in_passport = write_in (name, LATIN_PASSPORT);
    g_autofree char *another = write_other_way (name);

    score_name (index, name, name, "5", &own, tell);
    score_name (index, in_russian, name, "5", &russian, tell);
    score_name (index, in_latin, name, "5", &latin, tell);
    score_name (index, in_passport, name, "5", &passport, tell);
    if (another != NULL)
      score_name (index, another, name, "5", &other, tell);
    for (guint j = 0; j < 5; j++) {
      g_autofree char *wrong = mistype (name);

      score_name (index, wrong, name, "5", &mistyped, FALSE);
    }
  }
  say ("own spelling", &own);
  say ("Russian letters", &russian);
  say ("the other language", &other);
  say ("Latin of 2021", &latin);
  say ("passport Latin", &passport);
  say ("one letter wrong", &mistyped);
  g_assert_cmpfloat (own.n_found, >=, 0.99 * own.n);
  g_assert_cmpfloat (russian.n_found, >=, 0.99 * russian.n);
  g_assert_cmpfloat (other.n_found, >=, 0.97 * other.n);
  g_assert_cmpfloat (latin.n_found, >=, 0.95 * latin.n);
  g_assert_cmpfloat (passport.n_found, >=, 0.95 * passport.n);
  g_assert_cmpuint (own.n_wrong, ==, 0);
  g_assert_cmpuint (russian.n_wrong, ==, 0);
  g_assert_cmpfloat (mistyped.n_wrong, <=, 0.01 * mistyped.n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_store_init ();
  g_test_add_func ("/addresses/bundled", test_bundled);
  g_test_add_func ("/addresses/headers", test_headers);
  g_test_add_func ("/addresses/shapes", test_shapes);
  g_test_add_func ("/addresses/refused", test_refused);
  g_test_add_func ("/addresses/astana", test_astana);
  return g_test_run ();
}
