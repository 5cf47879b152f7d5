/* Finding streets and houses: false friends, old names, districts, doubts; and the index against
 * comparing with every name there is. */
#include "domain-support.h"

#include "domain/address-index.h"
#include "domain/address-names.h"
#include "geo/mercator.h"

#include <math.h>
#include <string.h>

/* ---- a small town ---- */

/* A street of 400 m through the point. */
static void
add_street (QonysAddressIndex *index, const char *name, const char *other, double lon_deg,
            double lat_deg)
{
  const char *const names[] = {name, other, NULL};
  const double lon[] = {lon_deg - 0.003, lon_deg + 0.003}, lat[] = {lat_deg, lat_deg};

  qonys_address_index_add_line (index, names, 2, lon, lat);
}

static QonysAddressIndex *
make_town (void)
{
  QonysAddressIndex *index = qonys_address_index_new (NULL);

  add_street (index, "Абай даңғылы", NULL, 71.42, 51.16);
  add_street (index, "Абылай хан даңғылы", NULL, 71.48, 51.15);
  add_street (index, "Қабанбай батыр даңғылы", "проспект Кабанбай батыра", 71.41, 51.12);
  add_street (index, "Жеңіс даңғылы", NULL, 71.41, 51.18);
  add_street (index, "улица Темирбека Жургенова", NULL, 71.50, 51.13);
  add_street (index, "Жақып Омаров көшесі", NULL, 71.40, 51.10);
  add_street (index, "улица Ильяс Омаров", NULL, 71.45, 51.10);
  add_street (index, "Ахмет Байтұрсынұлы көшесі", NULL, 71.49, 51.12);
  add_street (index, "Тәуелсіздік даңғылы", NULL, 71.47, 51.12);
  add_street (index, "улица Садовая", NULL, 71.35, 51.20);
  add_street (index, "улица Садовая", NULL, 71.55, 51.11);
  add_street (index, "улица Бостандык", NULL, 71.43, 51.19);
  add_street (index, "Достық көшесі", NULL, 71.42, 51.13);
  add_street (index, "улица Бекарыс", NULL, 71.38, 51.20);
  add_street (index, "переулок Береке", NULL, 71.39, 51.21);
  add_street (index, "улица Аягоз", NULL, 71.36, 51.21);
  add_street (index, "улица 22-4", NULL, 71.36, 51.22);
  add_street (index, "Коктал-1 т. а.", NULL, 71.34, 51.19);
  add_street (index, "Самал ықшамауданы", NULL, 71.44, 51.155);
  g_assert_true (qonys_address_index_add_house (index, "Достық көшесі", "5", 71.419, 51.1301));
  g_assert_true (qonys_address_index_add_house (index, "Достық көшесі", "5/1", 71.4192, 51.1302));
  g_assert_true (qonys_address_index_add_house (index, "ул. Достык", "7А", 71.4194, 51.1301));
  g_assert_true (
      qonys_address_index_add_house (index, "улица Достык, дом 9 корпус 2", NULL, 71.42, 51.1302));
  g_assert_false (qonys_address_index_add_house (index, "Достық көшесі", "б/н", 71.42, 51.13));
  qonys_address_index_freeze (index);
  g_assert_cmpuint (qonys_address_index_get_n_houses (index), ==, 4);
  return index;
}

typedef struct {
  const char *text;
  QonysMatchVerdict verdict;
  const char *name; /* of the best; NULL: any */
  QonysAccuracy accuracy;
} Case;

static void
check_cases (const QonysAddressIndex *index, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    QonysAddressMatch match;

    qonys_address_index_match (index, cases[i].text, NULL, NULL, NULL, &match);
    if (match.verdict == cases[i].verdict &&
        (cases[i].name == NULL || (g_strcmp0 (match.candidates[0].name, cases[i].name) == 0 &&
                                   match.candidates[0].accuracy == cases[i].accuracy)))
      continue;
    g_test_message ("“%s”: %d", cases[i].text, match.verdict);
    for (guint j = 0; j < match.n_candidates; j++)
      g_test_message ("  %.3f “%s” %s", match.candidates[j].score, match.candidates[j].name,
                      qonys_accuracy_get_code (match.candidates[j].accuracy));
    g_test_fail ();
  }
}

static void
test_friends (void)
{
  static const Case cases[] = {
      {"пр. Абая, 5", QONYS_MATCH_ACCEPTED, "Абай даңғылы", QONYS_ACCURACY_STREET},
      {"Abai avenue 5", QONYS_MATCH_ACCEPTED, "Абай даңғылы", QONYS_ACCURACY_STREET},
      {"ул. Абая, 5", QONYS_MATCH_DOUBTFUL, "Абай даңғылы", QONYS_ACCURACY_STREET},
      {"пр. Абылай хана 5", QONYS_MATCH_ACCEPTED, "Абылай хан даңғылы", QONYS_ACCURACY_STREET},
      {"пр. Абылайхана 5", QONYS_MATCH_ACCEPTED, "Абылай хан даңғылы", QONYS_ACCURACY_STREET},
      {"пр. Аблай хана 5", QONYS_MATCH_DOUBTFUL, "Абылай хан даңғылы", QONYS_ACCURACY_STREET},
      {"пр. Кабанбай батыра 5", QONYS_MATCH_ACCEPTED, "Қабанбай батыр даңғылы",
       QONYS_ACCURACY_STREET},
      {"батыра Кабанбая проспект 5", QONYS_MATCH_ACCEPTED, "Қабанбай батыр даңғылы",
       QONYS_ACCURACY_STREET},
      {"пр. Кабанбай 5", QONYS_MATCH_ACCEPTED, "Қабанбай батыр даңғылы", QONYS_ACCURACY_STREET},
      {"Темірбек Жүргенов көшесі 5", QONYS_MATCH_ACCEPTED, "улица Темирбека Жургенова",
       QONYS_ACCURACY_STREET},
      {"ул. Жургенова Темирбека 5", QONYS_MATCH_ACCEPTED, "улица Темирбека Жургенова",
       QONYS_ACCURACY_STREET},
      {"ул. Т. Жургенова 5", QONYS_MATCH_ACCEPTED, "улица Темирбека Жургенова",
       QONYS_ACCURACY_STREET},
      {"ул. Жургенова 5", QONYS_MATCH_ACCEPTED, "улица Темирбека Жургенова", QONYS_ACCURACY_STREET},
      {"ул. Асана Жургенова 5", QONYS_MATCH_DOUBTFUL, NULL, QONYS_ACCURACY_STREET},
      {"ул. М. Жургенова 5", QONYS_MATCH_DOUBTFUL, NULL, QONYS_ACCURACY_STREET},
      {"ул. Омарова 5", QONYS_MATCH_DOUBTFUL, NULL, QONYS_ACCURACY_STREET},
      {"ул. И. Омарова 5", QONYS_MATCH_ACCEPTED, "улица Ильяс Омаров", QONYS_ACCURACY_STREET},
      {"Жақып Омаров к-сі 5", QONYS_MATCH_ACCEPTED, "Жақып Омаров көшесі", QONYS_ACCURACY_STREET},
      {"ул. А. Байтурсынова 5", QONYS_MATCH_ACCEPTED, "Ахмет Байтұрсынұлы көшесі",
       QONYS_ACCURACY_STREET},
      {"пр. Тауелсиздик 5", QONYS_MATCH_ACCEPTED, "Тәуелсіздік даңғылы", QONYS_ACCURACY_STREET},
      {"проспект Независимости 5", QONYS_MATCH_ACCEPTED, "Тәуелсіздік даңғылы",
       QONYS_ACCURACY_STREET},
      {"ул. Бостандык 5", QONYS_MATCH_ACCEPTED, "улица Бостандык", QONYS_ACCURACY_STREET},
      {"ул. Береке 5", QONYS_MATCH_DOUBTFUL, "переулок Береке", QONYS_ACCURACY_STREET},
      {"ул. Садовая 5", QONYS_MATCH_DOUBTFUL, "улица Садовая", QONYS_ACCURACY_STREET},
      {"Аягөз к-сі 14А", QONYS_MATCH_ACCEPTED, "улица Аягоз", QONYS_ACCURACY_STREET},
      {"улица № 22-4, дом 3", QONYS_MATCH_ACCEPTED, "улица 22-4", QONYS_ACCURACY_STREET},
      {"ул. 22-5, дом 3", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
      {"мкр. Самал 5", QONYS_MATCH_ACCEPTED, "Самал ықшамауданы", QONYS_ACCURACY_BLOCK},
      {"ж.м. Коктал-1, 5", QONYS_MATCH_ACCEPTED, "Коктал-1 т. а.", QONYS_ACCURACY_BLOCK},
      {"ж.м. Коктал-2, 5", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
      {"ул. Тверская 5", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
      {"г. Алматы, пр. Абая 5", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
      {"", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
      {"5", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
      {"батыр", QONYS_MATCH_NONE, NULL, QONYS_ACCURACY_NONE},
  };
  g_autoptr (QonysAddressIndex) index = make_town ();

  check_cases (index, cases, G_N_ELEMENTS (cases));
}

static void
test_houses (void)
{
  static const Case cases[] = {
      {"ул. Достык 5", QONYS_MATCH_ACCEPTED, "Достық көшесі", QONYS_ACCURACY_HOUSE},
      {"ул. Достык, 5/1, кв. 12", QONYS_MATCH_ACCEPTED, "Достық көшесі", QONYS_ACCURACY_HOUSE},
      {"Достық к-сі 7а", QONYS_MATCH_ACCEPTED, "Достық көшесі", QONYS_ACCURACY_HOUSE},
      {"Достық к-сі 9к2", QONYS_MATCH_ACCEPTED, "Достық көшесі", QONYS_ACCURACY_HOUSE},
      {"Достық к-сі 7", QONYS_MATCH_ACCEPTED, "Достық көшесі", QONYS_ACCURACY_STREET},
      {"Достық к-сі 8", QONYS_MATCH_ACCEPTED, "Достық көшесі", QONYS_ACCURACY_STREET},
  };
  g_autoptr (QonysAddressIndex) index = make_town ();
  g_autofree char *note = NULL;
  QonysAddressMatch match;

  check_cases (index, cases, G_N_ELEMENTS (cases));
  qonys_address_index_match (index, "Достық көшесі", "ул. Достык", "5/1", NULL, &match);
  g_assert_cmpint (match.candidates[0].accuracy, ==, QONYS_ACCURACY_HOUSE);
  g_assert_cmpfloat_with_epsilon (match.candidates[0].lon_deg, 71.4192, 1e-9);
  g_assert_cmpfloat_with_epsilon (match.candidates[0].lat_deg, 51.1302, 1e-9);

  /* Another letter: the place is of the street, and it is said. */
  qonys_address_index_match (index, "Достық көшесі", NULL, "7Б", NULL, &match);
  g_assert_cmpint (match.candidates[0].accuracy, ==, QONYS_ACCURACY_STREET);
  g_assert_true (match.candidates[0].other_house);
  note = qonys_address_index_describe (index, &match.candidates[0]);
  g_assert_nonnull (strstr (note, "7a"));

  /* Two languages that say two streets. */
  qonys_address_index_match (index, "Достық көшесі", "ул. Бостандык", "5", NULL, &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_DOUBTFUL);
  /* A flat is nowhere. */
  qonys_address_index_match (index, "Достық көшесі, 5, кв. 777", NULL, NULL, NULL, &match);
  g_assert_cmpuint (match.candidates[0].house.number, ==, 5);
}

/* ---- old names ---- */

static void
check_old (const QonysAddressIndex *index, const char *text, const char *name, const char *note)
{
  QonysAddressMatch match;
  g_autofree char *said = NULL;

  qonys_address_index_match (index, text, NULL, NULL, NULL, &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_ACCEPTED);
  g_assert_cmpstr (match.candidates[0].name, ==, name);
  said = qonys_address_index_describe (index, &match.candidates[0]);
  if (note == NULL)
    g_assert_null (said);
  else
    g_assert_nonnull (strstr (said, note));
}

static void
test_old_names (void)
{
  g_autoptr (QonysAddressIndex) town = make_town ();
  g_autoptr (QonysAddressIndex) old = qonys_address_index_new (NULL);
  g_autoptr (QonysAddressIndex) both = qonys_address_index_new (NULL);

  check_old (town, "пр. Победы, 5", "Жеңіс даңғылы", "2008");
  check_old (town, "пр. Женис, 5", "Жеңіс даңғылы", NULL);
  check_old (town, "ул. А19, дом 5", "улица Темирбека Жургенова", "2016");
  check_old (town, "пр. Независимости 5", "Тәуелсіздік даңғылы", NULL); /* no renaming */

  add_street (old, "проспект Победы", NULL, 71.41, 51.18);
  qonys_address_index_freeze (old);
  check_old (old, "Жеңіс даңғылы, 5", "проспект Победы", "2008");

  /* Орынбор became Мәңгілік Ел, and another street Орынбор: that one is meant today. */
  add_street (both, "Мәңгілік Ел даңғылы", NULL, 71.43, 51.10);
  add_street (both, "Орынбор көшесі", NULL, 71.40, 51.13);
  qonys_address_index_freeze (both);
  check_old (both, "ул. Орынбор 5", "Орынбор көшесі", NULL);
  check_old (both, "пр. Мангилик Ел 5", "Мәңгілік Ел даңғылы", NULL);
}

/* ---- districts ---- */

static QonysDistrict *
make_square (const char *kato, const char *split_from, double lon_deg)
{
  QonysDistrict *district = qonys_district_new ();
  const guint starts[] = {0, 5};
  double x[] = {lon_deg, lon_deg + 0.1, lon_deg + 0.1, lon_deg, lon_deg};
  double y[] = {51.1, 51.1, 51.2, 51.2, 51.1};

  qonys_mercator_project (x, y, 5, x, y);
  g_strlcpy (district->kato, kato, sizeof district->kato);
  g_strlcpy (district->split_from, split_from, sizeof district->split_from);
  district->shape = qonys_shape_new (1, starts, x, y);
  return district;
}

static void
test_districts (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  g_autoptr (QonysDistricts) districts = NULL;
  g_autoptr (QonysAddressIndex) index = NULL;
  QonysAddressMatch match;

  g_ptr_array_add (list, make_square ("711110000", "", 71.3));
  g_ptr_array_add (list, make_square ("711210000", "711110000", 71.4));
  districts = qonys_districts_new (list);
  index = qonys_address_index_new (districts);
  add_street (index, "улица Садовая", NULL, 71.35, 51.15);
  add_street (index, "улица Садовая", NULL, 71.45, 51.15);
  add_street (index, "улица Арай", NULL, 71.45, 51.16);
  add_street (index, "улица Дальняя", NULL, 71.70, 51.15);
  add_street (index, "улица Садовая", NULL, 71.72, 51.15);
  {
    const char *const names[] = {"проспект Туран", NULL};
    const double lon[] = {71.31, 71.49}, lat[] = {51.12, 51.12};

    qonys_address_index_add_line (index, names, 2, lon, lat);
  }
  qonys_address_index_freeze (index);

  qonys_address_index_match (index, "ул. Садовая 5", NULL, NULL, NULL, &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_DOUBTFUL);
  g_assert_cmpuint (match.n_candidates, ==, 3);
  qonys_address_index_match (index, "ул. Садовая 5", NULL, NULL, "711210000", &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_ACCEPTED);
  g_assert_cmpfloat_with_epsilon (match.candidates[0].lon_deg, 71.45, 0.01);
  g_assert_cmpstr (match.candidates[0].kato, ==, "711210000");

  /* The state of before the split; another district; nowhere in the city. */
  qonys_address_index_match (index, "ул. Арай 5", NULL, NULL, "711110000", &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_ACCEPTED);
  qonys_address_index_match (index, "ул. Арай 5", NULL, NULL, "711310000", &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_DOUBTFUL);
  g_assert_true (match.candidates[0].other_district);
  qonys_address_index_match (index, "ул. Дальняя 5", NULL, NULL, NULL, &match);
  g_assert_cmpint (match.verdict, ==, QONYS_MATCH_DOUBTFUL);

  /* The middle of a street is that of its part in the district. */
  qonys_address_index_match (index, "пр. Туран 5", NULL, NULL, NULL, &match);
  g_assert_cmpfloat_with_epsilon (match.candidates[0].lon_deg, 71.40, 0.002);
  g_assert_null (match.candidates[0].kato);
  qonys_address_index_match (index, "пр. Туран 5", NULL, NULL, "711210000", &match);
  g_assert_cmpfloat_with_epsilon (match.candidates[0].lon_deg, 71.445, 0.002);
  g_assert_cmpstr (match.candidates[0].kato, ==, "711210000");
}

/* ---- against every name ---- */

static char *
make_word (void)
{
  static const char *const bits[] = {"ka", "ban", "bai", "sar", "ar",  "ka",  "jur", "gen",
                                     "ul", "ov",  "ova", "tem", "bek", "sha", "ai",  "mur"};
  GString *word = g_string_new (NULL);

  for (int i = g_test_rand_int_range (1, 5); i > 0; i--)
    g_string_append (word, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
  return g_string_free (word, FALSE);
}

static char *
make_name (void)
{
  g_autofree char *a = make_word ();
  g_autofree char *b = make_word ();

  return g_test_rand_bit () ? g_strdup_printf ("%s %s", a, b) : g_strdup (a);
}

static void
test_brute_force (void)
{
  QonysNames *names = qonys_names_new ();
  guint n_missed = 0, n_found = 0;

  for (guint i = 0; i < 800; i++) {
    g_autofree char *key = make_name ();

    qonys_names_add (names, key, g_test_rand_int_range (0, 4), -1);
  }
  qonys_names_sort_words (names);
  for (guint n = 0; n < 1500; n++) {
    g_autofree char *key = make_name ();
    QonysStreetType type = g_test_rand_int_range (0, 4);
    QonysNameHit hits[QONYS_NAMES_MAX_HITS];
    QonysStreetName name;
    double best = 0;
    guint n_hits;

    qonys_street_name_init (&name, key);
    n_hits = qonys_names_find (names, &name, type, 0.6, hits);
    for (guint i = 0; i < qonys_names_get_n (names); i++)
      best = MAX (best, qonys_name_entry_score (qonys_names_get (names, i), &name, type));
    for (guint i = 0; i < n_hits; i++) {
      g_assert_cmpfloat (hits[i].score, <=, best);
      g_assert_cmpfloat (
          hits[i].score, ==,
          qonys_name_entry_score (qonys_names_get (names, hits[i].name), &name, type));
      g_assert_true (i == 0 || hits[i - 1].score >= hits[i].score);
    }
    /* A name with a mistyped word may be passed over if that word is another's right one. */
    if (best >= 0.96)
      g_assert_cmpfloat (n_hits > 0 ? hits[0].score : 0, ==, best);
    n_found += best >= 0.6;
    n_missed += best >= 0.6 && (n_hits == 0 || hits[0].score < best);
  }
  g_test_message ("%u of %u missed", n_missed, n_found);
  g_assert_cmpuint (n_found, >, 300);
  g_assert_cmpuint (n_missed * 10, <, n_found);
  qonys_names_free (names);
}

/* The same letters as a table that counts all edits of two words. */
static void
test_distance (void)
{
  g_assert_cmpuint (qonys_stem_get_distance ("kabanbai", "kabanbai", 2), ==, 0);
  g_assert_cmpuint (qonys_stem_get_distance ("kabanbai", "kabnabai", 2), ==, 1);
  g_assert_cmpuint (qonys_stem_get_distance ("kabanbai", "kbanbai", 2), ==, 1);
  g_assert_cmpuint (qonys_stem_get_distance ("kabanbai", "kabanbaii", 2), ==, 1);
  g_assert_cmpuint (qonys_stem_get_distance ("abai", "abilai", 2), ==, 2);
  g_assert_cmpuint (qonys_stem_get_distance ("abai", "abilai", 1), ==, 2);
  g_assert_cmpuint (qonys_stem_get_distance ("", "", 0), ==, 0);
  g_assert_cmpuint (qonys_stem_get_distance ("abc", "cba", 2), ==, 2);
  for (guint n = 0; n < 5000; n++) {
    g_autofree char *a = make_word ();
    g_autofree char *b = make_word ();
    g_autofree char *c = make_word ();
    guint ab = qonys_stem_get_distance (a, b, 20), ba = qonys_stem_get_distance (b, a, 20);

    g_assert_cmpuint (ab, ==, ba);
    g_assert_cmpuint (MIN (ab, 3), ==, qonys_stem_get_distance (a, b, 2));
    g_assert_true ((ab == 0) == g_str_equal (a, b));
    g_assert_cmpuint (ab, <=, MAX (strlen (a), strlen (b)));
    g_assert_cmpuint (qonys_stem_get_distance (a, c, 20), <=,
                      2 * (ab + qonys_stem_get_distance (b, c, 20)));
  }
}

static void
test_symmetric (void)
{
  for (guint n = 0; n < 3000; n++) {
    g_autofree char *a = make_name ();
    g_autofree char *b = make_name ();
    QonysStreetName name_a, name_b;
    double score;

    qonys_street_name_init (&name_a, a);
    qonys_street_name_init (&name_b, b);
    score = qonys_street_name_compare (&name_a, &name_b);
    g_assert_cmpfloat_with_epsilon (score, qonys_street_name_compare (&name_b, &name_a), 0.1);
    g_assert_true (score >= 0 && score <= 1);
    g_assert_cmpfloat (qonys_street_name_compare (&name_a, &name_a), ==, 1);
  }
}

/* ---- threads ---- */

static gpointer
match_all (gpointer data)
{
  const QonysAddressIndex *index = data;

  for (guint i = 0; i < 300; i++) {
    QonysAddressMatch match;

    qonys_address_index_match (index, "ул. Достык, 5/1, кв. 12", NULL, NULL, NULL, &match);
    g_assert_cmpint (match.candidates[0].accuracy, ==, QONYS_ACCURACY_HOUSE);
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (QonysAddressIndex) index = make_town ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("match", match_all, index);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address-index/friends", test_friends);
  g_test_add_func ("/address-index/houses", test_houses);
  g_test_add_func ("/address-index/old-names", test_old_names);
  g_test_add_func ("/address-index/districts", test_districts);
  g_test_add_func ("/address-index/brute-force", test_brute_force);
  g_test_add_func ("/address-index/distance", test_distance);
  g_test_add_func ("/address-index/symmetric", test_symmetric);
  g_test_add_func ("/address-index/threads", test_threads);
  return g_test_run ();
}
