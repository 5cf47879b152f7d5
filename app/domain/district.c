/* The districts with their dates: six or seven versions, asked for a few times a picture. Names
 * are recognised in any spelling by folding, once a row of a small table. */

#include "domain/district.h"

#include "base/fold.h"

#include <math.h>
#include <string.h>

struct _QonysDistricts {
  gatomicrefcount ref_count;
  GPtrArray *versions;
};

QonysDistrict *
qonys_district_new (void)
{
  QonysDistrict *district = g_new0 (QonysDistrict, 1);

  district->area_km2 = NAN;
  district->valid_from = district->valid_to = QONYS_DAY_MISSING;
  return district;
}

void
qonys_district_free (QonysDistrict *district)
{
  qonys_text3_clear (&district->name);
  g_free (district->source);
  g_clear_pointer (&district->shape, qonys_shape_free);
  g_free (district);
}

QonysDistricts *
qonys_districts_new (GPtrArray *districts)
{
  QonysDistricts *self = g_new0 (QonysDistricts, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->versions = districts;
  return self;
}

QonysDistricts *
qonys_districts_ref (QonysDistricts *districts)
{
  g_atomic_ref_count_inc (&districts->ref_count);
  return districts;
}

void
qonys_districts_unref (QonysDistricts *districts)
{
  if (g_atomic_ref_count_dec (&districts->ref_count)) {
    g_ptr_array_unref (districts->versions);
    g_free (districts);
  }
}

guint
qonys_districts_get_n (const QonysDistricts *districts)
{
  return districts->versions->len;
}

const QonysDistrict *
qonys_districts_get (const QonysDistricts *districts, guint i)
{
  return g_ptr_array_index (districts->versions, i);
}

static int
compare_kato (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const QonysDistrict *const *)a)->kato,
                 (*(const QonysDistrict *const *)b)->kato);
}

static gboolean
is_valid_on (const QonysDistrict *district, QonysDay day)
{
  return (district->valid_from == QONYS_DAY_MISSING || district->valid_from <= day) &&
         (district->valid_to == QONYS_DAY_MISSING || day < district->valid_to);
}

gboolean
qonys_districts_is_first (const QonysDistricts *districts, const QonysDistrict *district)
{
  for (guint i = 0; i < districts->versions->len; i++) {
    QonysDay end = qonys_districts_get (districts, i)->valid_to;

    if (end != QONYS_DAY_MISSING && end == district->valid_from)
      return FALSE;
  }
  return TRUE;
}

/* The first day on which all the first versions stood. */
static QonysDay
get_first_day (const QonysDistricts *districts)
{
  QonysDay first = QONYS_DAY_MISSING;

  for (guint i = 0; i < districts->versions->len; i++) {
    const QonysDistrict *district = qonys_districts_get (districts, i);

    if (qonys_districts_is_first (districts, district))
      first = MAX (first, district->valid_from);
  }
  return first;
}

GPtrArray *
qonys_districts_get_on_day (const QonysDistricts *districts, QonysDay day)
{
  GPtrArray *valid = g_ptr_array_new ();
  QonysDay first = get_first_day (districts);

  if (day == QONYS_DAY_MISSING)
    day = G_MAXINT32;
  else if (first != QONYS_DAY_MISSING)
    day = MAX (day, first);
  for (guint i = 0; i < districts->versions->len; i++)
    if (is_valid_on (qonys_districts_get (districts, i), day))
      g_ptr_array_add (valid, (gpointer)qonys_districts_get (districts, i));

  g_ptr_array_sort (valid, compare_kato);
  return valid;
}

static void
add_set (GPtrArray *sets, const QonysDistricts *districts, QonysDay day)
{
  GPtrArray *set = qonys_districts_get_on_day (districts, day);

  for (guint i = 0; i < sets->len; i++) {
    const GPtrArray *other = g_ptr_array_index (sets, i);

    if (set->len == other->len &&
        memcmp (set->pdata, other->pdata, set->len * sizeof (gpointer)) == 0) {
      g_ptr_array_unref (set);
      return;
    }
  }
  g_ptr_array_add (sets, set);
}

GPtrArray *
qonys_districts_get_sets (const QonysDistricts *districts)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  add_set (sets, districts, QONYS_DAY_MISSING);     /* the newest */
  add_set (sets, districts, QONYS_DAY_MISSING + 1); /* before all changes */
  for (guint i = 0; i < districts->versions->len; i++) {
    add_set (sets, districts, qonys_districts_get (districts, i)->valid_from);
    add_set (sets, districts, qonys_districts_get (districts, i)->valid_to);
  }
  return sets;
}

QonysBox
qonys_districts_get_box (const QonysDistricts *districts)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = 0; i < districts->versions->len; i++)
    qonys_box_join (&box, &qonys_districts_get (districts, i)->shape->box);
  return box;
}

static QonysBox
get_ring_box (const QonysShape *shape, guint ring)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = shape->ring_starts[ring]; i < shape->ring_starts[ring + 1]; i++)
    qonys_box_add (&box, shape->x[i], shape->y[i]);
  return box;
}

QonysBox
qonys_districts_get_main_box (const QonysDistricts *districts)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = 0; i < districts->versions->len; i++) {
    const QonysShape *shape = qonys_districts_get (districts, i)->shape;
    QonysBox largest = qonys_box_empty ();

    for (guint ring = 0; ring < shape->n_rings; ring++) {
      QonysBox part = get_ring_box (shape, ring);

      if (qonys_box_is_empty (&largest) ||
          (part.max_x - part.min_x) * (part.max_y - part.min_y) >
              (largest.max_x - largest.min_x) * (largest.max_y - largest.min_y))
        largest = part;
    }
    qonys_box_join (&box, &largest);
  }
  return box;
}

/* ---- names ---- */

static const struct {
  const char *kato;
  QonysText3 name;
  const char *spellings[8]; /* folded when compared */
} KNOWN[] = {
    {"711110000",
     {{"Алматы ауданы", "район «Алматы»", "Almaty district"}},
     {"алматы", "алматинский", "almaty"}},
    {"711210000",
     {{"Есіл ауданы", "район «Есиль»", "Esil district"}},
     {"есіл", "есиль", "есильский", "esil", "yesil", "ishim", "ишим"}},
    {"711310000",
     {{"Сарыарқа ауданы", "район «Сарыарқа»", "Saryarka district"}},
     {"сарыарқа", "сарыаркинский", "saryarqa"}},
    {"711410000",
     {{"Байқоңыр ауданы", "район «Байқоңыр»", "Baikonur district"}},
     {"байқоңыр", "байконур", "байконырский", "байконурский", "bayqonyr", "baikonur", "baikonyr"}},
    {"711510000", {{"Нұра ауданы", "район «Нұра»", "Nura district"}}, {"нұра", "нуринский"}},
    {"711610000",
     {{"Сарайшық ауданы", "район «Сарайшық»", "Sarayshyk district"}},
     {"сарайшық", "сарайшыкский", "saraishyk", "saraiyshyq", "sarayshyk", "saraishiq"}},
    {QONYS_CITY_KATO,
     {{"Астана қаласы", "город Астана", "Astana city"}},
     {"астана", "нұр-сұлтан", "nur-sultan", "astana"}},
};

const QonysText3 *
qonys_district_get_known_name (const char *kato)
{
  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (g_str_equal (KNOWN[i].kato, kato))
      return &KNOWN[i].name;
  return NULL;
}

/* The folded words that only say "district" or "city". */
static gboolean
is_kind_word (const char *word)
{
  static const char *const WORDS[] = {"аудан", "ауданы", "район",  "р-н",   "р",      "н",
                                      "г",     "город",  "қ",      "қала",  "қаласы", "district",
                                      "city",  "audan",  "audany", "rayon", "raion"};

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    g_autofree char *folded = qonys_fold_text (WORDS[i]);

    if (g_str_equal (folded, word))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_city_word (const char *word)
{
  static const char *const WORDS[] = {"г", "город", "қ", "қала", "қаласы", "city"};

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    g_autofree char *folded = qonys_fold_text (WORDS[i]);

    if (g_str_equal (folded, word))
      return TRUE;
  }
  return FALSE;
}

const char *
qonys_district_recognise (const char *text)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean says_city = FALSE;

  if (text == NULL)
    return NULL;
  folded = qonys_fold_text (text);
  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (g_str_equal (folded, KNOWN[i].kato))
      return KNOWN[i].kato;

  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    if (is_kind_word (words[i]))
      says_city |= is_city_word (words[i]);
    else
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", words[i]);
  }

  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    for (guint j = 0; j < G_N_ELEMENTS (KNOWN[i].spellings) && KNOWN[i].spellings[j] != NULL; j++) {
      g_autofree char *spelling = qonys_fold_text (KNOWN[i].spellings[j]);

      if (!g_str_equal (spelling, name->str))
        continue;
      /* «город Алматы» is another city. */
      if (says_city && !g_str_equal (KNOWN[i].kato, QONYS_CITY_KATO))
        return NULL;
      return KNOWN[i].kato;
    }
  return NULL;
}
