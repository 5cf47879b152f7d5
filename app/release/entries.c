/* What people wrote, as an audience may see it: up to some ten thousand items and annotations, each
 * made once (3 µs) and taken over by the next release while its entry stays the same. For other
 * than the official audience a place is made coarser: to squares of 500 m where it is a point or
 * smaller than one, else to a grid of 100 m; the entry itself is made anew without what is
 * withheld, so that nobody after the gate has it. */

#include "release/release-private.h"

#include "domain/square.h"
#include "geo/mercator.h"
#include "geo/wkt.h"

#include <math.h>

#define CELL_M 500.0
#define STEP_M 100.0

/* ---- shapes ---- */

static void
set_vertex (QonysPath *path, guint i, double east_m, double north_m)
{
  double lon_deg, lat_deg;

  qonys_utm42_unproject (&east_m, &north_m, 1, &lon_deg, &lat_deg);
  g_array_index (path->lon_deg, double, i) = lon_deg;
  g_array_index (path->lat_deg, double, i) = lat_deg;
}

/* The vertices in metres. */
typedef struct {
  guint n;
  double *east_m, *north_m;
} Vertices;

static void
vertices_clear (Vertices *vertices)
{
  g_free (vertices->east_m);
  g_free (vertices->north_m);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Vertices, vertices_clear)

static void
vertices_init (Vertices *vertices, const QonysPath *path)
{
  vertices->n = path->lon_deg->len;
  vertices->east_m = g_new (double, vertices->n);
  vertices->north_m = g_new (double, vertices->n);
  qonys_utm42_project ((const double *)path->lon_deg->data, (const double *)path->lat_deg->data,
                       vertices->n, vertices->east_m, vertices->north_m);
}

/* Of a ring; signed. */
static double
get_area_m2 (const Vertices *vertices)
{
  const double *x = vertices->east_m, *y = vertices->north_m;
  double area = 0;

  for (guint i = 0; i + 1 < vertices->n; i++)
    area += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
  return area / 2;
}

/* The cell of the middle. */
static QonysPath *
make_cell_of (const Vertices *vertices)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = 0; i < vertices->n; i++)
    qonys_box_add (&box, vertices->east_m[i], vertices->north_m[i]);
  return qonys_square_make_outline ((box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2);
}

/* Vertices on the grid of 100 m, those that fall together once. Nothing is left of an area: its
 * cell; of a line: a point. */
static QonysPath *
round_path (const QonysPath *path, Vertices *vertices)
{
  QonysPath *rounded = qonys_path_new (path->kind);
  guint n = 0;

  for (guint i = 0; i < vertices->n; i++) {
    vertices->east_m[n] = round (vertices->east_m[i] / STEP_M) * STEP_M;
    vertices->north_m[n] = round (vertices->north_m[i] / STEP_M) * STEP_M;
    if (n > 0 && vertices->east_m[n] == vertices->east_m[n - 1] &&
        vertices->north_m[n] == vertices->north_m[n - 1])
      continue;
    n++;
  }
  vertices->n = n;
  if (path->kind == QONYS_PATH_POLYGON && (n < 4 || get_area_m2 (vertices) == 0)) {
    qonys_path_free (rounded);
    return make_cell_of (vertices);
  }
  if (n == 1)
    rounded->kind = QONYS_PATH_POINT;
  for (guint i = 0; i < n; i++) {
    qonys_path_add (rounded, 0, 0);
    set_vertex (rounded, i, vertices->east_m[i], vertices->north_m[i]);
  }
  return rounded;
}

/* The shape of an item or annotation as it may be shown; NULL where it has none. */
static QonysPath *
make_path (const QonysEntry *entry, gboolean is_official, gboolean *is_generalised)
{
  gboolean is_item = qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM;
  const char *place = is_item ? qonys_entry_get (entry, QONYS_ITEM_PLACE_KIND) : NULL;
  const char *wkt = qonys_entry_get (entry, is_item ? QONYS_ITEM_SHAPE : QONYS_ANNOTATION_SHAPE);
  g_autoptr (QonysPath) path = NULL;
  g_auto (Vertices) vertices = {0};
  gboolean is_cell = g_strcmp0 (place, "cell") == 0;

  if (g_strcmp0 (place, "district") == 0 || g_strcmp0 (place, "city") == 0)
    return NULL;
  if (is_cell)
    path = qonys_square_parse (qonys_entry_get (entry, QONYS_ITEM_PLACE_REF));
  if (path == NULL && wkt != NULL)
    path = qonys_path_parse_wkt (wkt);
  else
    is_official |= path != NULL; /* the cell's own outline */
  if (path == NULL || is_official)
    return g_steal_pointer (&path);

  *is_generalised = TRUE;
  vertices_init (&vertices, path);
  if (is_item && (is_cell || path->kind != QONYS_PATH_POLYGON ||
                  fabs (get_area_m2 (&vertices)) < CELL_M * CELL_M))
    return make_cell_of (&vertices);
  return round_path (path, &vertices);
}

/* ---- fields ---- */

gboolean
_qonys_entry_field_is_withheld (QonysAudience audience, QonysEntryKind kind, guint field)
{
  if (audience != QONYS_AUDIENCE_PUBLIC)
    return FALSE;
  if (kind == QONYS_ENTRY_ITEM)
    return field == QONYS_ITEM_SEVERITY || field == QONYS_ITEM_SEVERITY_REASONS ||
           field == QONYS_ITEM_DOCUMENT || field == QONYS_ITEM_AUTHOR_ROLE;
  return kind == QONYS_ENTRY_ANNOTATION &&
         (field == QONYS_ANNOTATION_BEFORE || field == QONYS_ANNOTATION_AFTER);
}

GPtrArray *
_qonys_plan_find_measures (const QonysPlan *plan, guint field, const char *id)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < measures->len; i++) {
    g_auto (GStrv) ids = qonys_entry_dup_ids (measures->pdata[i], field);

    if (g_strv_contains ((const char *const *)ids, id))
      g_ptr_array_add (found, g_strdup (qonys_entry_get_id (measures->pdata[i])));
  }
  g_ptr_array_add (found, NULL);
  return found;
}

/* The entry without what the audience may not see. */
static QonysEntry *
make_entry (QonysEntry *entry, const QonysRelease *release)
{
  QonysEntryKind kind = qonys_entry_get_kind (entry);
  const QonysEntrySchema *schema = qonys_entry_schema_get (kind);
  g_autofree const char **values = NULL;

  if (_qonys_release_is_official (release))
    return qonys_entry_ref (entry);
  values = g_new (const char *, schema->n_fields);
  for (guint i = 0; i < schema->n_fields; i++)
    values[i] = _qonys_entry_field_is_withheld (release->audience, kind, i)
                    ? NULL
                    : qonys_entry_get (entry, i);
  values[schema->shape_field] = NULL; /* the mark's is what may be shown */
  if (kind == QONYS_ENTRY_ITEM && (g_strcmp0 (values[QONYS_ITEM_PLACE_KIND], "point") == 0 ||
                                   g_strcmp0 (values[QONYS_ITEM_PLACE_KIND], "area") == 0))
    values[QONYS_ITEM_PLACE_REF] = NULL; /* it may be an address */
  return qonys_entry_new (kind, qonys_entry_get_id (entry), values);
}

static QonysNoteKind
get_kind (const QonysEntry *entry)
{
  const QonysEntryField *field =
      &qonys_entry_schema_get (QONYS_ENTRY_ANNOTATION)->fields[QONYS_ANNOTATION_KIND];
  const char *word;

  if (qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM)
    return QONYS_NOTE_ITEM;
  word = qonys_entry_get (entry, QONYS_ANNOTATION_KIND);
  for (guint i = 0; field->words[i] != NULL; i++)
    if (g_strcmp0 (field->words[i], word) == 0)
      return QONYS_NOTE_PIN + i;
  return QONYS_NOTE_PIN;
}

static const QonysDistrict *
find_district (const QonysContent *content, const QonysEntry *entry)
{
  const QonysDistricts *all = qonys_project_get_districts (content->project);
  const char *kato;

  if (qonys_entry_get_kind (entry) != QONYS_ENTRY_ITEM ||
      g_strcmp0 (qonys_entry_get (entry, QONYS_ITEM_PLACE_KIND), "district") != 0)
    return NULL;
  kato = qonys_entry_get (entry, QONYS_ITEM_PLACE_REF);
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrict *district =
        g_array_index (content->districts, QonysDistrictMark, i).district;

    if (g_strcmp0 (district->kato, kato) == 0)
      return district;
  }
  /* Of another day than the districts drawn. */
  for (guint i = 0; i < qonys_districts_get_n (all); i++)
    if (g_strcmp0 (qonys_districts_get (all, i)->kato, kato) == 0)
      return qonys_districts_get (all, i);
  return NULL;
}

/* ---- marks ---- */

/* Shape and anchor: a line's end that it points to, else its beginning; an area's label point. */
static void
set_place (QonysNoteMark *mark, const QonysPath *path)
{
  guint n = path->lon_deg->len;
  const guint starts[] = {0, n};
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  guint at = mark->kind == QONYS_NOTE_ARROW ? n - 1 : 0;

  qonys_mercator_project ((const double *)path->lon_deg->data, (const double *)path->lat_deg->data,
                          n, x, y);
  mark->x = x[at];
  mark->y = y[at];
  if (path->kind == QONYS_PATH_POINT)
    return;
  mark->shape = qonys_shape_new (1, starts, x, y);
  mark->is_ring = path->kind == QONYS_PATH_POLYGON;
  if (qonys_square_is_outline (path)) { /* its middle need not be searched for */
    mark->x = (x[0] + x[2]) / 2;
    mark->y = (y[0] + y[2]) / 2;
  } else if (mark->is_ring) {
    qonys_shape_get_label_point (mark->shape, &mark->x, &mark->y);
  }
}

static QonysNoteMark *
make_mark (const QonysRelease *release, QonysEntry *entry, const QonysDistrict *district)
{
  gboolean is_item = qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM, is_generalised = FALSE;
  guint text = is_item ? QONYS_ITEM_TEXT_KK : QONYS_ANNOTATION_TEXT_KK;
  g_autoptr (QonysPath) path =
      make_path (entry, _qonys_release_is_official (release), &is_generalised);
  g_autoptr (QonysEntry) released = make_entry (entry, release);
  QonysNoteMark *mark = qonys_note_mark_new (get_kind (entry), released);
  const char *words = qonys_entry_get_text3 (entry, text), *id;

  mark->is_generalised = is_generalised;
  mark->district = district;
  mark->text = g_strdup (words != NULL ? words : "");
  for (guint i = 0; words == NULL && i < QONYS_N_LANGUAGES; i++)
    mark->is_text_missing |= qonys_entry_get (entry, text + i) != NULL;
  if (is_item) {
    const QonysProblem *problem;

    id = qonys_entry_get (entry, QONYS_ITEM_PROBLEM);
    problem = id != NULL ? qonys_catalogue_find_problem (id) : NULL;
    mark->title = g_strdup (problem != NULL ? qonys_text3_get (&problem->title)
                            : id != NULL    ? id
                                            : "");
    mark->is_solved = qonys_entry_get (entry, QONYS_ITEM_SOLVED_ON) != NULL;
  } else {
    mark->title = g_strdup (qonys_note_kind_get_title (mark->kind));
  }
  if (district != NULL) {
    mark->x = district->label_x;
    mark->y = district->label_y;
  } else if (path != NULL) {
    set_place (mark, path);
  }
  return mark;
}

typedef struct {
  const QonysRelease *release;
  const GPtrArray *entries;
  GPtrArray *districts; /* by entry; NULL: it is none */
  gpointer *marks;      /* by entry; NULL: still to be made */
} Making;

static void
make_marks (gsize begin, gsize end, guint part, gpointer data)
{
  const Making *making = data;

  for (gsize i = begin; i < end; i++)
    if (making->marks[i] == NULL)
      making->marks[i] =
          make_mark (making->release, making->entries->pdata[i], making->districts->pdata[i]);
}

/* Both lists are sorted by id; what stands in both as the same object keeps its mark. */
static void
add_kind (QonysContent *content, const QonysRelease *release, const QonysRelease *before,
          QonysEntryKind kind)
{
  const GPtrArray *entries = qonys_plan_get_entries (release->plan, kind);
  const GPtrArray *old = before != NULL ? qonys_plan_get_entries (before->plan, kind) : NULL;
  guint offset = kind == QONYS_ENTRY_ANNOTATION && before != NULL ? before->content->n_items : 0;
  guint first = content->notes->len, at = 0;
  g_autoptr (GPtrArray) districts = g_ptr_array_sized_new (entries->len);
  Making making = {release, entries, districts, NULL};

  g_ptr_array_set_size (content->notes, (int)(first + entries->len));
  making.marks = content->notes->pdata + first;
  for (guint i = 0; i < entries->len; i++) {
    QonysEntry *entry = entries->pdata[i];
    const QonysDistrict *district = find_district (content, entry);

    g_ptr_array_add (districts, (gpointer)district);
    while (old != NULL && at < old->len && old->pdata[at] != entry &&
           strcmp (qonys_entry_get_id (old->pdata[at]), qonys_entry_get_id (entry)) < 0)
      at++;
    if (old != NULL && at < old->len && old->pdata[at] == entry) {
      QonysNoteMark *mark = before->content->notes->pdata[offset + at];

      if (mark->district == district)
        making.marks[i] = qonys_note_mark_ref (mark);
    }
  }
  qonys_parallel_for (entries->len, 512, make_marks, &making);
}

void
_qonys_content_add_entries (QonysContent *content, const QonysRelease *release,
                            const QonysRelease *before)
{
  add_kind (content, release, before, QONYS_ENTRY_ITEM);
  content->n_items = content->notes->len;
  add_kind (content, release, before, QONYS_ENTRY_ANNOTATION);
}
