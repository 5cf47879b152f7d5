#pragma once

#include "base/date.h"
#include "domain/schema.h"

G_BEGIN_DECLS

/* How a table becomes records: which sheet, which row holds the names of the columns, what each
 * column is. Made once for a form that comes every quarter, kept in the project and as a file, and
 * found again by the set of names of the columns. */

/** What a column is. */
typedef enum {
  QONYS_ROLE_IGNORE,  /* read for the look for persons only */
  QONYS_ROLE_FIELD,   /* a field of the record type */
  QONYS_ROLE_LON,     /* longitude, or the easting of a system in metres */
  QONYS_ROLE_LAT,     /* latitude, or the northing */
  QONYS_ROLE_LAT_LON, /* both in one text: "51.13, 71.43", in either order, or in degrees,
                         minutes and seconds */
  QONYS_ROLE_WKT,     /* geometry as text: "POINT (71.43 51.13)" */
  QONYS_ROLE_ADDRESS, /* an address as one text: the street and the house of it are stored */
  QONYS_ROLE_STRIP,   /* never read into the project, whatever is in it */
  QONYS_N_ROLES
} QonysRole;

typedef struct {
  char *header; /* as the file has it, of several rows joined by a space; NULL: no column, all rows
                   have @constant */
  QonysRole role;
  int field;          /* of the record type; −1 for the other roles */
  double scale;       /* a value is multiplied by it: 1,000 for "thousand", 10,000 for hectares */
  char *constant;     /* (nullable) */
  GHashTable *values; /* (nullable): text of a cell → the text that is meant: a KATO, an enum's
                         word; the case of letters does not matter */
} QonysRecipeColumn;

typedef struct {
  char *name;
  QonysRecordType type;
  char *sheet;         /* (nullable): of a workbook or a file of layers; NULL: the one that fits */
  guint header_row;    /* the last of the rows with the names, 1-based as a spreadsheet shows it; 0:
                          to be found */
  guint n_header_rows; /* how many rows hold the names; 0: to be found */
  char *encoding;      /* (nullable): "KZ-1048" where the file does not say, or says wrongly */
  char *crs;           /* (nullable): "EPSG:28412", the same */
  char decimal_mark;   /* '.', ',' or 0: told by each number */
  gboolean is_month_first; /* 01/25/2024; else 25/01/2024 */
  gboolean is_synthetic;
  QonysDay as_of;     /* the day of the data; missing: the data say it */
  GPtrArray *columns; /* element-type QonysRecipeColumn; none: told by the names of the columns */
} QonysRecipe;

QonysRecipe *qonys_recipe_new (QonysRecordType type);
QonysRecipe *qonys_recipe_copy (const QonysRecipe *recipe);
void qonys_recipe_free (QonysRecipe *recipe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysRecipe, qonys_recipe_free)

/** Adds a column that is ignored; @header: (nullable). Returns: (transfer none) */
QonysRecipeColumn *qonys_recipe_add_column (QonysRecipe *recipe, const char *header);

/** Takes all but the header from another column. */
void qonys_recipe_column_set (QonysRecipeColumn *column, const QonysRecipeColumn *other);

/** The column of a header, the case of letters, spaces and marks ignored. Returns: (nullable) */
QonysRecipeColumn *qonys_recipe_find_column (const QonysRecipe *recipe, const char *header);

/** The first column of a field. Returns: (nullable) */
QonysRecipeColumn *qonys_recipe_find_field (const QonysRecipe *recipe, guint field);

/** Says what a text of a column's cells means. */
void qonys_recipe_column_set_value (QonysRecipeColumn *column, const char *text,
                                    const char *meaning);

/** Two columns for one field, a field that the record type has not, a longitude without a
 * latitude: an error that names the cure. */
gboolean qonys_recipe_check (const QonysRecipe *recipe, GError **error);

/**
 * qonys_recipe_complete:
 * @headers: NULL-terminated: the names of a table's columns
 * @diagnostics: (nullable): columns of the recipe that the table has not, headers that may mean
 *   several fields
 *
 * The recipe with a column for each of @headers, in their order, then its constants. A header the
 * recipe does not speak of is ignored; if the recipe has no columns at all each header is what its
 * name says.
 *
 * Returns: (transfer full)
 */
QonysRecipe *qonys_recipe_complete (const QonysRecipe *recipe, const char *const *headers,
                                    GPtrArray *diagnostics);

/** Hash of a set of headers, in any order; the case of letters, spaces, marks and Kazakh or
 * Russian spelling do not matter. Returns: (transfer full): 16 hexadecimal digits */
char *qonys_headers_get_key (const char *const *headers);

/** The same of the recipe's columns: the key under which a project keeps it. */
char *qonys_recipe_get_header_key (const QonysRecipe *recipe);

/* ---- JSON ---- */

#define QONYS_RECIPE_VERSION 1

/** Returns: (transfer full): indented UTF-8 with a new line at its end */
char *qonys_recipe_to_json (const QonysRecipe *recipe);

/** What is no recipe is a %QONYS_ERROR_FORMAT, one of a later version a %QONYS_ERROR_NEWER, a field
 * that is not there a %QONYS_ERROR_FIELDS. */
QonysRecipe *qonys_recipe_from_json (const char *json, GError **error);

QonysRecipe *qonys_recipe_load (const char *path, GError **error);
gboolean qonys_recipe_save (const QonysRecipe *recipe, const char *path, GError **error);

G_END_DECLS
