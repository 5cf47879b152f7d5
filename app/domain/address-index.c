/*
 * The index of streets and houses, while it is made. Parts of one name that lie near one another
 * become a street, others with the name stay apart: «Садовая» there is in five gardens. 3,000
 * parts take some 50 ms, 300,000 houses half a second; each house costs 48 bytes. Matching is in
 * address-match.c.
 */
#include "domain/address-index.h"

#include "domain/address-index-private.h"
#include "domain/street-alias.h"
#include "geo/mercator.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NAMES 12
#define NEAR_M 1000.0      /* parts of a street, and its houses */
#define SAME_PLACE_M 150.0 /* «Көктал-1» is no part of «Көктал-2» */
#define SAMPLE_M 100.0
#define M_PER_DEG 111200.0
#define LAT_DEG 51.15 /* of the city, for distances */
#define SAME_NAME 0.96
#define NO_DISTRICT 255

typedef struct {
  guint names[MAX_NAMES];
  guint n_names, cluster;
  const char *shown;
  gsize first, n; /* vertices of the draft */
  QonysBox box;
} Part;

typedef struct {
  guint name, cluster;
  QonysIndexHouse house;
} DraftHouse;

/* A street in the making. */
typedef struct {
  QonysBox box;
  guint parent; /* itself, or the one it was joined to */
  guint number; /* of the street, at the end */
  const char *shown;
} Cluster;

struct _QonysIndexDraft {
  GHashTable *by_text; /* a name as written → number + 1; 0 no name */
  GArray *parents;     /* guint: names of one street are joined */
  GArray *parts, *houses, *clusters;
  GArray *lon_deg, *lat_deg;
  GHashTable *here; /* name → GArray of clusters */
};

typedef struct {
  guint cluster;
  double lon_deg, lat_deg, weight;
  guint8 district;
} Sample;

/* ---- life ---- */

QonysAddressIndex *
qonys_address_index_new (const QonysDistricts *districts)
{
  QonysAddressIndex *self = g_new0 (QonysAddressIndex, 1);
  QonysIndexDraft *draft = self->draft = g_new0 (QonysIndexDraft, 1);

  if (districts != NULL) {
    self->kept = qonys_districts_ref ((QonysDistricts *)districts);
    self->districts = qonys_districts_get_on_day (districts, QONYS_DAY_MISSING);
  }
  self->strings = g_string_chunk_new (4096);
  self->names = qonys_names_new ();
  self->streets = g_array_new (FALSE, TRUE, sizeof (QonysIndexStreet));
  self->middles = g_array_new (FALSE, TRUE, sizeof (QonysStreetMiddle));
  self->houses = g_array_new (FALSE, TRUE, sizeof (QonysIndexHouse));
  draft->by_text = g_hash_table_new (g_str_hash, g_str_equal);
  draft->parents = g_array_new (FALSE, FALSE, sizeof (guint));
  draft->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  draft->houses = g_array_new (FALSE, TRUE, sizeof (DraftHouse));
  draft->clusters = g_array_new (FALSE, TRUE, sizeof (Cluster));
  draft->lon_deg = g_array_new (FALSE, FALSE, sizeof (double));
  draft->lat_deg = g_array_new (FALSE, FALSE, sizeof (double));
  draft->here = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  return self;
}

static void
free_draft (QonysIndexDraft *draft)
{
  g_hash_table_unref (draft->by_text);
  g_array_unref (draft->parents);
  g_array_unref (draft->parts);
  g_array_unref (draft->houses);
  g_array_unref (draft->clusters);
  g_array_unref (draft->lon_deg);
  g_array_unref (draft->lat_deg);
  g_hash_table_unref (draft->here);
  g_free (draft);
}

void
qonys_address_index_free (QonysAddressIndex *self)
{
  g_clear_pointer (&self->draft, free_draft);
  g_clear_pointer (&self->districts, g_ptr_array_unref);
  g_clear_pointer (&self->kept, qonys_districts_unref);
  g_clear_pointer (&self->aliases, g_ptr_array_unref);
  g_string_chunk_free (self->strings);
  qonys_names_free (self->names);
  g_array_unref (self->streets);
  g_array_unref (self->middles);
  g_array_unref (self->houses);
  g_free (self);
}

guint
qonys_address_index_get_n_streets (const QonysAddressIndex *self)
{
  return self->streets->len;
}

gsize
qonys_address_index_get_n_houses (const QonysAddressIndex *self)
{
  return self->houses->len;
}

/* ---- adding ---- */

static guint
get_root (GArray *parents, guint i)
{
  guint root = i;

  while (g_array_index (parents, guint, root) != root)
    root = g_array_index (parents, guint, root);
  for (; i != root;) {
    guint next = g_array_index (parents, guint, i);

    g_array_index (parents, guint, i) = root;
    i = next;
  }
  return root;
}

static guint
add_key (QonysAddressIndex *self, const char *key, QonysStreetType type)
{
  guint name = qonys_names_add (self->names, key, type, -1);
  GArray *parents = self->draft->parents;

  while (parents->len <= name) {
    guint i = parents->len;

    g_array_append_val (parents, i);
  }
  return name;
}

/* The number of a name as written, of kind @type if it says none. Returns: FALSE if there is no
 * name in it */
static gboolean
add_name (QonysAddressIndex *self, const char *text, QonysStreetType type, guint *name)
{
  gpointer known;

  if (!g_hash_table_lookup_extended (self->draft->by_text, text, NULL, &known)) {
    QonysStreetType own;
    g_autofree char *key = qonys_address_make_key (text, &own);

    if (own == QONYS_STREET_ANY)
      own = type;
    known = GUINT_TO_POINTER (key[0] != '\0' ? add_key (self, key, own) + 1 : 0);
    if (own != type || type == QONYS_STREET_ANY)
      g_hash_table_insert (self->draft->by_text, g_string_chunk_insert_const (self->strings, text),
                           known);
  }
  *name = GPOINTER_TO_UINT (known) - 1;
  return known != NULL;
}

void
qonys_address_index_add_line (QonysAddressIndex *self, const char *const *names, gsize n,
                              const double *lon_deg, const double *lat_deg)
{
  QonysIndexDraft *draft = self->draft;
  QonysStreetType type = QONYS_STREET_ANY;
  Part part = {.n_names = 0, .first = draft->lon_deg->len, .n = n, .box = qonys_box_empty ()};

  for (gsize i = 0; i < n; i++)
    qonys_box_add (&part.box, lon_deg[i], lat_deg[i]);
  if (qonys_box_is_empty (&part.box))
    return;
  for (; *names != NULL && part.n_names < MAX_NAMES; names++) {
    guint name;

    if (!add_name (self, *names, type, &name))
      continue;
    if (part.n_names == 0) {
      part.shown = g_string_chunk_insert_const (self->strings, *names);
      type = qonys_names_get (self->names, name)->type;
    } else if (n > 1) {
      g_array_index (draft->parents, guint, get_root (draft->parents, name)) =
          get_root (draft->parents, part.names[0]);
    }
    part.names[part.n_names++] = name;
  }
  if (part.n_names == 0)
    return;
  g_array_append_vals (draft->lon_deg, lon_deg, (guint)n);
  g_array_append_vals (draft->lat_deg, lat_deg, (guint)n);
  g_array_append_val (draft->parts, part);
}

gboolean
qonys_address_index_add_house (QonysAddressIndex *self, const char *name, const char *house,
                               double lon_deg, double lat_deg)
{
  DraftHouse added = {.house = {0, {0, 0, "", ""}, lon_deg, lat_deg}};

  if (isnan (lon_deg) || isnan (lat_deg))
    return FALSE;
  if (house != NULL) {
    if (!qonys_house_parse (house, &added.house.house) ||
        !add_name (self, name, QONYS_STREET_ANY, &added.name))
      return FALSE;
  } else {
    g_auto (QonysAddress) address = {0};
    const char *key;

    qonys_address_parse (name, &address);
    key = address.street != NULL ? address.street : address.block;
    if (key == NULL || address.house.number == 0)
      return FALSE;
    added.house.house = address.house;
    added.name = add_key (self, key, address.street != NULL ? address.type : address.block_type);
  }
  g_array_append_val (self->draft->houses, added);
  return TRUE;
}

/* ---- what lies together ---- */

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The stems of a name in order of the alphabet: one for «Магжана Жумабаева» and «Жұмабаев Мағжан».
 * Returns: (transfer full) */
static char *
make_signature (const QonysNameEntry *entry)
{
  const char *stems[QONYS_NAME_MAX_WORDS];
  GString *text = g_string_new (NULL);
  guint n = entry->name.n_words;

  for (guint i = 0; i < n; i++)
    stems[i] = entry->name.words[i].stem;
  qsort (stems, n, sizeof *stems, compare_words);
  g_string_append_printf (text, "%d", entry->type);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " %s", stems[i]);
  return g_string_free (text, FALSE);
}

/* Names in two languages are names of one street, wherever it is. */
static void
join_names (QonysAddressIndex *self)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *parents = self->draft->parents;

  for (guint i = 0; i < parents->len; i++) {
    char *signature = make_signature (qonys_names_get (self->names, i));
    gpointer known = g_hash_table_lookup (first, signature);

    if (known == NULL) {
      g_hash_table_insert (first, signature, GUINT_TO_POINTER (i + 1));
      continue;
    }
    g_array_index (parents, guint, get_root (parents, i)) =
        get_root (parents, GPOINTER_TO_UINT (known) - 1);
    g_free (signature);
  }
}

static Cluster *
get_cluster (QonysIndexDraft *draft, guint i)
{
  Cluster *cluster = &g_array_index (draft->clusters, Cluster, i);

  while (cluster->parent != i) {
    i = cluster->parent;
    cluster = &g_array_index (draft->clusters, Cluster, i);
  }
  return cluster;
}

static gboolean
is_near (const QonysBox *a, const QonysBox *b, double near_m)
{
  double cos_lat = cos (LAT_DEG * G_PI / 180);
  double x = MAX (0, MAX (a->min_x - b->max_x, b->min_x - a->max_x)) * cos_lat;
  double y = MAX (0, MAX (a->min_y - b->max_y, b->min_y - a->max_y));

  return hypot (x, y) * M_PER_DEG <= near_m;
}

/* The street of the name at the place, joined of all that are near. */
static guint
join_clusters (QonysIndexDraft *draft, guint name, const QonysBox *box, double near_m,
               const char *shown)
{
  gpointer root = GUINT_TO_POINTER (get_root (draft->parents, name));
  GArray *here = g_hash_table_lookup (draft->here, root);
  guint joined = G_MAXUINT;

  if (here == NULL) {
    here = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (draft->here, root, here);
  }
  for (guint i = 0; i < here->len;) {
    guint number = g_array_index (here, guint, i);
    Cluster *cluster = get_cluster (draft, number);

    if (!is_near (&cluster->box, box, near_m)) {
      i++;
      continue;
    }
    if (joined == G_MAXUINT) {
      joined = number;
      i++;
    } else {
      qonys_box_join (&get_cluster (draft, joined)->box, &cluster->box);
      cluster->parent = joined;
      g_array_remove_index_fast (here, i);
    }
  }
  if (joined == G_MAXUINT) {
    Cluster cluster = {*box, draft->clusters->len, 0, shown};

    joined = draft->clusters->len;
    g_array_append_val (draft->clusters, cluster);
    g_array_append_val (here, joined);
  }
  qonys_box_join (&get_cluster (draft, joined)->box, box);
  return joined;
}

static void
make_clusters (QonysAddressIndex *self)
{
  QonysIndexDraft *draft = self->draft;
  g_autoptr (GHashTable) texts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer text, name;

  for (guint i = 0; i < draft->parts->len; i++) {
    Part *part = &g_array_index (draft->parts, Part, i);

    part->cluster = join_clusters (draft, part->names[0], &part->box,
                                   part->n > 1 ? NEAR_M : SAME_PLACE_M, part->shown);
  }
  g_hash_table_iter_init (&iter, draft->by_text);
  while (g_hash_table_iter_next (&iter, &text, &name))
    g_hash_table_insert (texts, name, text);
  for (guint i = 0; i < draft->houses->len; i++) {
    DraftHouse *house = &g_array_index (draft->houses, DraftHouse, i);
    QonysBox box = {house->house.lon_deg, house->house.lat_deg, house->house.lon_deg,
                    house->house.lat_deg};
    const char *shown = g_hash_table_lookup (texts, GUINT_TO_POINTER (house->name + 1));

    if (shown == NULL) { /* addresses written whole: the key is all there is */
      const QonysStreetName *key = &qonys_names_get (self->names, house->name)->name;
      g_autoptr (GString) words = g_string_new (NULL);

      for (guint j = 0; j < key->n_words; j++)
        g_string_append_printf (words, "%s%s", j > 0 ? " " : "", key->words[j].text);
      shown = g_string_chunk_insert_const (self->strings, words->str);
    }
    house->cluster = join_clusters (draft, house->name, &box, NEAR_M, shown);
  }
}

static void
add_street_to_name (QonysAddressIndex *self, guint name, guint32 street)
{
  GArray *streets = qonys_names_get (self->names, name)->streets;

  for (guint i = 0; i < streets->len; i++)
    if (g_array_index (streets, guint32, i) == street)
      return;
  g_array_append_val (streets, street);
}

static int
compare_houses (gconstpointer a, gconstpointer b)
{
  const QonysIndexHouse *x = a, *y = b;

  if (x->street != y->street)
    return x->street < y->street ? -1 : 1;
  return qonys_house_compare (&x->house, &y->house);
}

static void
make_streets (QonysAddressIndex *self)
{
  QonysIndexDraft *draft = self->draft;

  for (guint i = 0; i < draft->clusters->len; i++) {
    Cluster *cluster = &g_array_index (draft->clusters, Cluster, i);
    QonysIndexStreet street = {.shown = cluster->shown};

    if (cluster->parent != i)
      continue;
    cluster->number = self->streets->len;
    g_array_append_val (self->streets, street);
  }
  for (guint i = 0; i < draft->parts->len; i++) {
    Part *part = &g_array_index (draft->parts, Part, i);

    part->cluster = get_cluster (draft, part->cluster)->number;
    for (guint j = 0; j < part->n_names; j++)
      add_street_to_name (self, part->names[j], part->cluster);
  }
  for (guint i = 0; i < draft->houses->len; i++) {
    DraftHouse *house = &g_array_index (draft->houses, DraftHouse, i);

    house->house.street = house->cluster = get_cluster (draft, house->cluster)->number;
    add_street_to_name (self, house->name, house->cluster);
    g_array_append_val (self->houses, house->house);
  }
  g_array_sort (self->houses, compare_houses);
  for (guint i = 0; i < self->houses->len; i++) {
    guint number = g_array_index (self->houses, QonysIndexHouse, i).street;
    QonysIndexStreet *street = &g_array_index (self->streets, QonysIndexStreet, number);

    if (street->n_houses++ == 0)
      street->first_house = i;
  }
}

/* ---- middles ---- */

/* Points along the line, a hundred metres apart at most. */
static void
sample_part (const QonysIndexDraft *draft, const Part *part, GArray *samples)
{
  const double *lon = &g_array_index (draft->lon_deg, double, part->first);
  const double *lat = &g_array_index (draft->lat_deg, double, part->first);

  if (part->n == 1) {
    Sample sample = {part->cluster, lon[0], lat[0], 1, NO_DISTRICT};

    g_array_append_val (samples, sample);
  }
  for (gsize i = 1; i < part->n; i++) {
    double length_m = qonys_distance_m (lon[i - 1], lat[i - 1], lon[i], lat[i]);
    int n = isnan (length_m) ? 0 : (int)ceil (MIN (length_m, 50000) / SAMPLE_M);

    for (int j = 0; j < n; j++) {
      double at = (j + 0.5) / n;
      Sample sample = {part->cluster, lon[i - 1] + at * (lon[i] - lon[i - 1]),
                       lat[i - 1] + at * (lat[i] - lat[i - 1]), length_m / n, NO_DISTRICT};

      g_array_append_val (samples, sample);
    }
  }
}

static void
place_samples (const QonysAddressIndex *self, GArray *samples)
{
  g_autofree double *x = g_new (double, samples->len);
  g_autofree double *y = g_new (double, samples->len);
  g_autofree guint8 *owners = g_new (guint8, samples->len);
  g_autofree const QonysShape **shapes = g_new (const QonysShape *, self->districts->len);

  for (guint i = 0; i < self->districts->len; i++)
    shapes[i] = ((QonysDistrict *)g_ptr_array_index (self->districts, i))->shape;
  for (guint i = 0; i < samples->len; i++) {
    x[i] = qonys_mercator_x (g_array_index (samples, Sample, i).lon_deg);
    y[i] = qonys_mercator_y (g_array_index (samples, Sample, i).lat_deg);
  }
  qonys_shapes_assign (shapes, self->districts->len, x, y, samples->len, owners);
  for (guint i = 0; i < samples->len; i++)
    g_array_index (samples, Sample, i).district = owners[i];
}

static int
compare_samples (gconstpointer a, gconstpointer b)
{
  const Sample *x = a, *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return x->district - y->district;
}

/* The sample nearest to the mean of @n of them. */
static QonysStreetMiddle
find_middle (const Sample *samples, guint n)
{
  QonysStreetMiddle middle = {samples->district, 0, 0, 0};
  double lon = 0, lat = 0, best = INFINITY, cos_lat = cos (LAT_DEG * G_PI / 180);

  for (guint i = 0; i < n; i++) {
    middle.weight += samples[i].weight;
    lon += samples[i].weight * samples[i].lon_deg;
    lat += samples[i].weight * samples[i].lat_deg;
  }
  lon /= middle.weight;
  lat /= middle.weight;
  for (guint i = 0; i < n; i++) {
    double d = hypot ((samples[i].lon_deg - lon) * cos_lat, samples[i].lat_deg - lat);

    if (d < best) {
      best = d;
      middle.lon_deg = samples[i].lon_deg;
      middle.lat_deg = samples[i].lat_deg;
    }
  }
  return middle;
}

static void
make_middles (QonysAddressIndex *self)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_autofree gboolean *has_line = g_new0 (gboolean, self->streets->len + 1);

  for (guint i = 0; i < self->draft->parts->len; i++) {
    const Part *part = &g_array_index (self->draft->parts, Part, i);

    sample_part (self->draft, part, samples);
    has_line[part->cluster] = TRUE;
  }
  for (guint i = 0; i < self->houses->len; i++) {
    const QonysIndexHouse *house = &g_array_index (self->houses, QonysIndexHouse, i);
    Sample sample = {house->street, house->lon_deg, house->lat_deg, 1, NO_DISTRICT};

    if (!has_line[house->street])
      g_array_append_val (samples, sample);
  }
  if (samples->len == 0)
    return;
  if (self->districts != NULL)
    place_samples (self, samples);
  g_array_sort (samples, compare_samples);
  for (guint i = 0, end; i < samples->len; i = end) {
    const Sample *first = &g_array_index (samples, Sample, i);
    QonysIndexStreet *street = &g_array_index (self->streets, QonysIndexStreet, first->cluster);
    QonysStreetMiddle middle;

    street->first_middle = self->middles->len;
    for (end = i;
         end < samples->len && g_array_index (samples, Sample, end).cluster == first->cluster;) {
      guint begin = end;
      guint8 district = g_array_index (samples, Sample, begin).district;

      while (end < samples->len && g_array_index (samples, Sample, end).cluster == first->cluster &&
             g_array_index (samples, Sample, end).district == district)
        end++;
      middle = find_middle (&g_array_index (samples, Sample, begin), end - begin);
      g_array_append_val (self->middles, middle);
      street->n_middles++;
    }
    middle = find_middle (first, end - i);
    street->lon_deg = middle.lon_deg;
    street->lat_deg = middle.lat_deg;
    street->is_outside =
        self->districts != NULL && street->n_middles == 1 && first->district == NO_DISTRICT;
  }
}

/* ---- old names ---- */

/* Adds to @streets those that bear the name. */
static void
find_streets (const QonysAddressIndex *self, const char *text, GArray *streets)
{
  QonysNameHit hits[QONYS_NAMES_MAX_HITS];
  QonysStreetName name;
  QonysStreetType type;
  g_autofree char *key = qonys_address_make_key (text, &type);
  guint n;

  qonys_street_name_init (&name, key);
  n = qonys_names_find (self->names, &name, type, SAME_NAME, hits);
  for (guint i = 0; i < n; i++) {
    const GArray *found = qonys_names_get (self->names, hits[i].name)->streets;

    g_array_append_vals (streets, found->data, found->len);
  }
}

static void
add_aliases (QonysAddressIndex *self, GStrv known, GStrv others, int alias)
{
  g_autoptr (GArray) streets = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (gsize i = 0; known[i] != NULL; i++)
    find_streets (self, known[i], streets);
  for (gsize i = 0; streets->len > 0 && others[i] != NULL; i++) {
    QonysStreetType type;
    g_autofree char *key = qonys_address_make_key (others[i], &type);
    guint name = qonys_names_add (self->names, key, type, alias);

    for (guint j = 0; j < streets->len; j++)
      add_street_to_name (self, name, g_array_index (streets, guint32, j));
  }
}

void
qonys_address_index_freeze (QonysAddressIndex *self)
{
  join_names (self);
  make_clusters (self);
  make_streets (self);
  make_middles (self);
  g_clear_pointer (&self->draft, free_draft);
  self->aliases = qonys_street_aliases_load ();
  qonys_names_sort_words (self->names);
  /* New names are not findable before the words are sorted again: aliases do not chain. */
  for (guint i = 0; i < self->aliases->len; i++) {
    const QonysStreetAlias *alias = g_ptr_array_index (self->aliases, i);

    add_aliases (self, alias->now, alias->was, (int)(2 * i));
    add_aliases (self, alias->was, alias->now, (int)(2 * i + 1));
  }
  qonys_names_sort_words (self->names);
}
