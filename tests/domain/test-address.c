/* The grammar of addresses: written variants in three languages, a round trip, rubbish. */
#include "base/fold.h"
#include "domain/address.h"

#include <string.h>

#define STREET QONYS_STREET_STREET
#define AVENUE QONYS_STREET_AVENUE
#define ANY QONYS_STREET_ANY

typedef struct {
  const char *text;
  QonysStreetType type;
  const char *street; /* NULL: none */
  const char *house;  /* as qonys_house_format() writes it; NULL: none */
  QonysStreetType block_type;
  const char *block;
} Variant;

#define KB "kabanbai batir"
#define KBA "kabanbai batira"

static const Variant variants[] = {
#include "address-variants.h"
};

static void
check_variant (const Variant *variant)
{
  g_auto (QonysAddress) address = {0};
  g_autofree char *house = NULL;

  qonys_address_parse (variant->text, &address);
  if (address.house.number != 0)
    house = qonys_house_format (&address.house);
  if (g_strcmp0 (address.street, variant->street) != 0 || address.type != variant->type ||
      g_strcmp0 (house, variant->house) != 0 || g_strcmp0 (address.block, variant->block) != 0 ||
      address.block_type != variant->block_type) {
    g_test_message ("“%s”: %d “%s”, house %s, block %d “%s”", variant->text, address.type,
                    address.street, house, address.block_type, address.block);
    g_test_fail ();
  }
}

static void
test_variants (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (variants), >=, 120);
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    check_variant (&variants[i]);
}

/* What stands in a column of building numbers. */
static void
test_houses (void)
{
  static const char *const houses[][2] = {
      {"53", "53"},
      {"53/1", "53/1"},
      {"53А", "53a"},
      {"53а", "53a"},
      {"53 A", "53a"},
      {"53-А", "53a"},
      {"53/А", "53a"},
      {"53 к2", "53 k2"},
      {"53к2", "53 k2"},
      {"53 корп. 2", "53 k2"},
      {"53 корпус 2", "53 k2"},
      {"д. 53", "53"},
      {"53-үй", "53"},
      {"№53", "53"},
      {"№ 53/1", "53/1"},
      {"53 блок Б", "53 kb"},
      {"53, блок 2", "53 k2"},
      {"12-14", "12"},
      {"5-12", "5"},
      {"53/1-7", "53/1"},
      {"53, кв. 7", "53"},
      {"53/1а к2", "53/1a k2"},
      {"53.", "53"},
      {"053", "53"},
      {"б/н", NULL},
      {"", NULL},
      {"-", NULL},
      {"0", NULL},
      {"53В", "53v"},
      {"53 Ш", "53sh"},
      {"53 лит. А", "53 ka"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (houses); i++) {
    QonysHouse house;
    g_autofree char *text = NULL;

    if (qonys_house_parse (houses[i][0], &house))
      text = qonys_house_format (&house);
    if (g_strcmp0 (text, houses[i][1]) != 0) {
      g_test_message ("“%s”: %s", houses[i][0], text);
      g_test_fail ();
    }
  }
}

static void
test_districts (void)
{
  static const char *const texts[][2] = {
      {"г. Астана, р-н Есиль, ул. Достык, 5", "711210000"},
      {"Астана қ., Есіл ауданы, Достық көшесі, 5", "711210000"},
      {"район «Сарыарқа», ул. Кенесары 40", "711310000"},
      {"Сарыаркинский район, ул. Кенесары 40", "711310000"},
      {"г. Астана р-н Нура ул. Достык д. 5", "711510000"},
      {"Алматы ауданы, Абылай хан даңғылы 5", "711110000"},
      {"ул. Алматы 5", NULL},
      {"Нұра көшесі 5", NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (QonysAddress) address = {0};

    qonys_address_parse (texts[i][0], &address);
    g_assert_cmpstr (address.kato, ==, texts[i][1]);
    g_assert_nonnull (address.street);
  }
}

static void
test_elsewhere (void)
{
  static const char *const texts[] = {"г. Алматы, пр. Абая, 5", "Қарағанды қ., Абай көшесі 5",
                                      "город Шымкент, ул. Достык 5"};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (QonysAddress) address = {0};

    qonys_address_parse (texts[i], &address);
    g_assert_true (address.is_elsewhere);
    g_assert_null (address.street);
  }
}

/* ---- any address in any spelling is read as the same parts ---- */

static const char *const names[][3] = {
    {"Қабанбай батыр", "Қабанбай батыр", "Qabanbai batyr"},
    {"Сығанақ", "Сыганак", "Syghanaq"},
    {"Достық", "Достык", "Dostyq"},
    {"Ілияс Есенберлин", "Илияс Есенберлин", "Iliias Esenberlin"},
    {"Тұран", "Туран", "Turan"},
    {"Жеңіс", "Женис", "Jeńis"},
    {"Ақмешіт", "Акмешит", "Aqmeshit"},
    {"Шәмші Қалдаяқов", "Шамши Калдаяков", "Shämshi Qaldaiaqov"},
    {"Үркер", "Уркер", "Ürker"},
    {"Ғабит Мүсірепов", "Габит Мусирепов", "Ğabit Müsirepov"},
};

static const struct {
  QonysStreetType type;
  const char *before[3], *behind[3];
} kinds[] = {
    {STREET, {"ул. ", "улица ", "ул "}, {" көшесі", " street", " к-сі"}},
    {AVENUE, {"пр. ", "проспект ", "пр-т "}, {" даңғылы", " ave", " даң."}},
    {QONYS_STREET_LANE, {"пер. ", "переулок ", "пер "}, {" орамы", " lane", " орам"}},
    {QONYS_STREET_HIGHWAY, {"ш. ", "шоссе ", "трасса "}, {" тас жолы", " highway", " hwy"}},
    {QONYS_STREET_BOULEVARD, {"б-р ", "бульвар ", "бул. "}, {" гүлзары", " blvd", " бульвары"}},
};

static const char *const cities[] = {"",         "г. Астана, ",   "Астана қ., ",
                                     "010000, ", "Astana city, ", "Z05H9K1, г.Нур-Султан, "};
static const char *const flats[] = {"", ", кв. 7", ", 7 пәтер", " кв 7", ", apt 7", ", офис 12"};

static char *
write_house (const QonysHouse *house)
{
  static const char *const letters[][4] = {
      {"a", "А", "а", " A"}, {"b", "Б", "б", " b"}, {"v", "В", "в", " В"}};
  static const char *const corpora[] = {" к%s", " корп. %s", ", корп. %s", " корпус %s"};
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%u", house->number);
  if (house->fraction != 0)
    g_string_append_printf (out, "/%u", house->fraction);
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (g_str_equal (house->letter, letters[i][0]))
      g_string_append (out, letters[i][g_test_rand_int_range (0, 4)]);
  if (house->corpus[0] != '\0') {
    const char *corpus = corpora[g_test_rand_int_range (0, G_N_ELEMENTS (corpora))];
    g_auto (GStrv) parts = g_strsplit (corpus, "%s", 2);

    g_string_append_printf (out, "%s%s%s", parts[0], house->corpus, parts[1]);
  }
  return g_string_free (out, FALSE);
}

static void
test_round_trip (void)
{
  static const char *const house_marks[] = {", ", " ", ", д. ", " дом ", ", үй ", ", №"};

  for (guint n = 0; n < 4000; n++) {
    gsize name = g_test_rand_int_range (0, G_N_ELEMENTS (names));
    gsize kind = g_test_rand_int_range (0, G_N_ELEMENTS (kinds));
    gsize spelling = g_test_rand_int_range (0, 3);
    gboolean is_before = g_test_rand_int_range (0, 2);
    QonysHouse house = {g_test_rand_int_range (1, 300), 0, "", ""};
    g_autofree char *house_text = NULL;
    g_autofree char *text = NULL;
    g_autofree char *key = qonys_fold_text (names[name][0]);
    g_autofree char *formatted = NULL;
    g_auto (QonysAddress) address = {0};
    QonysHouse again;

    if (g_test_rand_int_range (0, 3) == 0)
      house.fraction = g_test_rand_int_range (1, 20);
    if (g_test_rand_int_range (0, 3) == 0)
      house.letter[0] = "abv"[g_test_rand_int_range (0, 3)];
    if (g_test_rand_int_range (0, 4) == 0)
      house.corpus[0] = "1234"[g_test_rand_int_range (0, 4)];
    house_text = write_house (&house);
    text = g_strconcat (cities[g_test_rand_int_range (0, G_N_ELEMENTS (cities))],
                        is_before ? kinds[kind].before[g_test_rand_int_range (0, 3)] : "",
                        names[name][spelling],
                        is_before ? "" : kinds[kind].behind[g_test_rand_int_range (0, 3)],
                        house_marks[g_test_rand_int_range (0, G_N_ELEMENTS (house_marks))],
                        house_text, flats[g_test_rand_int_range (0, G_N_ELEMENTS (flats))], NULL);
    qonys_address_parse (text, &address);
    if (g_strcmp0 (address.street, key) != 0 || address.type != kinds[kind].type ||
        qonys_house_compare (&address.house, &house) != 0) {
      g_autofree char *got = qonys_house_format (&address.house);

      g_test_message ("“%s”: %d “%s” %s", text, address.type, address.street, got);
      g_test_fail ();
      break;
    }
    formatted = qonys_house_format (&house);
    g_assert_true (qonys_house_parse (formatted, &again));
    g_assert_cmpint (qonys_house_compare (&again, &house), ==, 0);
  }
}

/* A flat's number is in no part. */
static void
test_flat_is_dropped (void)
{
  static const char *const texts[] = {
      "ул. Достык, 5, кв. 777",   "Достық көшесі, 5 үй, 777 пәтер",
      "Dostyk st 5 apt 777",      "ул. Достык, д.5, кв.777",
      "ул. Достык 5 кв777",       "ул. Достык 5, кв № 777",
      "Достық к-сі 5, пәтер 777", "ул. Достык, 5 - 777",
      "ул. Достык, 5, 777",       "ул. Достык д 5 квартира 777",
      "ул. Достык 5/777а кв 777",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts) - 1; i++) {
    g_auto (QonysAddress) address = {0};
    g_autofree char *house = NULL;

    qonys_address_parse (texts[i], &address);
    house = qonys_house_format (&address.house);
    g_assert_cmpstr (house, ==, "5");
    g_assert_cmpstr (address.street, !=, NULL);
    g_assert_null (strstr (address.street, "777"));
    g_assert_null (address.block);
  }
}

static void
test_rubbish (void)
{
  static const char *const bits[] = {
      "ул", ".", ",", " ",  "53",   "/",     "-",     "к",   "кв", "дом",
      "үй", "г", "№", "А",  "\xff", "«",     "мкр",   "р-н", "12", "Астана",
      "z",  "ы", "д", "00", "қ",    "батыр", "орамы", "st",  "(",  "999999999999",
      "\t"};

  for (guint n = 0; n < 20000; n++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_auto (QonysAddress) address = {0};

    for (int i = g_test_rand_int_range (0, 60); i > 0; i--)
      g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
    qonys_address_parse (text->str, &address);
    g_assert_cmpuint (address.house.number, <, 100000);
    g_assert_true (address.street == NULL || address.street[0] != '\0');
  }
}

/* The two columns an address stands in. */
static void
test_split (void)
{
  static const struct {
    const char *text, *street, *house;
  } TEXTS[] = {
      {"г. Астана, пр. Кабанбай батыра, д. 53, корп. 2, кв. 7", "пр. Кабанбай батыра", "53 k2"},
      {"010000, Астана қаласы, Достық көшесі, 5/1-үй, 12 пәтер", "Достық көшесі", "5/1"},
      {"ул. Абая 12-14", "ул. Абая", "12"}, /* the flat */
      {"ул. Абая-5", "ул. Абая", "5"},
      {"Абая, 5, 12", "Абая", "5"}, /* the flat */
      {"мкр. Самал, 12 дом 5, эт. 3", "мкр. Самал, 12", "5"},
      {"8 Марта, 10", "8 Марта", "10"},
      {"53 Kabanbay batyr ave", "Kabanbay batyr ave", "53"},
      {"р-н Есиль, ул. Достык", "р-н Есиль, ул. Достык", NULL},
      {"г. Алматы, пр. Абая, 5, кв. 3", "г. Алматы, пр. Абая", "5"},
      {"кв. 7", NULL, NULL},
      {"", NULL, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autofree char *street = NULL;
    g_autofree char *house = NULL;

    qonys_address_split (TEXTS[i].text, &street, &house);
    g_assert_cmpstr (street, ==, TEXTS[i].street);
    g_assert_cmpstr (house, ==, TEXTS[i].house);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/variants", test_variants);
  g_test_add_func ("/address/houses", test_houses);
  g_test_add_func ("/address/districts", test_districts);
  g_test_add_func ("/address/elsewhere", test_elsewhere);
  g_test_add_func ("/address/round-trip", test_round_trip);
  g_test_add_func ("/address/flat-is-dropped", test_flat_is_dropped);
  g_test_add_func ("/address/split", test_split);
  g_test_add_func ("/address/rubbish", test_rubbish);
  return g_test_run ();
}
