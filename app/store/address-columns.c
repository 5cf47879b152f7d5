/* Which columns of a layer of addresses say what: some fifty headers, folded once a layer. */
#include "store/address-columns.h"

#include "base/fold.h"
#include "store/source.h"

#include <string.h>

/* As qonys_fold_text() writes them: marks are spaces to it, x is ks, y is i. */
static const char *const STREETS[] = {"addr street",     "addr street kk",
                                      "addr street ru",  "street",
                                      "street kk",       "street kz",
                                      "street ru",       "street en",
                                      "streetname",      "street name",
                                      "strname",         "ulitsa",
                                      "koshe",           "ulica",
                                      "koshe atauii",    "koshe ataui",
                                      "addr place",      "ulitsa ru",
                                      "koshe kk",        "naimenovanie ulitsi",
                                      "nazvanie ulitsi", NULL};
static const char *const NAMES[] = {
    "name",        "name kk", "name kz",      "name ru",  "name en",       "name latin", "namekk",
    "namekz",      "nameru",  "alt name",     "old name", "official name", "int name",   "loc name",
    "ataui",       "atauii",  "naimenovanie", "nazvanie", "name kaz",      "name rus",   "ataui kk",
    "nazvanie ru", NULL};
static const char *const HOUSES[] = {
    "addr housenumber", "housenumber", "house number", "house",       "addr house",     "house no",
    "houseno",          "dom",         "ui",           "nomer doma",  "ui nomiri",      "ui nomeri",
    "n doma",           "house num",   "housenum",     "addr housen", "addr house num", NULL};
static const char *const ADDRESSES[] = {"address",   "addr full",    "adres", "mekenjai",
                                        "mekenjaii", "full address", "addr",  NULL};
static const char *const LON[] = {"lon", "lng",     "long",   "longitude",
                                  "ks",  "dolgota", "boilik", NULL};
static const char *const LAT[] = {"lat", "latitude", "i", "shirota", "endik", NULL};

static void
add_column (int *columns, guint *n, int column)
{
  if (*n < QONYS_ADDRESS_MAX_NAMES)
    columns[(*n)++] = column;
}

gboolean
qonys_address_columns_find (OGRLayerH layer, const QonysDecoder *decoder,
                            QonysAddressColumns *columns)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);

  memset (columns, 0, sizeof *columns);
  columns->house = columns->address = columns->lon = columns->lat = -1;
  for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++) {
    g_autofree char *name =
        qonys_source_get_field_name (decoder, OGR_FD_GetFieldDefn (definition, i));
    g_autofree char *folded = qonys_fold_text (name);

    if (g_strv_contains (STREETS, folded))
      add_column (columns->streets, &columns->n_streets, i);
    else if (g_strv_contains (NAMES, folded))
      add_column (columns->names, &columns->n_names, i);
    else if (columns->house < 0 && g_strv_contains (HOUSES, folded))
      columns->house = i;
    else if (columns->address < 0 && g_strv_contains (ADDRESSES, folded))
      columns->address = i;
    else if (columns->lon < 0 && g_strv_contains (LON, folded))
      columns->lon = i;
    else if (columns->lat < 0 && g_strv_contains (LAT, folded))
      columns->lat = i;
  }
  return columns->n_streets > 0 || columns->n_names > 0 || columns->address >= 0;
}
