/*
 * The words around names in addresses: about two hundred, in a hash table made once. A look-up
 * costs some tens of nanoseconds, and there is one a word.
 */
#include "domain/address-words.h"

#define BEFORE QONYS_WORD_BEFORE
#define BEHIND QONYS_WORD_BEHIND
#define EITHER QONYS_WORD_EITHER
#define TYPE(place, type, ...)                                                                     \
  {                                                                                                \
    QONYS_WORD_TYPE, place, QONYS_STREET_##type,                                                   \
    {                                                                                              \
      __VA_ARGS__                                                                                  \
    }                                                                                              \
  }
#define OTHER(use, place, ...)                                                                     \
  {                                                                                                \
    QONYS_WORD_##use, place, QONYS_STREET_ANY,                                                     \
    {                                                                                              \
      __VA_ARGS__                                                                                  \
    }                                                                                              \
  }

/* As qonys_fold_text() writes them: ы, і, й, y are i; ж, zh are j; щ is sh; ц is ts; w is u, x is
 * ks, q is k. */
static const struct {
  QonysWordUse use;
  QonysWordPlace place;
  QonysStreetType type;
  const char *words[16];
} groups[] = {
    TYPE (BEFORE, STREET, "ulitsa", "ul", "ulitsi", "ulitse", "ulica", "ulitsu"),
    TYPE (BEHIND, STREET, "koshesi", "koshe", "kosh", "koshesinde", "k-si", "street", "str"),
    TYPE (EITHER, STREET, "st"),
    TYPE (BEFORE, AVENUE, "prospekt", "pr", "prosp", "pr-t", "pr-kt", "p-t", "prospekte",
          "prospekta", "prkt", "prt"),
    TYPE (BEHIND, AVENUE, "dangili", "dangil", "dang", "dan", "d-li", "dangilinda", "avenue", "ave",
          "av", "prospekti", "prospect"),
    TYPE (BEFORE, LANE, "pereulok", "per", "pereulka", "pereulke", "per-k"),
    TYPE (BEHIND, LANE, "orami", "oram", "lane", "ln"),
    TYPE (BEFORE, DEAD_END, "tupik", "tup"),
    TYPE (BEHIND, DEAD_END, "tuik", "tuigi"),
    TYPE (BEFORE, DRIVE, "proezd", "pr-d"),
    TYPE (BEHIND, DRIVE, "otpe-joli", "otpe-jol", "drive"),
    TYPE (BEFORE, HIGHWAY, "shosse", "sh", "trassa", "sh-se"),
    TYPE (BEHIND, HIGHWAY, "tas-joli", "tas-jol", "tasjoli", "t-j", "higuai", "hui"),
    TYPE (BEFORE, BOULEVARD, "bulvar", "bul", "bulv", "b-r", "alleia"),
    TYPE (BEHIND, BOULEVARD, "gulzari", "gulzar", "jelek-joli", "bulvari", "boulevard", "blvd",
          "alleiasi", "allei"),
    TYPE (BEFORE, SQUARE, "ploshad", "pl", "pl-d"),
    TYPE (BEHIND, SQUARE, "alani", "alan", "skuare", "sk"),
    TYPE (BEFORE, EMBANKMENT, "naberejnaia", "nab"),
    TYPE (BEHIND, EMBANKMENT, "jagalaui", "jagalau", "embankment"),
    TYPE (BEFORE, BRIDGE, "most"),
    TYPE (BEHIND, BRIDGE, "kopiri", "bridge"),
    TYPE (BEFORE, MICRODISTRICT, "mikroraion", "mkr", "mkrn", "mikr", "m-n", "m-on", "mkr-n",
          "mikr-n", "m-r"),
    TYPE (BEHIND, MICRODISTRICT, "ikshamaudani", "ikshamaudan", "ikshamaud", "iksham-audani",
          "shagin-audani", "shagin-audan", "moltek-audani", "moltek-audan", "sh-a", "m-a", "i-a",
          "microdistrict", "microraion"),
    TYPE (BEFORE, MASSIF, "massiv", "j-m", "j-massiv", "jiloi-massiv", "selo", "auil", "poselok",
          "pos", "massif", "s"),
    TYPE (BEHIND, MASSIF, "alabi", "alap", "turgin-alabi", "t-a", "auili", "kenti"),
    TYPE (BEFORE, COMPLEX, "jk", "kompleks", "jiloi-kompleks", "j-k", "jilkompleks"),
    TYPE (BEHIND, COMPLEX, "kesheni", "tuk", "ui-kesheni", "turgin-kesheni", "compleks"),
    TYPE (BEFORE, QUARTER, "kvartal", "kv-l", "kvl"),
    TYPE (BEHIND, QUARTER, "kvartali", "kuarter"),
    TYPE (BEFORE, GARDENS, "snt", "dachi", "sadi", "s-t", "sadovoe-tovarishestvo", "dachni-massiv"),
    TYPE (BEHIND, GARDENS, "saiajai", "bakshalari"),
    OTHER (FLAT, BEFORE, "kv", "kvartira", "apt", "apartment", "flat", "ofis", "office", "of",
           "kom", "komnata", "podezd", "etaj", "et", "room"),
    OTHER (FLAT, BEFORE, "pod", "pom", "pomeshenie", "np", "nejiloe-pomeshenie", "vp", "floor",
           "entrance", "unit", "ap"),
    OTHER (FLAT, BEHIND, "pater", "pat", "kabat", "kireberis", "bolme", "kense"),
    OTHER (HOUSE, BEFORE, "dom", "d", "house", "zdanie", "zd", "uchastok", "uch", "vladenie", "vl",
           "bldg", "building"),
    OTHER (HOUSE, BEHIND, "ui", "gimarati", "gimarat", "uchaskesi"),
    OTHER (CORPUS, BEFORE, "korpus", "korp", "kor", "blok", "bl", "block", "litera", "lit",
           "stroenie", "liter", "sektsiia"),
    OTHER (CORPUS, BEHIND, "korpusi", "blogi"),
    OTHER (CITY, BEFORE, "g", "gor", "gorod", "goroda"),
    OTHER (CITY, BEHIND, "kalasi", "kala", "citi"),
    OTHER (DISTRICT, EITHER, "raion", "r-n", "raiona", "audani", "aud", "audan", "district"),
    OTHER (REGION, EITHER, "oblast", "obl", "oblisi", "region"),
    OTHER (SKIP, EITHER, "i", "jane", "and", "im", "imeni", "atindagi", "named", "after"),
};

static gpointer
make_words (gpointer unused)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (groups[i].words) && groups[i].words[j] != NULL; j++) {
      QonysWord *word = g_new (QonysWord, 1);

      *word = (QonysWord){groups[i].words[j], groups[i].use, groups[i].place, groups[i].type};
      if (!g_hash_table_contains (table, word->word))
        g_hash_table_insert (table, (gpointer)word->word, word);
      else
        g_free (word);
    }
  return table;
}

const QonysWord *
qonys_word_find (const char *word)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_lookup (g_once (&once, make_words, NULL), word);
}

gboolean
qonys_word_is_here (const char *word)
{
  static const char *const words[] = {"astana",
                                      "nursultan",
                                      "nur sultan",
                                      "akmola",
                                      "akmolinsk",
                                      "tselinograd",
                                      "kazahstan",
                                      "kazakstan",
                                      "rk",
                                      "kr",
                                      "respublika kazahstan",
                                      "kazakstan respublikasi",
                                      NULL};

  return g_strv_contains (words, word);
}

gboolean
qonys_word_is_elsewhere (const char *word)
{
  static const char *const words[] = {
      "almati",    "almata",    "shimkent",    "chimkent", "karaganda", "karagandi",
      "aktobe",    "aktobinsk", "taraz",       "pavlodar", "semei",     "kostanai",
      "kustanai",  "kizilorda", "uralsk",      "oral",     "aktau",     "atirau",
      "kokshetau", "kokchetav", "taldikorgan", "oskemen",  "turkistan", "turkestan",
      "temirtau",  "jezkazgan", "ekibastuz",   "moskva",   NULL};

  return g_strv_contains (words, word);
}

gboolean
qonys_word_is_ordinal (const char *word)
{
  static const char *const words[] = {"i",   "ia", "oi", "aia", "shi", "inshi", "nshi",
                                      "ogo", "go", "th", "nd",  "rd",  "st",    NULL};

  return g_strv_contains (words, word);
}
