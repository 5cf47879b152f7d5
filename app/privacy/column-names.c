/*
 * What a column's name says: a table of words in three languages, compared as folded text
 * (base/fold.h makes ИИН, иин and IIN one). Once a column of a file: some hundred microseconds.
 */
#include "privacy/column-names.h"

#include "base/fold.h"

#include <string.h>

/* How a word of the table stands in a name. */
typedef enum {
  WORDS = 0,      /* somewhere, as whole words; '*' ends a beginning */
  WHOLE = 1 << 0, /* it is the whole name, words in brackets aside */
  COUNTABLE = 1 << 1, /* not if the name counts: «азаматтар саны», "citizenship_obtained" */
  KAZAKH_I = 1 << 2, /* only with і: «тегі» is a surname, «теги» are tags */
} Manner;

static const struct {
  const char *words;
  Manner manner;
  QonysColumnTraits traits;
} rules[] = {
    /* The number. */
    {"жсн", WORDS, QONYS_COLUMN_REFUSED},
    {"zhsn", WORDS, QONYS_COLUMN_REFUSED},
    {"жеке сәйкестендіру*", WORDS, QONYS_COLUMN_REFUSED},
    {"индивидуальный идентификационный*", WORDS, QONYS_COLUMN_REFUSED},
    {"individual identification*", WORDS, QONYS_COLUMN_REFUSED},
    {"personal id*", WORDS, QONYS_COLUMN_REFUSED},
    {"личный номер", WORDS, QONYS_COLUMN_REFUSED},
    /* The name. */
    {"фио", WORDS, QONYS_COLUMN_REFUSED},
    {"таә", WORDS, QONYS_COLUMN_REFUSED},
    {"аты жөн*", WORDS, QONYS_COLUMN_REFUSED},
    {"тегі", KAZAKH_I, QONYS_COLUMN_REFUSED},
    {"есімі*", WORDS, QONYS_COLUMN_REFUSED},
    {"әкесінің аты", WORDS, QONYS_COLUMN_REFUSED},
    {"имя", WHOLE, QONYS_COLUMN_REFUSED},
    {"имя отчеств*", WORDS, QONYS_COLUMN_REFUSED},
    {"имя собственник*", WORDS, QONYS_COLUMN_REFUSED},
    {"имя владел*", WORDS, QONYS_COLUMN_REFUSED},
    {"имя граждан*", WORDS, QONYS_COLUMN_REFUSED},
    {"имя жильц*", WORDS, QONYS_COLUMN_REFUSED},
    {"фамилия", WORDS, QONYS_COLUMN_REFUSED},
    {"фамилии", WORDS, QONYS_COLUMN_REFUSED},
    {"отчеств*", WORDS, QONYS_COLUMN_REFUSED},
    {"full name", WORDS, QONYS_COLUMN_REFUSED},
    {"first name", WORDS, QONYS_COLUMN_REFUSED},
    {"last name", WORDS, QONYS_COLUMN_REFUSED},
    {"middle name", WORDS, QONYS_COLUMN_REFUSED},
    {"given name", WORDS, QONYS_COLUMN_REFUSED},
    {"family name", WORDS, QONYS_COLUMN_REFUSED},
    {"person name", WORDS, QONYS_COLUMN_REFUSED},
    {"owner name", WORDS, QONYS_COLUMN_REFUSED},
    {"resident name", WORDS, QONYS_COLUMN_REFUSED},
    {"tenant name", WORDS, QONYS_COLUMN_REFUSED},
    {"surname*", WORDS, QONYS_COLUMN_REFUSED},
    {"patronymic*", WORDS, QONYS_COLUMN_REFUSED},
    {"name", WHOLE, QONYS_COLUMN_NAME},
    {"name kk", WHOLE, QONYS_COLUMN_NAME},
    {"name kz", WHOLE, QONYS_COLUMN_NAME},
    {"name ru", WHOLE, QONYS_COLUMN_NAME},
    {"name en", WHOLE, QONYS_COLUMN_NAME},
    {"names", WHOLE, QONYS_COLUMN_NAME},
    {"аты", WHOLE, QONYS_COLUMN_NAME},
    /* Birth, people, citizenship, faith, sex. */
    {"туған күн*", WORDS, QONYS_COLUMN_REFUSED},
    {"туған жыл*", WORDS, QONYS_COLUMN_REFUSED},
    {"туған жер*", WORDS, QONYS_COLUMN_REFUSED},
    {"рождения", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"датарожд*", WORDS, QONYS_COLUMN_REFUSED},
    {"birth", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"birthday", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"birth date", WORDS, QONYS_COLUMN_REFUSED},
    {"birth place", WORDS, QONYS_COLUMN_REFUSED},
    {"dob", WORDS, QONYS_COLUMN_REFUSED},
    {"ұлты", WORDS, QONYS_COLUMN_REFUSED},
    {"этнос*", WORDS, QONYS_COLUMN_REFUSED},
    {"этностық*", WORDS, QONYS_COLUMN_REFUSED},
    {"национальност*", WORDS, QONYS_COLUMN_REFUSED},
    {"ethnicity", WORDS, QONYS_COLUMN_REFUSED},
    {"nationality", WORDS, QONYS_COLUMN_REFUSED},
    {"этническ*", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"этникалық", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"ethnic*", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"азаматтығы", COUNTABLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"азаматтық", WHOLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"гражданств*", COUNTABLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"citizenship*", COUNTABLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"дін", KAZAKH_I, QONYS_COLUMN_REFUSED},
    {"діні", KAZAKH_I, QONYS_COLUMN_REFUSED},
    {"вероисповедан*", WORDS, QONYS_COLUMN_REFUSED},
    {"религия", WORDS, QONYS_COLUMN_REFUSED},
    {"religion*", WORDS, QONYS_COLUMN_REFUSED},
    {"жынысы", COUNTABLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"жыныс", WHOLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"пол", WHOLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"sex", COUNTABLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"gender", COUNTABLE, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"родной язык", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"ана тілі", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"mother tongue", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    {"native language", WORDS, QONYS_COLUMN_REFUSED_AT_ADDRESS},
    /* Documents. */
    {"паспорт*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"passport*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"төлқұжат*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"жеке куәлі*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"удостоверени*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"identity card*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"құжат нөмір*", WORDS, QONYS_COLUMN_REFUSED},
    {"құжаттың нөмір*", WORDS, QONYS_COLUMN_REFUSED},
    {"номер документ*", WORDS, QONYS_COLUMN_REFUSED},
    {"document number", WORDS, QONYS_COLUMN_REFUSED},
    {"document no", WORDS, QONYS_COLUMN_REFUSED},
    {"документ", WHOLE, QONYS_COLUMN_DOCUMENT},
    {"құжат", WHOLE, QONYS_COLUMN_DOCUMENT},
    {"құжаты", WHOLE, QONYS_COLUMN_DOCUMENT},
    {"document", WHOLE, QONYS_COLUMN_DOCUMENT},
    {"документ удостоверяющ*", WORDS, QONYS_COLUMN_DOCUMENT},
    {"серия*", WORDS, QONYS_COLUMN_DOCUMENT},
    {"вид на жительство", WORDS, QONYS_COLUMN_DOCUMENT},
    {"внж", WORDS, QONYS_COLUMN_DOCUMENT},
    {"ықтиярхат*", WORDS, QONYS_COLUMN_DOCUMENT},
    {"residence permit*", WORDS, QONYS_COLUMN_DOCUMENT},
    {"азаматтығы жоқ*", WORDS, QONYS_COLUMN_DOCUMENT},
    {"без гражданства*", WORDS, QONYS_COLUMN_DOCUMENT},
    {"stateless*", WORDS, QONYS_COLUMN_DOCUMENT},
    /* Ways to reach, health, court, picture, property. */
    {"телефон*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"phone*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"telephone*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"тел", WORDS, QONYS_COLUMN_REFUSED},
    {"моб", WORDS, QONYS_COLUMN_REFUSED},
    {"мобильный", WHOLE, QONYS_COLUMN_REFUSED},
    {"mobile", WHOLE, QONYS_COLUMN_REFUSED},
    {"mobile number", WORDS, QONYS_COLUMN_REFUSED},
    {"ұялы", WORDS, QONYS_COLUMN_REFUSED},
    {"сотовый", WORDS, QONYS_COLUMN_REFUSED},
    {"email*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"mail", WHOLE, QONYS_COLUMN_REFUSED},
    {"почта", WHOLE, QONYS_COLUMN_REFUSED},
    {"электронная почта", WORDS, QONYS_COLUMN_REFUSED},
    {"эл почта", WORDS, QONYS_COLUMN_REFUSED},
    {"электрондық пошта*", WORDS, QONYS_COLUMN_REFUSED},
    {"диагноз*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"diagnos*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"сот үкім*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"судимост*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"criminal record*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"photo", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"photos", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"photograph*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"фото", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"фотограф*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"фотосурет*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"сурет", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"суреті", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"меншік иес*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"үй иес*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"собственник*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"владелец", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"владельц*", COUNTABLE, QONYS_COLUMN_REFUSED},
    {"owner", WHOLE, QONYS_COLUMN_OWNER},
    {"owners", WHOLE, QONYS_COLUMN_OWNER},
    {"property owner", WORDS, QONYS_COLUMN_OWNER},
    /* Places. */
    {"адрес*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"мекенжай*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"мекен жай*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"addr*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"көше*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS},
    {"улиц*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS},
    {"ул", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS},
    {"street*", WORDS, QONYS_COLUMN_PLACE | QONYS_COLUMN_ADDRESS},
    {"үй", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"дом", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"house*", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"building", WHOLE, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"корпус", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_HOUSE},
    {"пәтер*", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"квартира", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"кв", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"flat", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"apartment", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"рка", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"rca", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"dwelling key", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"place ref", WORDS, QONYS_COLUMN_ADDRESS | QONYS_COLUMN_UNIT},
    {"road*", WORDS, QONYS_COLUMN_PLACE},
    {"avenue", WORDS, QONYS_COLUMN_PLACE},
    {"даңғыл*", WORDS, QONYS_COLUMN_PLACE},
    {"проспект*", WORDS, QONYS_COLUMN_PLACE},
    {"тас жол*", WORDS, QONYS_COLUMN_PLACE},
    {"дорог*", WORDS, QONYS_COLUMN_PLACE},
    {"перекрест*", WORDS, QONYS_COLUMN_PLACE},
    {"остановк*", WORDS, QONYS_COLUMN_PLACE},
    {"аялдама*", WORDS, QONYS_COLUMN_PLACE},
    {"микрорайон*", WORDS, QONYS_COLUMN_PLACE},
    {"шағын аудан*", WORDS, QONYS_COLUMN_PLACE},
    {"район*", WORDS, QONYS_COLUMN_PLACE},
    {"аудан*", WORDS, QONYS_COLUMN_PLACE},
    {"district*", WORDS, QONYS_COLUMN_PLACE},
    {"place*", WORDS, QONYS_COLUMN_PLACE},
    {"complex*", WORDS, QONYS_COLUMN_PLACE},
    {"жк", WORDS, QONYS_COLUMN_PLACE},
    /* Moments, counts, measures, sums. */
    {"as of", WORDS, QONYS_COLUMN_MOMENT},
    {"status date", WORDS, QONYS_COLUMN_MOMENT},
    {"на дату", WORDS, QONYS_COLUMN_MOMENT},
    {"отчетн*", WORDS, QONYS_COLUMN_MOMENT},
    {"период", WORDS, QONYS_COLUMN_MOMENT},
    {"кезең", WORDS, QONYS_COLUMN_MOMENT},
    {"period", WORDS, QONYS_COLUMN_MOMENT},
    {"month", WORDS, QONYS_COLUMN_MOMENT},
    {"месяц", WORDS, QONYS_COLUMN_MOMENT},
    {"ай", WHOLE, QONYS_COLUMN_MOMENT},
    {"тоқсан", WORDS, QONYS_COLUMN_MOMENT},
    {"quarter", WORDS, QONYS_COLUMN_MOMENT},
    {"саны", WORDS, QONYS_COLUMN_COUNT},
    {"сан", WHOLE, QONYS_COLUMN_COUNT},
    {"барлығы", WORDS, QONYS_COLUMN_COUNT},
    {"жалпы", WORDS, QONYS_COLUMN_COUNT},
    {"тіркелгендер", WORDS, QONYS_COLUMN_COUNT},
    {"количеств*", WORDS, QONYS_COLUMN_COUNT},
    {"кол", WORDS, QONYS_COLUMN_COUNT},
    {"число", WORDS, QONYS_COLUMN_COUNT},
    {"числа", WORDS, QONYS_COLUMN_COUNT},
    {"численност*", WORDS, QONYS_COLUMN_COUNT},
    {"всего", WORDS, QONYS_COLUMN_COUNT},
    {"итого", WORDS, QONYS_COLUMN_COUNT},
    {"доля", WORDS, QONYS_COLUMN_COUNT},
    {"үлесі", WORDS, QONYS_COLUMN_COUNT},
    {"зарегистрировано", WORDS, QONYS_COLUMN_COUNT},
    {"прописано", WORDS, QONYS_COLUMN_COUNT},
    {"выдано", WORDS, QONYS_COLUMN_COUNT},
    {"count*", WORDS, QONYS_COLUMN_COUNT},
    {"total", WORDS, QONYS_COLUMN_COUNT},
    {"rate", WORDS, QONYS_COLUMN_COUNT},
    {"share", WORDS, QONYS_COLUMN_COUNT},
    {"obtained", WORDS, QONYS_COLUMN_COUNT},
    {"n", WHOLE, QONYS_COLUMN_COUNT},
    {"reg permanent", WORDS, QONYS_COLUMN_COUNT},
    {"reg temporary", WORDS, QONYS_COLUMN_COUNT},
    {"ind gap", WORDS, QONYS_COLUMN_COUNT},
    {"persons", WORDS, QONYS_COLUMN_COUNT},
    {"citizens", WORDS, QONYS_COLUMN_COUNT},
    {"registered", WORDS, QONYS_COLUMN_COUNT},
    {"area", WORDS, QONYS_COLUMN_MEASURE},
    {"rooms", WORDS, QONYS_COLUMN_MEASURE},
    {"площадь", WORDS, QONYS_COLUMN_MEASURE},
    {"комнат", WORDS, QONYS_COLUMN_MEASURE},
    {"ауданы м2", WORDS, QONYS_COLUMN_MEASURE},
    {"бөлме*", WORDS, QONYS_COLUMN_MEASURE},
    {"kzt", WORDS, QONYS_COLUMN_AMOUNT},
    {"тенге", WORDS, QONYS_COLUMN_AMOUNT},
    {"теңге", WORDS, QONYS_COLUMN_AMOUNT},
    {"сумма*", WORDS, QONYS_COLUMN_AMOUNT},
    {"сома*", WORDS, QONYS_COLUMN_AMOUNT},
    {"бюджет*", WORDS, QONYS_COLUMN_AMOUNT},
    {"баға*", WORDS, QONYS_COLUMN_AMOUNT},
    {"цена*", WORDS, QONYS_COLUMN_AMOUNT},
    {"стоимост*", WORDS, QONYS_COLUMN_AMOUNT},
    {"құны", WORDS, QONYS_COLUMN_AMOUNT},
    {"price*", WORDS, QONYS_COLUMN_AMOUNT},
    {"amount*", WORDS, QONYS_COLUMN_AMOUNT},
    {"budget*", WORDS, QONYS_COLUMN_AMOUNT},
};

/* Passports of buildings. */
static const char *const things_with_passports[] = {
    "объект*",       "здани*",   "дом*",      "техническ*", "техпаспорт*",
    "энергетическ*", "ғимарат*", "building*", "проект*",
};

/* A name without spaces, and where its words begin. */
typedef struct {
  char *letters;
  gboolean *is_start; /* one more than letters: the end starts too */
  gsize n;
} Joined;

static void
joined_clear (Joined *joined)
{
  g_free (joined->letters);
  g_free (joined->is_start);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Joined, joined_clear)

/* ownerIIN → owner IIN, tel2 → tel 2, (м/ж) → nothing */
static char *
split_words (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *split = g_string_new (NULL);
  gunichar before = ' ';
  int depth = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at), after = g_utf8_get_char (g_utf8_next_char (at));

    if ((g_unichar_isupper (c) && (g_unichar_islower (before) ||
                                   (g_unichar_isupper (before) && g_unichar_islower (after)))) ||
        (g_unichar_isdigit (c) != g_unichar_isdigit (before)))
      g_string_append_c (split, ' ');
    if (c == '(' && at > valid)
      depth++;
    if (depth == 0)
      g_string_append_unichar (split, c);
    if (c == ')' && depth > 0)
      depth--;
    before = c;
  }
  return g_string_free (split, FALSE);
}

static Joined
join_words (const char *text)
{
  g_autofree char *folded = qonys_fold_text (text);
  Joined joined = {.letters = g_strdup (folded),
                   .is_start = g_new0 (gboolean, strlen (folded) + 2)};
  gsize word_length = 0;

  for (const char *at = folded; *at != '\0'; at++) {
    gboolean begins = at == folded || at[-1] == ' ';

    if (*at == ' ')
      continue;
    if (begins) {
      gboolean is_single = at[1] == ' ' || at[1] == '\0';

      /* Т.А.Ә. and Ф.И.О. are one word each */
      joined.is_start[joined.n] = !(is_single && word_length == 1);
      word_length = 0;
    }
    word_length++;
    joined.letters[joined.n++] = *at;
  }
  joined.letters[joined.n] = '\0';
  joined.is_start[joined.n] = TRUE;
  return joined;
}

static gboolean
has_words (const Joined *name, const char *words, gboolean is_whole)
{
  g_auto (Joined) wanted = join_words (words);
  gboolean is_beginning = g_str_has_suffix (words, "*");

  for (gsize i = 0; i + wanted.n <= name->n; i++) {
    if (!name->is_start[i] || memcmp (name->letters + i, wanted.letters, wanted.n) != 0)
      continue;
    if (is_whole ? i == 0 && wanted.n == name->n : is_beginning || name->is_start[i + wanted.n])
      return TRUE;
  }
  return FALSE;
}

/* ИИН or IIN as a word, or И.И.Н.; folded it would be the English "in". */
static gboolean
has_iin (const char *split)
{
  g_autofree char *composed = g_utf8_normalize (split, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lower = g_utf8_strdown (composed, -1);
  g_autoptr (GString) words = g_string_new (" ");

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      g_string_append_unichar (words, g_utf8_get_char (at));
    else if (words->str[words->len - 1] != ' ')
      g_string_append_c (words, ' ');
  }
  g_string_append (words, " ");
  return strstr (words->str, " иин ") != NULL || strstr (words->str, " iin ") != NULL ||
         strstr (words->str, " и и н ") != NULL;
}

static gboolean
is_passport_of_thing (const Joined *name)
{
  if (!has_words (name, "паспорт*", FALSE) && !has_words (name, "техпаспорт*", FALSE))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (things_with_passports); i++)
    if (has_words (name, things_with_passports[i], FALSE))
      return TRUE;
  return FALSE;
}

QonysColumnTraits
qonys_column_name_read (const char *name)
{
  g_autofree char *split = split_words (name);
  g_auto (Joined) joined = join_words (split);
  gboolean has_kazakh_i = strstr (name, "і") != NULL || strstr (name, "І") != NULL ||
                          strchr (name, 'i') != NULL || strchr (name, 'I') != NULL;
  QonysColumnTraits traits = 0;

  for (guint i = G_N_ELEMENTS (rules); i-- > 0;) { /* counts stand behind what they excuse */
    if (rules[i].manner & KAZAKH_I && !has_kazakh_i)
      continue;
    if (rules[i].manner & COUNTABLE && traits & QONYS_COLUMN_COUNT)
      continue;
    if (has_words (&joined, rules[i].words, (rules[i].manner & WHOLE) != 0))
      traits |= rules[i].traits;
  }
  if (is_passport_of_thing (&joined))
    traits &= ~QONYS_COLUMN_REFUSED;
  if (has_iin (split))
    traits |= QONYS_COLUMN_REFUSED;
  return traits;
}
