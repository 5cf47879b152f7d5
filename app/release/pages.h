#pragma once

#include "base/language.h"
#include "domain/compare.h"
#include "release/release.h"

G_BEGIN_DECLS

/**
 * QonysPages:
 *
 * Something on paper as a release may show it: for a PDF and for a printer. Made of a release and
 * of nothing else. One thread at a time; atomic reference count.
 */
typedef struct _QonysPages QonysPages;

QonysPages *qonys_pages_ref (QonysPages *pages);
void qonys_pages_unref (QonysPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysPages, qonys_pages_unref)

const char *qonys_pages_get_title (const QonysPages *pages);
/** Is it a sheet that lies on its long side? */
gboolean qonys_pages_is_landscape (const QonysPages *pages);
/** Divides it for a size of paper. Returns: how many pages */
guint qonys_pages_paginate (QonysPages *pages, double width_pt, double height_pt);
/** Paints a page at the origin, in points. */
void qonys_pages_paint (QonysPages *pages, cairo_t *cr, guint page);

/** A4. Logged. */
gboolean qonys_pages_write_pdf (QonysPages *pages, const char *path, QonysJob *job, GError **error);
/** Logs that it goes to a printer; what cannot be logged does not. */
gboolean qonys_pages_log_print (QonysPages *pages, GError **error);

/* ---- what can stand on paper; (transfer full) ---- */

/** What became of things between two states: a map with the signs, counts, lists. */
QonysPages *qonys_release_make_comparison (QonysRelease *release,
                                           const QonysComparison *comparison);
/** What each body owes by the next session: its open measures, overdue ones first. @body:
 * (nullable): one of them alone; NULL all */
QonysPages *qonys_release_make_duties (QonysRelease *release, QonysPlan *plan, const char *body);
/** One measure: its text, who answers for it, by when, what came of it. @id: in @plan */
QonysPages *qonys_release_make_measure (QonysRelease *release, QonysPlan *plan, const char *id);
/**
 * qonys_release_make_implementation:
 * @languages: @n_languages of them, one behind the other; none: the one that is set
 * @recipient: (nullable): to whom it goes; printed and logged
 *
 * The information on implementation that item 5 of the resolution asks for: when it is due and what
 * of that is assumed, every measure with body, status, evidence, due day and effect, and the
 * districts as the release shows them. The error is that of a recipient that names a person. Sets
 * the language of the process in turn and back again: on the main thread.
 */
QonysPages *qonys_release_make_implementation (QonysRelease *release, QonysPlan *plan,
                                               const QonysLanguage *languages, guint n_languages,
                                               const char *recipient, GError **error);
/** The map with its legend. */
QonysPages *qonys_release_make_sheet (QonysRelease *release, const QonysStyle *style,
                                      const QonysBox *box);

/* ---- comparisons ---- */

/** A difference in words, as the release's audience may read them. */
typedef struct {
  const QonysDifference *difference; /* the comparison's */
  char *what;                        /* the measure, the problem and what is said of it */
  char *place;                       /* district; "" of a measure */
  char *bodies;                      /* with "; " between */
  char *detail;                      /* what is other than before; "" if that is not shown */
  double x, y;                       /* where it is shown, unit square; NaN nowhere */
} QonysChangeLine;

/** Worsened first, then appeared, solved, changed, removed. Returns: (transfer full)
 * (element-type QonysChangeLine): of @comparison, which must live as long */
GPtrArray *qonys_release_describe_comparison (QonysRelease *release,
                                              const QonysComparison *comparison);

/** PDF, CSV or JSON by the name's ending. Logged. */
gboolean qonys_release_write_comparison (QonysRelease *release, const QonysComparison *comparison,
                                         const char *path, QonysJob *job, GError **error);

G_END_DECLS
