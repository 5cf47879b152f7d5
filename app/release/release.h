#pragma once

#include "base/job.h"
#include "domain/plan.h"
#include "domain/timeline.h"
#include "draw/painter.h"

G_BEGIN_DECLS

/**
 * QonysRelease:
 *
 * The sealed result of the gate: a project as one audience may see it. Every writer takes one,
 * and there is no other way to make one than qonys_release_new(): audience first, then
 * suppression (once per dataset), masking, watermark, and a log entry a file. Immutable.
 */
typedef struct _QonysRelease QonysRelease;

/**
 * qonys_release_new:
 * @purpose: (nullable): typed by the user; obligatory (10 characters or more, no personal
 *   identifier in it) for committee and official
 * @threshold: k; raised to %QONYS_MIN_THRESHOLD if lower
 * @statistic: (nullable): what the districts are coloured by
 *
 * Public and committee: districts, 500 m cells and district × quarter of operations, counts of
 * 1 … k − 1 hidden with complementary suppression against the published totals; no address.
 * Official: addresses too. Cost: the clusters of the marks, and the first time of a project's
 * data its sums; 1 M dwellings 20 to 120 ms.
 */
QonysRelease *qonys_release_new (QonysProject *project, QonysAudience audience, const char *purpose,
                                 gint64 threshold, const QonysStatistic *statistic, QonysJob *job,
                                 GError **error);
QonysRelease *qonys_release_ref (QonysRelease *release);
void qonys_release_unref (QonysRelease *release);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysRelease, qonys_release_unref)

/** The same audience, purpose and suppression with the districts coloured by another statistic.
 * Cheap. */
QonysRelease *qonys_release_with_statistic (QonysRelease *release, const QonysStatistic *statistic);

/**
 * qonys_release_with_plan:
 *
 * The same with another state of what people wrote; a new release has the measures of the
 * resolution and nothing else. Public and committee see an item's point as its square of 500 m,
 * every other vertex people drew on a grid of 100 m. What did not change is taken over: an edit
 * among 10,000 entries costs about 1 ms, the first plan of 10,000 some 30 ms.
 */
QonysRelease *qonys_release_with_plan (QonysRelease *release, QonysPlan *plan);

/** Returns: (transfer none) */
QonysPlan *qonys_release_get_plan (const QonysRelease *release);

/**
 * qonys_release_with_period:
 * @period: (nullable): open or %NULL: all of time again
 *
 * The same audience, purpose and suppression at another time, for screen and files alike. Official:
 * the rows of qonys_project_with_period(). Public and committee: whole quarters, to which @period
 * is widened; operations and violations are sums of published quarters, and years where those are
 * published, flows sums of published months; a sum with a hidden part is hidden. What is not
 * published by time (dwellings, suspicions, rates) stays as it is and its note says so. Cost: in
 * public below 1 ms; official the clusters of suspicions and operations.
 */
QonysRelease *qonys_release_with_period (QonysRelease *release, const QonysPeriod *period);

/** The period as shown: whole quarters for all but the official audience. */
QonysPeriod qonys_release_get_period (const QonysRelease *release);

/** Officials may go by any step, the others by quarters. */
QonysStep qonys_release_limit_step (const QonysRelease *release, QonysStep step);

/** How many rows the visible layers have at each step, of all time and as the audience may see it:
 * suspicions, operations (where that is what their marks count: violations found), flows. Without
 * gaps: a step without data is %QONYS_BIG_MISSING. Empty if nothing that is shown bears dates.
 * Returns: (transfer full) (element-type QonysBin) */
GArray *qonys_release_get_timeline (const QonysRelease *release, const QonysStyle *style,
                                    QonysStep step);

QonysAudience qonys_release_get_audience (const QonysRelease *release);
QonysProject *qonys_release_get_project (const QonysRelease *release);
/** Returns: (transfer none): what may be painted */
QonysContent *qonys_release_get_content (const QonysRelease *release);

/* ---- cards: what a click shows ---- */

typedef struct {
  char *label;
  char *value; /* formatted; "–" missing, "< 5" or "…" suppressed */
  QonysValueState state;
  char *remark; /* (nullable): why it is missing or hidden, "upper bound" */
  /* what proves a problem: NULL, or an indicator of the catalogue with its value and day */
  const char *indicator_id;
  double number;
  QonysDay day;
} QonysCardRow;

typedef struct {
  char *title, *subtitle;
  GPtrArray *rows;        /* element-type QonysCardRow */
  GPtrArray *notes;       /* element-type char*: sentences: period, synthetic, why no addresses */
  GPtrArray *problem_ids; /* element-type char* (static): problems it speaks of, measures follow */
  GPtrArray *measure_ids; /* element-type char*: measures linked to what people wrote here */
  char *entry_id;         /* (nullable): the item or annotation it is of */
} QonysCard;

void qonys_card_free (QonysCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysCard, qonys_card_free)

/** A district's card: every statistic with its data date, operations by year, the city's share. */
QonysCard *qonys_release_get_district_card (const QonysRelease *release, const char *kato);

/** The card of what was picked: district, cell, cluster or place. Returns: NULL for nothing. */
QonysCard *qonys_release_get_card (const QonysRelease *release, const QonysPick *pick);

/** What the norm does to the city: addresses above it, persons above it, dwellings left out.
 * Returns: NULL without dwellings */
QonysCard *qonys_release_get_norm_card (const QonysRelease *release);

/** Operations of a district (or the city) in a year, as the audience may see it: −1 hidden,
 * QONYS_BIG_MISSING no data. */
gint64 qonys_release_get_n_operations (const QonysRelease *release, const char *kato, int year);

/* ---- writers ---- */

/** Layers that can be exported: districts, cells, fictitious, overcrowded, raids, dwellings,
 * flows, figures, city, problems, measures, items, annotations. NULL-terminated. */
const char *const *qonys_release_get_export_layers (void);

/**
 * qonys_release_write_geojson:
 *
 * RFC 7946: WGS84, right-hand rings, 7 decimals or fewer, no crs member, one feature a line; the
 * foreign member "qonys" names audience, threshold, data date, synthetic, sources. Written beside
 * and renamed. Address layers need the official audience. Logged.
 */
gboolean qonys_release_write_geojson (QonysRelease *release, const char *layer, const char *path,
                                      QonysJob *job, GError **error);

/** CSV (UTF-8 with BOM, ';', decimal point per RFC 4180 quoting) of the same rows. Logged. */
gboolean qonys_release_write_csv (QonysRelease *release, const char *layer, const char *path,
                                  QonysJob *job, GError **error);

/** PNG, PDF or SVG by the name's ending; @width, @height px (PDF, SVG: 1/96 inch). Logged. */
gboolean qonys_release_write_picture (QonysRelease *release, const QonysStyle *style,
                                      const QonysBox *box, const char *title, double width,
                                      double height, const char *path, QonysJob *job,
                                      GError **error);

/** A film of time: a picture a step. */
typedef struct {
  QonysStep step;         /* limited as qonys_release_limit_step() says */
  gboolean is_cumulative; /* each picture from the beginning; else a window */
  guint n_steps;          /* the window's width, 1 or more */
  QonysPeriod period;     /* where it begins and ends; an open end: the data's */
  double rate;            /* pictures a second, 0.1 … 30 */
} QonysAnimation;

/**
 * qonys_release_write_animation:
 * @path: a name ending in .png or .apng: one animated PNG; else a folder, made if it is not there,
 *   of frame-0001.png, frame-0002.png, …
 *
 * Each picture is the sheet that qonys_release_write_picture() writes of
 * qonys_release_with_period(), byte for byte the same PNG data in either form. Logged once.
 */
gboolean qonys_release_write_animation (QonysRelease *release, const QonysStyle *style,
                                        const QonysBox *box, const char *title, double width,
                                        double height, const QonysAnimation *animation,
                                        const char *path, QonysJob *job, GError **error);

/** The append-only export log (JSON lines, each with the hash of the one before) in the user's
 * data folder. Returns: (transfer full) */
char *qonys_release_log_get_path (void);

/** Checks the chain. Returns: FALSE with @error naming the first broken line. */
gboolean qonys_release_log_verify (const char *path, gint64 *n_entries, GError **error);

G_END_DECLS
