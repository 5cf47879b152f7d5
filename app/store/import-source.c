/*
 * The file rows come from: its layer, its columns, its coordinates. One a call of import.
 */
#include "store/import-source.h"

#include "store/archive.h"
#include "store/csv-rows.h"
#include "store/database.h"
#include "store/header-match.h"
#include "store/store.h"
#include "store/workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_LOOKED_AT 2000 /* rows, for the encoding */

void
qonys_import_source_free (QonysImportSource *source)
{
  g_clear_pointer (&source->transform, qonys_transform_free);
  g_clear_pointer (&source->rules, qonys_row_rules_free);
  g_clear_pointer (&source->recipe, qonys_recipe_free);
  qonys_decoder_clear (&source->decoder);
  g_clear_pointer (&source->dataset, GDALClose);
  g_clear_pointer (&source->sheet, qonys_sheet_free);
  g_strfreev (source->names);
  g_clear_pointer (&source->blank_rows, g_array_unref);
  g_free (source->columns);
  g_free (source->is_stripped);
  g_free (source->path);
  g_free (source->file);
  g_strfreev (source->members);
  g_free (source);
}

/* ---- the table ---- */

static char **
get_names (const QonysDecoder *decoder, OGRLayerH layer)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  int n = OGR_FD_GetFieldCount (definition);
  char **names = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++) {
    g_autofree char *name =
        qonys_source_get_field_name (decoder, OGR_FD_GetFieldDefn (definition, i));

    names[i] = g_strdup (g_strstrip (name));
  }
  return names;
}

/* The layer of that name; else of the type's name; else whose columns fit best. */
static OGRLayerH
choose_layer (const QonysImportSource *source, const char *name)
{
  OGRLayerH best = NULL;
  double best_fit = -G_MAXDOUBLE;

  if (name != NULL)
    return GDALDatasetGetLayerByName (source->dataset, name);
  best = GDALDatasetGetLayerByName (source->dataset, source->schema->name);
  if (best != NULL || GDALDatasetGetLayerCount (source->dataset) == 1)
    return best != NULL ? best : GDALDatasetGetLayer (source->dataset, 0);
  for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (source->dataset, i);
    g_auto (GStrv) names = get_names (&source->decoder, layer);
    g_autofree QonysHeaderMatch *matches = g_new (QonysHeaderMatch, g_strv_length (names) + 1);
    double fit = qonys_headers_match ((const char *const *)names, source->schema->type, matches);

    if (fit <= best_fit)
      continue;
    best = layer;
    best_fit = fit;
  }
  return best;
}

static void
look_at_texts (QonysImportSource *source)
{
  for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (source->dataset, i);
    OGRFeatureH feature;
    guint n = 0;

    qonys_source_look_at_names (&source->decoder, layer);
    OGR_L_ResetReading (layer);
    while (n++ < N_LOOKED_AT && (feature = OGR_L_GetNextFeature (layer)) != NULL) {
      for (int field = 0; field < OGR_F_GetFieldCount (feature); field++)
        if (OGR_F_IsFieldSetAndNotNull (feature, field))
          qonys_decoder_look (&source->decoder, OGR_F_GetFieldAsString (feature, field));
      OGR_F_Destroy (feature);
    }
  }
}

static gboolean
is_driver (GDALDatasetH dataset, const char *name)
{
  return g_strcmp0 (GDALGetDriverShortName (GDALGetDatasetDriver (dataset)), name) == 0;
}

static gboolean
set_layer_error (const QonysRecipe *recipe, GError **error)
{
  if (recipe->sheet != NULL)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                 _ ("There is no sheet or layer “%s” in the file. “qonys info” lists them."),
                 recipe->sheet);
  else
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                         _ ("There is no table in the file. Ask the supplier to send it again."));
  return FALSE;
}

static gboolean
open_dataset (QonysImportSource *source, gboolean may_be_head, const QonysRecipe *recipe,
              QonysGdalScope *scope, GPtrArray *diagnostics, GError **error)
{
  gboolean is_database = qonys_database_is_one (source->path);

  source->dataset = may_be_head && !is_database ? qonys_source_open_head (source->path) : NULL;
  source->is_head = source->dataset != NULL;
  if (is_database)
    source->dataset = qonys_database_open (source->path, recipe->sheet, scope, error);
  else if (!source->is_head)
    source->dataset = qonys_source_open (source->path, scope, error);
  if (source->dataset == NULL)
    return FALSE;
  if (GDALDatasetGetLayerCount (source->dataset) == 0)
    return set_layer_error (recipe, error);
  look_at_texts (source);
  if (!qonys_decoder_choose (&source->decoder, recipe->encoding, error))
    return FALSE;
  source->layer = choose_layer (source, is_database ? NULL : recipe->sheet);
  if (source->layer == NULL)
    return set_layer_error (recipe, error);
  if (recipe->encoding == NULL)
    qonys_source_note_encoding (&source->decoder, source->layer, diagnostics);
  source->names = get_names (&source->decoder, source->layer);
  source->has_geometry =
      source->schema->has_position && OGR_L_GetGeomType (source->layer) != wkbNone;
  source->first_row = is_driver (source->dataset, "CSV") ? 2 : 1;
  return TRUE;
}

/* Is a sheet the same table as GDAL sees? Then the faster way goes through GDAL. */
static gboolean
is_plain_text (const QonysImportSource *source)
{
  const QonysSheetShape *shape = qonys_sheet_get_shape (source->sheet);
  const char *dot = strrchr (source->path, '.');

  return dot != NULL && g_ascii_strcasecmp (dot, ".csv") == 0 && shape->n_header_rows == 1 &&
         shape->header_row == 1 && shape->first_data_row == 2 && shape->n_columns > 1 &&
         g_strcmp0 (qonys_sheet_get_encoding (source->sheet), "UTF-8") == 0;
}

static QonysImportSource *
open_table (const char *path, gboolean may_be_head, const QonysRecipe *recipe,
            QonysGdalScope *scope, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysImportSource) source = g_new0 (QonysImportSource, 1);
  g_autoptr (GPtrArray) of_sheet = qonys_diagnostics_new ();
  gboolean is_database = qonys_database_is_one (path), is_table;

  source->path = g_strdup (path);
  source->file = g_strdup (path);
  source->schema = qonys_schema_get (recipe->type);
  source->columns = g_new (int, source->schema->n_fields);
  if (!is_database && !qonys_source_check (path, error))
    return NULL;
  is_table = !is_database && qonys_sheet_is_table (path);
  if (is_table && !qonys_import_source_open_sheet (source, recipe, of_sheet, error))
    return NULL;
  if (!is_table || is_plain_text (source)) {
    if (!open_dataset (source, may_be_head, recipe, scope, diagnostics, error))
      return NULL;
    if (is_table &&
        !g_strv_equal ((const char *const *)source->names,
                       (const char *const *)qonys_sheet_get_shape (source->sheet)->names)) {
      g_clear_pointer (&source->dataset, GDALClose);
      source->layer = NULL;
    } else {
      g_clear_pointer (&source->sheet, qonys_sheet_free);
    }
  }
  if (source->sheet != NULL)
    qonys_import_source_use_sheet (source, of_sheet, diagnostics);
  source->n_columns = g_strv_length (source->names);
  source->is_stripped = g_new0 (gboolean, source->n_columns + 1);
  return g_steal_pointer (&source);
}

gboolean
qonys_import_source_complete (QonysImportSource *source, gint64 n_records, QonysGdalScope *scope,
                              GError **error)
{
  GDALDatasetH whole;

  if (!source->is_head || n_records <= OGR_L_GetFeatureCount (source->layer, TRUE))
    return TRUE;
  whole = qonys_source_open (source->path, scope, error);
  if (whole == NULL)
    return FALSE;
  GDALClose (source->dataset);
  source->dataset = whole;
  source->layer = GDALDatasetGetLayer (whole, 0); /* it has no other */
  source->is_head = FALSE;
  return TRUE;
}

/* ---- archives ---- */

static void
append_name (GString *list, const char *name)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
}

/* The table of that name, whatever its folder. Returns: NULL if there is none */
static const char *
find_member (const GStrv members, const char *name)
{
  for (guint i = 0; members[i] != NULL; i++) {
    g_autofree char *base = g_path_get_basename (members[i]);

    if (g_str_equal (members[i], name) || g_str_equal (base, name))
      return members[i];
  }
  return NULL;
}

static double
get_fit (const QonysImportSource *source)
{
  g_autofree QonysHeaderMatch *matches = g_new (QonysHeaderMatch, source->n_columns + 1);

  return qonys_headers_match ((const char *const *)source->names, source->schema->type, matches);
}

/* The table whose columns fit best; of equals the first. */
static const char *
choose_member (const char *archive, const GStrv members, const QonysRecipe *recipe,
               QonysGdalScope *scope)
{
  const char *best = members[0];
  double best_fit = -G_MAXDOUBLE;

  for (guint i = 0; members[i] != NULL && members[1] != NULL; i++) {
    g_autofree char *path = qonys_archive_get_path (archive, members[i]);
    g_autoptr (QonysImportSource) source = open_table (path, FALSE, recipe, scope, NULL, NULL);
    double fit = source != NULL ? get_fit (source) : -G_MAXDOUBLE;

    if (fit <= best_fit)
      continue;
    best = members[i];
    best_fit = fit;
  }
  return best;
}

static void
note_members (const QonysImportSource *source, const char *member, GPtrArray *diagnostics)
{
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 0; source->members[i] != NULL; i++)
    if (source->members[i] != member)
      append_name (others, source->members[i]);
  if (others->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           /* Translators: names of files in a zip archive */
                           _ ("Of the tables in the archive “%s” is read, the others are not: %s "
                              "(--sheet chooses)."),
                           member, others->str);
}

static QonysImportSource *
open_archive (const char *archive, const QonysRecipe *recipe, QonysGdalScope *scope,
              GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysRecipe) inner = qonys_recipe_copy (recipe);
  g_auto (GStrv) members = qonys_archive_list (archive, error);
  g_autofree char *path = NULL;
  const char *member;
  QonysImportSource *source;

  if (members == NULL)
    return NULL;
  member = recipe->sheet != NULL ? find_member (members, recipe->sheet) : NULL;
  if (member != NULL)
    g_clear_pointer (&inner->sheet, g_free); /* not that of a workbook in it */
  else
    member = choose_member (archive, members, inner, scope);
  path = qonys_archive_get_path (archive, member);
  source = open_table (path, FALSE, inner, scope, diagnostics, error);
  if (source == NULL)
    return NULL;
  g_free (source->file);
  source->file = g_strdup (archive);
  source->members = g_steal_pointer (&members);
  note_members (source, member, diagnostics);
  return source;
}

QonysImportSource *
qonys_import_source_open (const char *path, gboolean may_be_head, const QonysRecipe *recipe,
                          QonysGdalScope *scope, GPtrArray *diagnostics, GError **error)
{
  QonysWorkbookKind kind;

  if (!qonys_archive_is_one (path))
    return open_table (path, may_be_head, recipe, scope, diagnostics, error);
  if (!qonys_workbook_recognise (path, &kind, error))
    return NULL;
  return kind == QONYS_WORKBOOK_NONE
             ? open_archive (path, recipe, scope, diagnostics, error)
             : open_table (path, may_be_head, recipe, scope, diagnostics, error);
}

gint64
qonys_import_source_get_row_number (QonysImportSource *source, gint64 ordinal)
{
  gint64 row = source->first_row - 1 + ordinal;
  guint low = 0, high;

  if (source->blank_rows == NULL)
    source->blank_rows = source->dataset != NULL && is_driver (source->dataset, "CSV")
                             ? qonys_csv_find_blank_rows (source->path)
                             : g_array_new (FALSE, FALSE, sizeof (gint64));
  /* As many are before it as have a number not above its own and theirs. */
  high = source->blank_rows->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (source->blank_rows, gint64, middle) - (gint64)middle <= row)
      low = middle + 1;
    else
      high = middle;
  }
  return row + low;
}

char *
qonys_import_source_get_text (const QonysImportSource *source, OGRFeatureH feature, guint column)
{
  if (!OGR_F_IsFieldSetAndNotNull (feature, column))
    return NULL;
  return qonys_decoder_decode (&source->decoder, OGR_F_GetFieldAsString (feature, column));
}

/* ---- columns ---- */

static gboolean
check_columns (const QonysImportSource *source, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < source->schema->n_fields; i++)
    if (source->schema->fields[i].is_required && source->columns[i] < 0 &&
        (source->rules == NULL || source->rules->constants[i] == NULL))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "",
                              _ (source->schema->fields[i].label));
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
               _ ("The file has no column for: %s. Name the columns so, or choose for the columns "
                  "what they are."),
               missing->str);
  return FALSE;
}

static void
note_other_columns (const QonysImportSource *source, GPtrArray *diagnostics)
{
  g_autoptr (GString) others = g_string_new (NULL);
  g_autoptr (GString) stripped = g_string_new (NULL);

  for (guint i = 0; i < source->n_columns; i++) {
    const QonysRecipeColumn *column = source->recipe->columns->pdata[i];

    if (column->role == QONYS_ROLE_IGNORE)
      append_name (others, source->names[i]);
    else if (column->role == QONYS_ROLE_STRIP)
      append_name (stripped, source->names[i]);
  }
  if (others->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("These columns are no part of the data model and were not read: "
                              "%s."),
                           others->str);
  if (stripped->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE, _ ("These columns were dropped: %s."),
                           stripped->str);
}

/* Of a geometry's own layer, columns with coordinates are only numbers beside it. */
static void
set_role (QonysImportSource *source, guint number, QonysRecipeColumn *column)
{
  gboolean is_wanted = source->schema->has_position && !source->has_geometry;

  switch (column->role) {
  case QONYS_ROLE_FIELD:
    source->columns[column->field] = number;
    return;
  case QONYS_ROLE_STRIP:
    source->is_stripped[number] = TRUE;
    return;
  case QONYS_ROLE_LON:
    if (is_wanted)
      source->lon_column = number;
    break;
  case QONYS_ROLE_LAT:
    if (is_wanted)
      source->lat_column = number;
    break;
  case QONYS_ROLE_LAT_LON:
  case QONYS_ROLE_WKT:
    if (is_wanted) {
      source->text_column = number;
      source->text_role = column->role;
    }
    break;
  case QONYS_ROLE_IGNORE:
  case QONYS_ROLE_ADDRESS:
  case QONYS_N_ROLES:
  default:
    return;
  }
  if (!is_wanted)
    column->role = QONYS_ROLE_IGNORE;
}

/* An address as one text is read as the street, and split then. */
static void
set_address (QonysImportSource *source, guint number)
{
  if (source->schema->type != QONYS_RECORD_DWELLING ||
      source->columns[QONYS_DWELLING_STREET_RU] >= 0)
    return;
  source->columns[QONYS_DWELLING_STREET_RU] = number;
  source->is_address_whole = TRUE;
}

static void
set_roles (QonysImportSource *source)
{
  for (guint i = 0; i < source->schema->n_fields; i++)
    source->columns[i] = -1;
  source->lon_column = source->lat_column = source->text_column = -1;
  source->is_address_whole = FALSE;
  for (guint i = 0; i < source->n_columns; i++)
    set_role (source, i, source->recipe->columns->pdata[i]);
  if (source->lon_column < 0 || source->lat_column < 0)
    source->lon_column = source->lat_column = -1;
  for (guint i = 0; i < source->n_columns; i++) {
    const QonysRecipeColumn *column = source->recipe->columns->pdata[i];

    if (column->role == QONYS_ROLE_ADDRESS)
      set_address (source, i);
  }
}

gboolean
qonys_import_source_assign (QonysImportSource *source, const QonysRecipe *recipe,
                            GPtrArray *diagnostics, GError **error)
{
  g_clear_pointer (&source->recipe, qonys_recipe_free);
  g_clear_pointer (&source->rules, qonys_row_rules_free);
  source->recipe = qonys_recipe_complete (recipe, (const char *const *)source->names, diagnostics);
  source->rules = qonys_row_rules_new (source->recipe);
  set_roles (source);
  note_other_columns (source, diagnostics);
  return qonys_recipe_check (source->recipe, error) && check_columns (source, error);
}
