/* What a new marked place begins with: asked once a dialog. */

#include "domain/summary.h"
#include "geo/mercator.h"
#include "geo/wkt.h"
#include "ui/entry-dialogs.h"
#include "ui/measure-dialogs.h"
#include <math.h>

typedef struct {
  const char *values[QONYS_ITEM_N_FIELDS];
  char *wkt, *ref, *number, *day, *today;
} Start;

static QonysEntry *
make_item (QonysSession *session, Start *start)
{
  g_autofree char *id = qonys_entry_make_id ();
  QonysEntry *item;

  start->today = qonys_day_to_iso (qonys_day_today ());
  start->values[QONYS_ITEM_DAY] = start->today;
  start->values[QONYS_ITEM_AUTHOR_ROLE] = qonys_find_last_role (session);
  start->values[QONYS_ITEM_SHAPE] = start->wkt;
  item = qonys_entry_new (QONYS_ENTRY_ITEM, id, start->values);
  g_free (start->wkt);
  g_free (start->ref);
  g_free (start->number);
  g_free (start->day);
  g_free (start->today);
  return item;
}

static char *
make_point (double x, double y)
{
  g_autoptr (QonysPath) path = qonys_path_new (QONYS_PATH_POINT);

  qonys_path_add (path, qonys_mercator_lon_deg (x), qonys_mercator_lat_deg (y));
  return qonys_path_to_wkt (path);
}

/* The square's number counts squares from the origin of the metric plane. */
static void
set_cell (Start *start, double x, double y)
{
  double lon_deg = qonys_mercator_lon_deg (x), lat_deg = qonys_mercator_lat_deg (y);
  double east_m, north_m;

  qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
  start->ref = g_strdup_printf ("E%dN%d", (int)floor (east_m / QONYS_CELL_SIZE_M),
                                (int)floor (north_m / QONYS_CELL_SIZE_M));
  start->values[QONYS_ITEM_PLACE_KIND] = "cell";
  start->values[QONYS_ITEM_PLACE_REF] = start->ref;
}

static void
set_district (Start *start, const char *kato)
{
  start->values[QONYS_ITEM_PLACE_KIND] = "district";
  start->values[QONYS_ITEM_PLACE_REF] = kato;
}

static void
set_point (Start *start, double x, double y)
{
  start->values[QONYS_ITEM_PLACE_KIND] = "point";
  start->wkt = make_point (x, y);
}

/* Returns: FALSE if what is picked is no place a problem can be marked at */
static gboolean
set_place (Start *start, const QonysContent *content, const QonysPick *pick)
{
  const QonysMarkLayer *layer = &content->layers[pick->layer];

  switch (pick->kind) {
  case QONYS_PICK_DISTRICT:
    set_district (
        start, g_array_index (content->districts, QonysDistrictMark, pick->index).district->kato);
    return TRUE;
  case QONYS_PICK_CELL: {
    const QonysCellMark *cell = &g_array_index (layer->cells, QonysCellMark, pick->index);

    set_cell (start, cell->center_x, cell->center_y);
    return TRUE;
  }
  case QONYS_PICK_POINT:
    set_point (start, pick->x, pick->y);
    return TRUE;
  case QONYS_PICK_MARK:
    if (layer->is_addresses && (pick->mark.n_points == 1 || pick->mark.is_one_place)) {
      set_point (start, pick->x, pick->y);
    } else if (layer->is_addresses || layer->cells != NULL) {
      set_cell (start, pick->x, pick->y); /* of a cluster the square of its middle */
    } else {
      for (guint i = 0; i < content->districts->len; i++) {
        const QonysDistrict *district =
            g_array_index (content->districts, QonysDistrictMark, i).district;

        if (district->shape != NULL && qonys_shape_contains (district->shape, pick->x, pick->y))
          set_district (start, district->kato);
      }
    }
    return start->values[QONYS_ITEM_PLACE_KIND] != NULL;
  case QONYS_PICK_NONE:
  case QONYS_PICK_ITEM:
  case QONYS_PICK_ANNOTATION:
  default:
    return FALSE;
  }
}

/* The first problem the card names, and the first of its rows that speaks of it. */
static void
set_evidence (Start *start, const QonysCard *card)
{
  const QonysProblem *problem = card->problem_ids->len == 0
                                    ? NULL
                                    : qonys_catalogue_find_problem (card->problem_ids->pdata[0]);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (problem == NULL)
    return;
  start->values[QONYS_ITEM_PROBLEM] = problem->id;
  for (guint i = 0; i < card->rows->len; i++) {
    const QonysCardRow *row = card->rows->pdata[i];

    if (row->indicator_id == NULL || row->day == QONYS_DAY_MISSING ||
        !g_strv_contains ((const char *const *)problem->indicators, row->indicator_id))
      continue;
    start->number = g_strdup (g_ascii_formatd (number, sizeof number, "%.10g", row->number));
    start->day = qonys_day_to_iso (row->day);
    start->values[QONYS_ITEM_INDICATOR] = row->indicator_id;
    start->values[QONYS_ITEM_INDICATOR_VALUE] = start->number;
    start->values[QONYS_ITEM_INDICATOR_DAY] = start->day;
    return;
  }
}

QonysEntry *
qonys_item_new_for_selection (QonysSession *session)
{
  QonysContent *content = qonys_session_get_content (session);
  const QonysPick *pick = qonys_session_get_selection (session);
  g_autoptr (QonysCard) card = NULL;
  Start start = {0};

  if (content == NULL || !set_place (&start, content, pick))
    return NULL;
  card = qonys_release_get_card (qonys_session_get_release (session), pick);
  if (card != NULL)
    set_evidence (&start, card);
  return make_item (session, &start);
}

QonysEntry *
qonys_item_new_for_shape (QonysSession *session, const char *wkt)
{
  g_autoptr (QonysPath) path = qonys_path_parse_wkt (wkt);
  Start start = {.wkt = g_strdup (wkt)};

  start.values[QONYS_ITEM_PLACE_KIND] =
      path != NULL && path->kind == QONYS_PATH_POINT ? "point" : "area";
  return make_item (session, &start);
}
