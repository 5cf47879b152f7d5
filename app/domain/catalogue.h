#pragma once

#include "base/date.h"
#include "base/language.h"

G_BEGIN_DECLS

/* The resolution of 25.01.2024 as data: problems, measures, figures, indicators, bodies. Read
 * once from the bundled catalogue.json; immutable. String arrays are NULL-terminated ids. */

typedef struct {
  char *id; /* "akimat" */
  QonysText3 title;
} QonysTerm; /* bodies, categories, statuses */

typedef struct {
  char *id;        /* "A2", "3.2" */
  QonysText3 text; /* Kazakh verbatim; the others working translations */
} QonysParagraph;

typedef struct {
  char *id; /* F01 … F20; D… computed by us */
  QonysText3 title;
  double value;
  char *unit; /* services, persons, operations, tenge, … */
  QonysText3 period;
  QonysDay period_start, period_end;
  gboolean is_period_stated;
  char qualifier; /* '=' or '>' */
  char *part_of;  /* (nullable): a figure's id */
  char *paragraph;
  gboolean is_derived; /* computed, not in the resolution */
  char *formula;       /* (nullable) */
} QonysFigure;

typedef struct {
  char *id; /* I01 … I28 */
  QonysText3 title, unit, formula;
  char *finest_level; /* address, site, service_point, district, city */
  char *aggregate;
  char *privacy; /* restricted, aggregate, official, city_only */
  gboolean is_rate;
} QonysIndicator;

typedef struct {
  char *id; /* P01 … P19 */
  QonysText3 title, description, why_no_place;
  char *category;
  gboolean is_on_map;
  char *map_level, *finest_public_level;
  char *basis; /* "stated", "implied" */
  char **indicators, **figures, **paragraphs, **layers;
} QonysProblem;

typedef struct {
  char *date;
  QonysText3 text;
  char *source;
} QonysDevelopment; /* later, from the press, not part of the resolution */

typedef struct {
  char *id; /* 1, 2.1 … 5 */
  QonysText3 title, text;
  char **bodies, **problems, **effect_indicators, **paragraphs;
  char *kind;
  gboolean is_recommended; /* «ұсынылсын»; else imperative */
  char *status;
  gboolean has_deadline;
  char *deadline_rule; /* (nullable): "P1M", "regular" */
  QonysText3 deadline_text, deadline_note;
  QonysDay deadline_base, deadline_due; /* assumed by us; missing where there is no date */
  GPtrArray *developments;              /* (element-type QonysDevelopment) */
} QonysMeasure;

typedef struct {
  char *id; /* C1 … */
  QonysText3 text;
  gboolean is_ok;
} QonysCheck;

typedef struct {
  QonysText3 document_title;
  GPtrArray *bodies, *categories, *statuses; /* QonysTerm */
  GPtrArray *paragraphs;                     /* QonysParagraph */
  GPtrArray *figures;                        /* QonysFigure */
  GPtrArray *indicators;                     /* QonysIndicator */
  GPtrArray *problems;                       /* QonysProblem */
  GPtrArray *measures;                       /* QonysMeasure */
  GPtrArray *checks;                         /* QonysCheck */
} QonysCatalogue;

/** The bundled catalogue, parsed on first use (thread-safe); lives as long as the program. */
const QonysCatalogue *qonys_catalogue_get (void);

/* By id; NULL if there is none such. */
const QonysTerm *qonys_catalogue_find_body (const char *id);
const QonysTerm *qonys_catalogue_find_category (const char *id);
const QonysTerm *qonys_catalogue_find_status (const char *id);
const QonysParagraph *qonys_catalogue_find_paragraph (const char *id);
const QonysFigure *qonys_catalogue_find_figure (const char *id);
const QonysIndicator *qonys_catalogue_find_indicator (const char *id);
const QonysProblem *qonys_catalogue_find_problem (const char *id);
const QonysMeasure *qonys_catalogue_find_measure (const char *id);

/** Measures that address a problem. Returns: (transfer container) (element-type QonysMeasure) */
GPtrArray *qonys_catalogue_get_measures_for (const char *problem_id);

/** A figure's value with qualifier and unit as people read it: «12 000-нан астам адам». */
char *qonys_figure_format (const QonysFigure *figure);

/** Is the measure's due date past on @today while it is neither done nor withdrawn? Computed,
 * never stored. */
gboolean qonys_measure_is_overdue (const QonysMeasure *measure, QonysDay today);

G_END_DECLS
