#pragma once

#include "privacy/identifier.h"
#include "store/recipe.h"
#include "store/sheet-shape.h"
#include "store/store.h"

G_BEGIN_DECLS

/* A look at a file before it is imported: what it is, what is in it, what its columns seem to be,
 * and whether there are persons in it. Nothing of it is stored anywhere. */

/** What the values of a column are. */
typedef enum {
  QONYS_KIND_EMPTY,
  QONYS_KIND_INTEGER,
  QONYS_KIND_DECIMAL,
  QONYS_KIND_DATE,
  QONYS_KIND_CODE, /* digits with leading zeros, or too many for a number: not to be counted */
  QONYS_KIND_TEXT,
  QONYS_KIND_MIXED, /* numbers or dates, and texts */
} QonysColumnKind;

#define QONYS_N_SAMPLES 5
#define QONYS_N_PREVIEW_ROWS 50

typedef struct {
  char *header; /* "" if it has none */
  QonysColumnKind kind;
  gint64 n_numbers, n_dates, n_texts, n_empty; /* of the records looked at */
  gint64 n_misfits;                            /* values that the field proposed does not take */
  char *
      samples[QONYS_N_SAMPLES]; /* distinct; (nullable) behind the last; masked where persons are */
  double score;                 /* of the role proposed: 0 nothing known … 1 its very name */
  gboolean is_tie;              /* two roles are as likely: ask */
  QonysVerdict verdict;         /* of the look for persons; REFUSE: strip it or give up */
  char *ambiguous; /* (nullable): a text in it that was read as a district of Astana and may be
                      another city or a region: ask */
} QonysExaminedColumn;

typedef struct {
  gint64 number;     /* as a spreadsheet shows it */
  QonysRowKind kind; /* a title, a record, a row of sums, a remark */
  char **cells;      /* (array length=columns): never NULL; masked where persons are */
} QonysExaminedRow;

typedef struct {
  char *name;
  gint64 n_rows; /* −1 unknown */
  gboolean is_hidden;
} QonysExaminedSheet;

typedef struct {
  char *driver;                    /* "CSV", "XLSX", "GPKG" */
  GPtrArray *sheets;               /* element-type QonysExaminedSheet */
  guint sheet;                     /* the one that is read */
  char *encoding;                  /* "UTF-8", "KZ-1048" */
  gboolean is_encoding_guessed;    /* the file does not say it: let people look at the rows */
  guint header_row, n_header_rows; /* 0 where the format has names of its own */
  gboolean has_geometry;
  char *crs;            /* (nullable): "EPSG:4326 WGS 84": what was taken */
  GPtrArray *columns;   /* element-type QonysExaminedColumn, as recipe->columns */
  GPtrArray *rows;      /* element-type QonysExaminedRow; those above the names, then the first
                           QONYS_N_PREVIEW_ROWS */
  GPtrArray *findings;  /* element-type QonysFinding: of all rows of all sheets */
  QonysVerdict verdict; /* what import says of the recipe proposed: REFUSE: it would not read it */
  gboolean can_strip;   /* all that is refused stands in columns of the sheet: drop them, go on */
  GPtrArray *diagnostics;   /* element-type QonysDiagnostic */
  QonysRecipe *recipe;      /* proposed: one column for each of @columns */
  gboolean is_type_known;   /* FALSE: what a row is must be asked */
  gboolean is_known_recipe; /* found in the project by the names of the columns */
} QonysExamination;

void qonys_examination_free (QonysExamination *examination);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysExamination, qonys_examination_free)

/**
 * qonys_store_examine:
 * @project: whose recipes are known and whose districts count
 * @recipe: (nullable): what the user has said so far: sheet, header row, encoding, columns; it wins
 *   over what is told. Its columns may be none, its type %QONYS_N_RECORD_TYPES. NULL: all is told,
 * a recipe of the project with the same headers wins
 *
 * Looks at all rows of all sheets for persons, at the first 2,000 for what the columns are. Costs
 * one pass over the file; memory for the rows looked at.
 *
 * Returns: (transfer full)
 */
QonysExamination *qonys_store_examine (QonysProject *project, const char *path,
                                       const QonysRecipe *recipe, QonysJob *job, GError **error);

G_END_DECLS
