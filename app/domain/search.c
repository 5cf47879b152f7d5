/* Search: a few hundred names in three languages and other spellings, folded once; a keystroke
 * compares them all (well below a millisecond). Addresses are never among them. */

#include "domain/search.h"

#include "base/fold.h"
#include "domain/catalogue.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  QonysHitKind kind;
  const QonysText3 *title;
  const char *id;
  const char *detail; /* landmark kind; measure or figure id */
  double x, y;
  QonysBox box;
  GPtrArray *folded; /* every spelling */
} Entry;

struct _QonysSearchIndex {
  QonysProject *project;
  GPtrArray *entries;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_ptr_array_unref (entry->folded);
  g_free (entry);
}

void
qonys_hit_free (QonysHit *hit)
{
  g_free (hit->title);
  g_free (hit->subtitle);
  g_free (hit);
}

static Entry *
add_entry (QonysSearchIndex *self, QonysHitKind kind, const QonysText3 *title, const char *id)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->kind = kind;
  entry->title = title;
  entry->id = id;
  entry->x = entry->y = NAN;
  entry->box = qonys_box_empty ();
  entry->folded = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if (title->text[i] != NULL)
      g_ptr_array_add (entry->folded, qonys_fold_text (title->text[i]));
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static void
add_spellings (Entry *entry, const char *spellings)
{
  g_auto (GStrv) parts = g_strsplit (spellings != NULL ? spellings : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (entry->folded, qonys_fold_text (parts[i]));
}

static void
add_districts (QonysSearchIndex *self)
{
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (self->project), QONYS_DAY_MISSING);

  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (districts, i);
    Entry *entry = add_entry (self, QONYS_HIT_DISTRICT, &district->name, district->kato);

    add_spellings (entry, district->kato);
    entry->x = district->label_x;
    entry->y = district->label_y;
    entry->box = district->shape->box;
  }
}

static void
add_base (QonysSearchIndex *self)
{
  const GPtrArray *base = qonys_project_get_base (self->project);

  for (guint i = 0; i < base->len; i++) {
    const QonysBaseFeature *feature = g_ptr_array_index (base, i);
    gboolean is_place = feature->kind == QONYS_BASE_LANDMARK || feature->kind == QONYS_BASE_RIVER ||
                        feature->kind == QONYS_BASE_CREEK || feature->kind == QONYS_BASE_LAKE;
    Entry *entry;

    if (feature->name.text[QONYS_KK] == NULL && feature->name.text[QONYS_RU] == NULL)
      continue;
    entry = add_entry (self, is_place ? QONYS_HIT_PLACE : QONYS_HIT_STREET, &feature->name, NULL);
    add_spellings (entry, feature->alternatives);
    entry->detail = feature->landmark_kind;
    entry->x = feature->x;
    entry->y = feature->y;
    if (feature->shape != NULL) {
      entry->box = feature->shape->box;
      if (isnan (entry->x)) {
        entry->x = (entry->box.min_x + entry->box.max_x) / 2;
        entry->y = (entry->box.min_y + entry->box.max_y) / 2;
      }
    }
  }
}

static void
add_catalogue (QonysSearchIndex *self)
{
  const QonysCatalogue *catalogue = qonys_catalogue_get ();

  for (guint i = 0; i < catalogue->problems->len; i++) {
    const QonysProblem *problem = g_ptr_array_index (catalogue->problems, i);

    add_spellings (add_entry (self, QONYS_HIT_PROBLEM, &problem->title, problem->id), problem->id);
  }
  for (guint i = 0; i < catalogue->measures->len; i++) {
    const QonysMeasure *measure = g_ptr_array_index (catalogue->measures, i);
    Entry *entry = add_entry (self, QONYS_HIT_MEASURE, &measure->title, measure->id);

    for (guint j = 0; j < QONYS_N_LANGUAGES; j++)
      add_spellings (entry, measure->text.text[j]);
    add_spellings (entry, measure->id);
  }
  for (guint i = 0; i < catalogue->figures->len; i++) {
    const QonysFigure *figure = g_ptr_array_index (catalogue->figures, i);

    add_spellings (add_entry (self, QONYS_HIT_FIGURE, &figure->title, figure->id), figure->id);
  }
}

QonysSearchIndex *
qonys_search_index_new (QonysProject *project)
{
  QonysSearchIndex *self = g_new0 (QonysSearchIndex, 1);

  self->project = qonys_project_ref (project);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  add_districts (self);
  add_base (self);
  add_catalogue (self);
  return self;
}

void
qonys_search_index_free (QonysSearchIndex *index)
{
  g_ptr_array_unref (index->entries);
  qonys_project_unref (index->project);
  g_free (index);
}

static const char *
get_place_label (const char *landmark_kind)
{
  static const struct {
    const char *kind, *label;
  } KINDS[] = {
      {"massif", N_ ("Residential area")},
      {"market", N_ ("Market")},
      {"mall", N_ ("Shopping centre")},
      {"transport", N_ ("Transport")},
      {"government", N_ ("Government")},
      {"education", N_ ("Education")},
      {"culture", N_ ("Culture")},
      {"sport", N_ ("Sport")},
      {"park", N_ ("Park")},
      {"worship", N_ ("Place of worship")},
      {"monument", N_ ("Monument")},
      {"village", N_ ("Village outside the city")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].kind, landmark_kind) == 0)
      return _ (KINDS[i].label);
  return _ ("Place");
}

static char *
describe (const Entry *entry)
{
  switch (entry->kind) {
  case QONYS_HIT_DISTRICT:
    return g_strdup_printf (_ ("District, KATO %s"), entry->id);
  case QONYS_HIT_PLACE:
    return g_strdup (get_place_label (entry->detail));
  case QONYS_HIT_STREET:
    return g_strdup (_ ("Street"));
  case QONYS_HIT_PROBLEM:
    return g_strdup_printf (_ ("Problem %s"), entry->id);
  case QONYS_HIT_MEASURE:
    return g_strdup_printf (_ ("Measure, item %s"), entry->id);
  case QONYS_HIT_FIGURE:
    return g_strdup_printf (_ ("City figure %s"), entry->id);
  }
  g_assert_not_reached ();
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const QonysHit *x = *(const QonysHit *const *)a, *y = *(const QonysHit *const *)b;

  if (x->score != y->score)
    return y->score - x->score;
  if (x->kind != y->kind)
    return (int)x->kind - (int)y->kind;
  return qonys_collate_kk (x->title, y->title);
}

GPtrArray *
qonys_search_index_find (const QonysSearchIndex *index, const char *text, guint max)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_hit_free);
  g_autofree char *needle = qonys_fold_text (text);

  for (guint i = 0; *needle != '\0' && i < index->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (index->entries, i);
    int score = 0;

    for (guint j = 0; j < entry->folded->len; j++)
      score = MAX (score, qonys_fold_match (needle, g_ptr_array_index (entry->folded, j)));
    if (score > 0) {
      QonysHit *hit = g_new0 (QonysHit, 1);

      hit->kind = entry->kind;
      hit->title = g_strdup (qonys_text3_get (entry->title));
      hit->subtitle = describe (entry);
      hit->id = entry->id;
      hit->x = entry->x;
      hit->y = entry->y;
      hit->box = entry->box;
      hit->score = score;
      g_ptr_array_add (hits, hit);
    }
  }
  g_ptr_array_sort (hits, compare_hits);
  if (hits->len > max)
    g_ptr_array_set_size (hits, max);
  return hits;
}
