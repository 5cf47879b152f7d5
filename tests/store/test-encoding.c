/* Lost code pages: which one, and what the texts say. */

#include "support.h"

#include "domain/catalogue.h"
#include "store/encoding.h"

#include <string.h>

static const char KAZAKH[] = "Байқоңыр ауданы, Сарыарқа, Есіл, Нұра, Сарайшық; Бауыржан Момышұлы "
                             "даңғылы, Әл-Фараби, Ғабит Мүсірепов, Өндіріс, Тәуелсіздік, Һ";
static const char RUSSIAN[] = "Район «Сарыарка», ул. Иманова, д. 19; Есильский район, "
                              "пр. Кабанбай батыра, общежитие № 4; объезд, съёмная, Юго-Восток";

static char *
encode (const char *text, const char *iconv, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *bytes = g_convert (text, -1, iconv, "UTF-8", NULL, length, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
check (const char *text, const char *iconv, const char *expected)
{
  gsize length;
  g_autofree char *bytes = encode (text, iconv, &length);
  g_autofree char *back = NULL;

  g_assert_cmpstr (qonys_encoding_guess (bytes, length), ==, expected);
  back = qonys_encoding_convert (bytes, length, expected);
  g_assert_cmpstr (back, ==, text);
}

static void
test_guess (void)
{
  check (KAZAKH, "RK1048", "KZ-1048");
  check (KAZAKH, "PT154", "PT154");
  check (RUSSIAN, "CP1251", "CP1251");
  /* Without Kazakh letters three of them say the same; the most frequent is named. */
  check ("Сарыарка Байконур Есиль", "RK1048", "CP1251");
  check ("Сарыарка, Байконур, Есиль, Нура", "CP866", "CP866");
  check ("САРЫАРКА, БАЙКОНУР, ЕСИЛЬ, НУРА", "CP866", "CP866");
  check ("САРЫАРКА, БАЙКОНУР, ЕСИЛЬ, НУРА", "CP1251", "CP1251");
  check ("Нұра", "RK1048", "KZ-1048");
  /* A capital inside a word tells. */
  check ("Общие", "CP866", "CP866");
  check ("Объект", "CP866", "CP866");
  check ("Law “On Migration of the Population” …", "CP1251", "CP1251");
}

static void
test_holes (void)
{
  /* 0x98 has no meaning in CP1251. */
  g_autofree char *text = qonys_encoding_convert ("\xC5\x98\xF1", 3, "CP1251");
  g_autofree char *nothing = qonys_encoding_convert ("", 0, "CP1251");
  g_autofree char *only = qonys_encoding_convert ("\x98\x98", 2, "CP1251");

  g_assert_cmpstr (text, ==, "Е\xEF\xBF\xBDс");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (only, ==, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void
test_decoder (void)
{
  g_auto (QonysDecoder) decoder = {NULL};
  gsize length;
  g_autofree char *legacy = encode ("Нұра ауданы", "RK1048", &length);
  g_autofree char *decoded = NULL;
  g_autofree char *utf8 = NULL;

  qonys_decoder_look (&decoder, NULL);
  qonys_decoder_look (&decoder, "Нұра");
  g_assert_null (qonys_decoder_guess (&decoder));
  qonys_decoder_look (&decoder, legacy);
  g_assert_cmpstr (qonys_decoder_guess (&decoder), ==, "KZ-1048");
  decoded = qonys_decoder_decode (&decoder, legacy);
  g_assert_cmpstr (decoded, ==, "Нұра ауданы");
  utf8 = qonys_decoder_decode (&decoder, "Нұра");
  g_assert_cmpstr (utf8, ==, "Нұра");
  g_assert_null (qonys_decoder_decode (&decoder, NULL));
}

/* ---- real text, cut short ---- */

/* All texts of the resolution, with what all encodings have only: a few signs are not everywhere.
 */
static char *
collect_text (QonysLanguage language, const char *iconv)
{
  const GPtrArray *paragraphs = qonys_catalogue_get ()->paragraphs;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < paragraphs->len; i++) {
    const QonysParagraph *paragraph = paragraphs->pdata[i];
    const char *words = paragraph->text.text[language];

    for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at)) {
      gsize n = g_utf8_next_char (at) - at;
      g_autofree char *one = g_convert (at, (gssize)n, iconv, "UTF-8", NULL, NULL, NULL);

      if (one != NULL)
        g_string_append_len (text, at, (gssize)n);
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/* How many of 400 pieces of a length read right. */
static guint
count_right (const char *bytes, gsize n_bytes, gsize length, const char *iconv, GRand *rand)
{
  guint n_right = 0;

  for (guint i = 0; i < 400; i++) {
    gsize at = g_rand_int_range (rand, 0, (gint32)(n_bytes - length));
    g_autofree char *right = g_convert (bytes + at, length, "UTF-8", iconv, NULL, NULL, NULL);
    g_autofree char *read =
        qonys_encoding_convert (bytes + at, length, qonys_encoding_guess (bytes + at, length));

    n_right += g_strcmp0 (right, read) == 0;
  }
  return n_right;
}

static void
test_lengths (void)
{
  static const struct {
    QonysLanguage language;
    const char *iconv;
    guint enough[5]; /* of 400, by length */
  } TEXTS[] = {{QONYS_KK, "RK1048", {396, 398, 400, 400, 400}},
               {QONYS_KK, "PT154", {396, 398, 400, 400, 400}},
               {QONYS_RU, "CP1251", {396, 398, 400, 400, 400}},
               {QONYS_RU, "CP866", {396, 398, 400, 400, 400}}};
  static const gsize LENGTHS[] = {20, 50, 100, 200, 1000};
  GRand *rand = g_rand_new_with_seed (154);

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autofree char *text = collect_text (TEXTS[i].language, TEXTS[i].iconv);
    gsize n_bytes;
    g_autofree char *bytes = encode (text, TEXTS[i].iconv, &n_bytes);

    g_assert_cmpuint (n_bytes, >, 5000);
    for (guint j = 0; j < G_N_ELEMENTS (LENGTHS); j++) {
      guint n = count_right (bytes, n_bytes, LENGTHS[j], TEXTS[i].iconv, rand);

      g_test_message ("%s %s, %" G_GSIZE_FORMAT " bytes: %.1f %%",
                      TEXTS[i].language == QONYS_KK ? "kk" : "ru", TEXTS[i].iconv, LENGTHS[j],
                      n / 4.0);
      g_assert_cmpuint (n, >=, TEXTS[i].enough[j]);
    }
  }
  g_rand_free (rand);
}

/* Whatever the bytes, the result is UTF-8. */
static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1048);

  for (guint i = 0; i < 2000; i++) {
    char bytes[64];
    gsize length = g_rand_int_range (rand, 0, sizeof bytes);
    g_autofree char *text = NULL;

    for (gsize j = 0; j < length; j++)
      bytes[j] = (char)g_rand_int_range (rand, 1, 256);
    text = qonys_encoding_convert (bytes, length, qonys_encoding_guess (bytes, length));
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/encoding/guess", test_guess);
  g_test_add_func ("/store/encoding/holes", test_holes);
  g_test_add_func ("/store/encoding/decoder", test_decoder);
  g_test_add_func ("/store/encoding/lengths", test_lengths);
  g_test_add_func ("/store/encoding/random-bytes", test_random_bytes);
  return g_test_run ();
}
