#pragma once

#include "domain/project.h"

G_BEGIN_DECLS

typedef enum {
  QONYS_HIT_DISTRICT,
  QONYS_HIT_PLACE,
  QONYS_HIT_STREET,
  QONYS_HIT_PROBLEM,
  QONYS_HIT_MEASURE,
  QONYS_HIT_FIGURE,
} QonysHitKind;

typedef struct {
  QonysHitKind kind;
  char *title;    /* in the language now set */
  char *subtitle; /* what it is: «Тұрғын алабы», «Шара, 3.2-тармақ» */
  const char *id; /* KATO, problem, measure or figure id; NULL for places and streets */
  double x, y;    /* mercator unit square; NaN without a place */
  QonysBox box;   /* what to show; empty without */
  int score;
} QonysHit;

void qonys_hit_free (QonysHit *hit);

typedef struct _QonysSearchIndex QonysSearchIndex;

/** Folds every name once (a few hundred; addresses are never searched). */
QonysSearchIndex *qonys_search_index_new (QonysProject *project);
void qonys_search_index_free (QonysSearchIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSearchIndex, qonys_search_index_free)

/** Returns: (transfer full) (element-type QonysHit): at most @max, best first; any of the three
 * languages, loose spelling. */
GPtrArray *qonys_search_index_find (const QonysSearchIndex *index, const char *text, guint max);

G_END_DECLS
