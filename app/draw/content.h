#pragma once

#include "base/color.h"
#include "domain/entry.h"
#include "domain/project.h"
#include "domain/statistic.h"
#include "geo/cluster.h"

G_BEGIN_DECLS

/* What may be painted. Made by the release gate and by nobody else: what is not in the content
 * cannot get into a picture. Immutable once made; painters on any thread share it. */

typedef enum {
  QONYS_AUDIENCE_PUBLIC,
  QONYS_AUDIENCE_COMMITTEE,
  QONYS_AUDIENCE_OFFICIAL
} QonysAudience;

typedef enum {
  QONYS_LAYER_DISTRICTS,
  QONYS_LAYER_FICTITIOUS,
  QONYS_LAYER_OVERCROWDED,
  QONYS_LAYER_RAIDS,
  QONYS_N_LAYERS
} QonysLayer;

/** "districts", "fictitious", "overcrowded", "raids". */
const char *qonys_layer_get_id (QonysLayer layer);
gboolean qonys_layer_parse (const char *id, QonysLayer *layer);
/** In the language now set: «Жалған тіркеу». */
const char *qonys_layer_get_title (QonysLayer layer);

typedef enum { QONYS_VALUE_SHOWN, QONYS_VALUE_MISSING, QONYS_VALUE_SUPPRESSED } QonysValueState;

/** One district to be coloured. */
typedef struct {
  const QonysDistrict *district; /* owned by the content's project */
  double value;                  /* NaN unless shown */
  QonysValueState state;
} QonysDistrictMark;

/** One 500 m cell of a problem layer. */
typedef struct {
  double corner_x[4], corner_y[4], center_x, center_y; /* mercator unit square */
  guint32 count;                                       /* 0 when suppressed */
  QonysValueState state;
} QonysCellMark;

/**
 * QonysMarkLayer:
 *
 * A problem layer's marks. Public: areas (500 m cells, or districts for raids), each known only
 * by its count; points are their centres and weights their counts. Official: the addresses
 * themselves; rows of points are rows of the table.
 */
typedef struct {
  QonysLayer layer;
  gboolean is_addresses;
  GArray *cells;           /* element-type QonysCellMark; NULL for addresses and raids */
  GArray *compared_cells;  /* (nullable): of the other side of a comparison: classes are of both */
  QonysPoints *points;     /* NULL when there is nothing */
  QonysClusters *clusters; /* over points with weights */
  double *weights;         /* by row; NULL: 1 each */
  guint8 *categories;      /* by row; NULL: none. Fictitious: status 0 suspected, 1 confirmed */
  guint8 *approximate;     /* by row: 1: near there only, not the house itself; NULL: none is */
  gint32 *amounts;         /* by row; NULL: none. Overcrowded: persons registered above the norm */
  /* by row; NULL: what is in points. Where every row is that may be painted as a point: columns of
   * the project's tables, NaN unknown */
  const double *lon_deg, *lat_deg;
  gsize n_rows;
} QonysMarkLayer;

typedef enum {
  QONYS_NOTE_ITEM,
  QONYS_NOTE_PIN, /* annotations from here on, in the order of the schema's words */
  QONYS_NOTE_CALLOUT,
  QONYS_NOTE_ARROW,
  QONYS_NOTE_AREA,
  QONYS_NOTE_FREEHAND,
  QONYS_NOTE_BEFORE_AFTER
} QonysNoteKind;

/** In the language now set: “Marked place”, “Callout”. */
const char *qonys_note_kind_get_title (QonysNoteKind kind);

/** Something people wrote on the map: a problem item or an annotation. Immutable, shared by the
 * contents of one audience and language; atomic reference count. */
typedef struct {
  gatomicrefcount ref_count;
  QonysNoteKind kind;
  QonysEntry *entry; /* with the fields and the shape the audience may see; names what it links */
  double x, y;       /* the anchor, unit square; NaN: no place on the map (the whole city) */
  QonysShape *shape; /* unit square; NULL: the anchor alone. One line, or one closed ring */
  gboolean is_ring;
  const QonysDistrict *district; /* (nullable): the place is all of it; owned by the project */
  gboolean is_generalised;       /* shown more coarsely than it was drawn */
  gboolean is_solved;
  char *title; /* the problem's title, the annotation's kind; language of the content */
  char *text;  /* in the same language, "" if there is none in it */
  gboolean is_text_missing; /* but there is one in another language */
} QonysNoteMark;

/** Takes a reference of @entry; the rest is the maker's to fill in. */
QonysNoteMark *qonys_note_mark_new (QonysNoteKind kind, QonysEntry *entry);
QonysNoteMark *qonys_note_mark_ref (QonysNoteMark *mark);
void qonys_note_mark_unref (QonysNoteMark *mark);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysNoteMark, qonys_note_mark_unref)

/** What the legend and the sheet must say. Strings are translated when the content is made. */
typedef struct {
  QonysProject *project;
  QonysAudience audience;
  gint64 threshold;
  gboolean is_synthetic;

  /* districts */
  const QonysStatistic *statistic; /* NULL: outlines only */
  GArray *districts;               /* element-type QonysDistrictMark */
  double class_limits[9];
  guint n_classes;        /* 0: no value anywhere, no colour */
  QonysDay districts_day; /* the day whose districts are drawn */
  gboolean is_schematic;  /* any outline is */
  char *statistic_note;   /* (nullable): "city total 35 755; district data: none loaded" */

  QonysMarkLayer layers[QONYS_N_LAYERS]; /* [DISTRICTS] unused */
  char *layer_notes[QONYS_N_LAYERS];     /* (nullable): period, norm, "upper bound" … */
  QonysDay data_days[QONYS_N_LAYERS];    /* the day each layer's data speak of; missing if none */

  /* what people wrote: items by id, then annotations by id (element-type QonysNoteMark) */
  GPtrArray *notes;
  guint n_items;

  /* watermark of a restricted output: purpose, user, date; NULL in public */
  char *watermark;
} QonysContent;

QonysContent *qonys_content_new (QonysProject *project, QonysAudience audience);
/** A content with the same marks and data days, which stay @lender's and alive with it; districts,
 * what people wrote and texts are its own. Cheap. */
QonysContent *qonys_content_new_sharing (QonysContent *lender);
QonysContent *qonys_content_ref (QonysContent *content);
void qonys_content_unref (QonysContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysContent, qonys_content_unref)

/** The number of an item or annotation among the notes by its id, −1 if there is none. */
int qonys_content_find_note (const QonysContent *content, const char *id);

G_END_DECLS
