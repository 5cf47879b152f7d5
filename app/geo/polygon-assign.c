/* Points to shapes: a million points at a time, once a table and layer. A grid over the joint box
 * says for most cells at once who owns them; in a cell that a border passes only the shapes of that
 * border are asked, and only with the edges of the cell's row. Built in a millisecond or two, then
 * about 10 ns a point and thread. */

#include "geo/polygon.h"

#include "base/job.h"
#include "geo/edge.h"

#include <math.h>
#include <string.h>

#define NONE 255
#define BORDER 254
#define MAX_SHAPES 254
#define MAX_SIDE 512
#define MIN_SIDE 8
#define MIN_CHUNK 16384
/* How far, in cells, a border reaches beyond what it touches: far above rounding. */
#define MARGIN 1e-6

/* One shape's edges by the rows they pass: row r has edges[starts[r] … starts[r + 1]). */
typedef struct {
  QonysBox box;
  guint *starts;
  QonysEdge *edges;
} Slabs;

typedef struct {
  guint n_shapes, side;
  QonysBox box;
  double x_scale, y_scale; /* cells a unit */
  Slabs *slabs;
  guint8 *owners; /* a cell: its shape, NONE or BORDER */
  guint8 *outer;  /* of a border cell: the shape that holds it whole but for what the list says */
  guint *starts;  /* the shapes whose border passes cell c: passing[starts[c] … starts[c + 1]) */
  guint8 *passing;
} Index;

/* Monotonous in the coordinate, so a point between two ends is in a cell between theirs. */
static guint
get_step (const Index *index, double offset, double scale)
{
  double step = offset * scale;

  return step >= index->side ? index->side - 1 : step > 0.0 ? (guint)step : 0;
}

static guint
get_row (const Index *index, double y)
{
  return get_step (index, y - index->box.min_y, index->y_scale);
}

static guint
get_column (const Index *index, double x)
{
  return get_step (index, x - index->box.min_x, index->x_scale);
}

static gboolean
contains (const Slabs *slabs, guint row, double x, double y)
{
  gboolean inside = FALSE;

  if (!qonys_box_contains (&slabs->box, x, y))
    return FALSE;
  for (guint i = slabs->starts[row]; i < slabs->starts[row + 1]; i++)
    inside ^= qonys_edge_is_crossed (&slabs->edges[i], x, y);
  return inside;
}

/* Calls for each edge of a shape that is not a point. */
#define FOR_EDGES(shape, edge)                                                                     \
  for (guint r_ = 0; r_ < (shape)->n_rings; r_++)                                                  \
    for (guint i_ = (shape)->ring_starts[r_]; i_ + 1 < (shape)->ring_starts[r_ + 1]; i_++)         \
      for (QonysEdge edge = qonys_edge ((shape)->x[i_], (shape)->y[i_], (shape)->x[i_ + 1],        \
                                        (shape)->y[i_ + 1]),                                       \
                     *once_ = &edge;                                                               \
           once_ != NULL; once_ = NULL)

static void
make_slabs (const Index *index, const QonysShape *shape, Slabs *slabs)
{
  guint sum = 0;

  slabs->box = shape->box;
  slabs->starts = g_new0 (guint, index->side + 2);
  FOR_EDGES (shape, edge)
  {
    if (edge.y1 < edge.y2)
      for (guint row = get_row (index, edge.y1); row <= get_row (index, edge.y2); row++)
        slabs->starts[row + 2]++;
  }
  for (guint row = 0; row < index->side; row++)
    slabs->starts[row + 2] = sum += slabs->starts[row + 2];
  slabs->edges = g_new (QonysEdge, sum);
  FOR_EDGES (shape, edge)
  {
    if (edge.y1 < edge.y2)
      for (guint row = get_row (index, edge.y1); row <= get_row (index, edge.y2); row++)
        slabs->edges[slabs->starts[row + 1]++] = edge;
  }
}

/* Marks the cells an edge passes, each once a shape: @last holds who marked a cell last. */
static void
mark_edge (const Index *index, const QonysEdge *edge, guint8 shape, guint8 *last, GArray *marks)
{
  double x_margin = MARGIN / index->x_scale, y_margin = MARGIN / index->y_scale;
  guint first_row = get_row (index, edge->y1 - y_margin);
  guint last_row = get_row (index, edge->y2 + y_margin);

  for (guint row = first_row; row <= last_row; row++) {
    double a = edge->x1, b = edge->x2;

    if (edge->y2 > edge->y1) {
      double bottom = index->box.min_y + row / index->y_scale - y_margin;
      double top = index->box.min_y + (row + 1) / index->y_scale + y_margin;
      double slope = (edge->x2 - edge->x1) / (edge->y2 - edge->y1);

      if (bottom > edge->y1)
        a = edge->x1 + MIN (bottom - edge->y1, edge->y2 - edge->y1) * slope;
      if (top < edge->y2)
        b = edge->x2 - MIN (edge->y2 - top, edge->y2 - edge->y1) * slope;
    }

    guint first = get_column (index, MIN (a, b) - x_margin);
    guint end = get_column (index, MAX (a, b) + x_margin);

    for (guint column = first; column <= end; column++) {
      guint cell = row * index->side + column;

      if (last[cell] == shape)
        continue;
      last[cell] = shape;
      index->owners[cell] = BORDER;

      guint64 mark = (guint64)cell << 8 | shape;

      g_array_append_val (marks, mark);
    }
  }
}

/* The lowest shape that holds the middle of a cell, but for those whose border passes it. */
static guint8
find_owner (const Index *index, guint row, guint column)
{
  guint cell = row * index->side + column;
  double x = index->box.min_x + (column + 0.5) / index->x_scale;
  double y = index->box.min_y + (row + 0.5) / index->y_scale;
  guint next = index->starts[cell];

  for (guint s = 0; s < index->n_shapes; s++) {
    if (next < index->starts[cell + 1] && index->passing[next] == s)
      next++;
    else if (contains (&index->slabs[s], row, x, y))
      return (guint8)s;
  }
  return NONE;
}

static void
fill_rows (gsize begin, gsize end, guint part, gpointer data)
{
  const Index *index = data;

  for (guint row = (guint)begin; row < end; row++) {
    for (guint column = 0; column < index->side; column++) {
      guint cell = row * index->side + column;

      if (index->owners[cell] == BORDER)
        index->outer[cell] = find_owner (index, row, column);
      else if (column > 0 && index->owners[cell - 1] != BORDER)
        index->owners[cell] = index->owners[cell - 1];
      else
        index->owners[cell] = find_owner (index, row, column);
    }
  }
}

static void
index_init (Index *index, const QonysShape *const *shapes, guint n_shapes, gsize n)
{
  guint n_cells;
  double side = sqrt ((double)n) / 2.0;

  *index = (Index){.n_shapes = n_shapes, .side = CLAMP (side, MIN_SIDE, MAX_SIDE)};
  n_cells = index->side * index->side;
  index->box = qonys_box_empty ();
  for (guint s = 0; s < n_shapes; s++)
    qonys_box_join (&index->box, &shapes[s]->box);

  double width = index->box.max_x - index->box.min_x, height = index->box.max_y - index->box.min_y;

  index->x_scale = width > 0.0 ? index->side / width : 1.0;
  index->y_scale = height > 0.0 ? index->side / height : 1.0;
  index->slabs = g_new (Slabs, n_shapes);
  index->owners = g_malloc0 (n_cells);
  index->outer = g_malloc (n_cells);
  index->starts = g_new0 (guint, n_cells + 2);

  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree guint8 *last = g_malloc (n_cells);

  memset (last, NONE, n_cells);
  for (guint s = 0; s < n_shapes; s++) {
    make_slabs (index, shapes[s], &index->slabs[s]);
    FOR_EDGES (shapes[s], edge)
    mark_edge (index, &edge, (guint8)s, last, marks);
  }
  /* By cell; in a cell shapes ascend as they were marked. */
  index->passing = g_malloc (marks->len);
  for (guint i = 0; i < marks->len; i++)
    index->starts[(g_array_index (marks, guint64, i) >> 8) + 2]++;
  for (guint cell = 0; cell < n_cells; cell++)
    index->starts[cell + 2] += index->starts[cell + 1];
  for (guint i = 0; i < marks->len; i++) {
    guint64 mark = g_array_index (marks, guint64, i);

    index->passing[index->starts[(mark >> 8) + 1]++] = mark & 255;
  }
  qonys_parallel_for (index->side, MIN (index->side, 64), fill_rows, index);
}

static void
index_clear (Index *index)
{
  for (guint s = 0; s < index->n_shapes; s++) {
    g_free (index->slabs[s].starts);
    g_free (index->slabs[s].edges);
  }
  g_free (index->slabs);
  g_free (index->owners);
  g_free (index->outer);
  g_free (index->starts);
  g_free (index->passing);
}

static guint8
find_shape (const Index *index, double x, double y)
{
  if (!qonys_box_contains (&index->box, x, y))
    return NONE;

  guint row = get_row (index, y), cell = row * index->side + get_column (index, x);

  if (index->owners[cell] != BORDER)
    return index->owners[cell];
  for (guint i = index->starts[cell]; i < index->starts[cell + 1]; i++) {
    guint8 shape = index->passing[i];

    if (shape > index->outer[cell])
      break;
    if (contains (&index->slabs[shape], row, x, y))
      return shape;
  }
  return index->outer[cell];
}

typedef struct {
  Index index;
  const double *x, *y;
  guint8 *owner;
} Assignment;

static void
assign (gsize begin, gsize end, guint part, gpointer data)
{
  const Assignment *assignment = data;

  for (gsize i = begin; i < end; i++)
    assignment->owner[i] = find_shape (&assignment->index, assignment->x[i], assignment->y[i]);
}

void
qonys_shapes_assign (const QonysShape *const *shapes, guint n_shapes, const double *x,
                     const double *y, gsize n, guint8 *owner)
{
  Assignment assignment = {.x = x, .y = y, .owner = owner};

  g_return_if_fail (n_shapes <= MAX_SHAPES);
  index_init (&assignment.index, shapes, n_shapes, n);
  qonys_parallel_for (n, MIN_CHUNK, assign, &assignment);
  index_clear (&assignment.index);
}
