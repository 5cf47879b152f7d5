/*
 * What a row is held against besides itself: rows before it, rows of the project, dwellings,
 * districts' outlines. One a file; a set of identities (about 50 bytes a row) while it is read.
 */
#include "store/import.h"

#include "base/format.h"
#include "geo/mercator.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_JUMP 50 /* registrants of a dwelling between two dates that nobody asks about */

/* A set of texts: slots of an open table, and the texts themselves one behind the other. */
typedef struct {
  guint32 hash;
  guint32 number; /* of the text, from 1 on; 0 free */
} Slot;

typedef struct {
  Slot *slots;
  gsize n_slots;  /* a power of two, at least twice as many as there are texts */
  GArray *begins; /* (element-type gsize): of each text */
  GString *texts;
} TextSet;

struct _QonysImportContext {
  QonysProject *project;
  QonysRecordType type;
  TextSet seen;  /* identities of the file's rows */
  TextSet known; /* of the project's */
  gint64 n_jumps, n_unknown_dwellings;
  const QonysAddressIndex *addresses; /* (nullable) */
  gint64 n_placed[QONYS_N_PLACED];
};

static void
text_set_init (TextSet *set)
{
  *set = (TextSet){g_new0 (Slot, 1024), 1024, g_array_new (FALSE, FALSE, sizeof (gsize)),
                   g_string_new (NULL)};
}

static void
text_set_clear (TextSet *set)
{
  g_free (set->slots);
  g_array_unref (set->begins);
  g_string_free (set->texts, TRUE);
}

/* Where the search for a text begins. */
static Slot *
text_set_get_slot (const TextSet *set, guint32 hash)
{
  return &set->slots[hash & (set->n_slots - 1)];
}

static Slot *
text_set_get_next (const TextSet *set, Slot *slot)
{
  return ++slot < set->slots + set->n_slots ? slot : set->slots;
}

/* The text's slot, or the free one where it would stand. */
static Slot *
text_set_find (const TextSet *set, const char *text, guint32 hash)
{
  Slot *slot = text_set_get_slot (set, hash);

  while (
      slot->number != 0 &&
      (slot->hash != hash ||
       !g_str_equal (set->texts->str + g_array_index (set->begins, gsize, slot->number - 1), text)))
    slot = text_set_get_next (set, slot);
  return slot;
}

static void
text_set_grow (TextSet *set)
{
  g_autofree Slot *old = set->slots;
  gsize n_old = set->n_slots;

  set->n_slots *= 2;
  set->slots = g_new0 (Slot, set->n_slots);
  for (gsize i = 0; i < n_old; i++) {
    Slot *slot = text_set_get_slot (set, old[i].hash);

    if (old[i].number == 0)
      continue;
    while (slot->number != 0)
      slot = text_set_get_next (set, slot);
    *slot = old[i];
  }
}

/* Returns: the number of the text that was there already; 0 none was */
static guint32
text_set_add (TextSet *set, const char *text, guint32 hash)
{
  Slot *slot = text_set_find (set, text, hash);

  if (slot->number != 0)
    return slot->number;
  g_array_append_val (set->begins, set->texts->len);
  *slot = (Slot){hash, set->begins->len};
  g_string_append_len (set->texts, text, strlen (text) + 1);
  if ((gsize)set->begins->len * 2 > set->n_slots)
    text_set_grow (set);
  return 0;
}

guint32
qonys_identity_hash (const char *identity)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325); /* FNV-1a */

  for (; *identity != '\0'; identity++)
    hash = (hash ^ (guchar)*identity) * G_GUINT64_CONSTANT (0x100000001b3);
  return (guint32)(hash ^ hash >> 32);
}

QonysImportContext *
qonys_import_context_new (QonysProject *project, QonysRecordType type, gboolean old_rows_stay)
{
  QonysImportContext *context = g_new0 (QonysImportContext, 1);
  const QonysTable *table = qonys_project_get_table (project, type);

  context->project = qonys_project_ref (project);
  context->type = type;
  text_set_init (&context->seen);
  text_set_init (&context->known);
  for (gsize row = 0; old_rows_stay && row < qonys_table_get_n_rows (table); row++) {
    g_autofree char *identity = qonys_table_get_identity (table, row);

    text_set_add (&context->known, identity, qonys_identity_hash (identity));
  }
  return context;
}

void
qonys_import_context_free (QonysImportContext *context)
{
  text_set_clear (&context->seen);
  text_set_clear (&context->known);
  qonys_project_unref (context->project);
  g_free (context);
}

void
qonys_import_context_set_addresses (QonysImportContext *context, const QonysAddressIndex *addresses)
{
  context->addresses = addresses;
}

void
qonys_import_context_prepare (const QonysImportContext *context, QonysRow *row)
{
  if (context->addresses != NULL && context->type == QONYS_RECORD_DWELLING)
    qonys_row_give (row, QONYS_DWELLING_POSITION_ACCURACY);
}

void
qonys_import_context_forget (QonysImportContext *context)
{
  text_set_clear (&context->seen);
  text_set_init (&context->seen);
  context->n_jumps = context->n_unknown_dwellings = 0;
  memset (context->n_placed, 0, sizeof context->n_placed);
}

/* A suspicion stands where its dwelling stands. */
static QonysRowNotes
join_dwelling (const QonysImportContext *context, QonysRow *row)
{
  QonysTable *dwellings = qonys_project_get_table (context->project, QONYS_RECORD_DWELLING);
  gssize at = qonys_table_find_key (dwellings, row->cells[QONYS_SUSPICION_PLACE_REF].text);

  if (at < 0)
    return QONYS_ROW_HAS_UNKNOWN_DWELLING;
  if (isnan (row->lon_deg)) {
    row->lon_deg = qonys_table_get_lon_deg (dwellings)[at];
    row->lat_deg = qonys_table_get_lat_deg (dwellings)[at];
  }
  if (row->cells[QONYS_SUSPICION_DISTRICT].text == NULL)
    row->cells[QONYS_SUSPICION_DISTRICT].text =
        qonys_table_get_text (dwellings, at, QONYS_DWELLING_DISTRICT);
  return 0;
}

static QonysRowNotes
watch_jump (const QonysImportContext *context, const QonysRow *row)
{
  QonysTable *dwellings = qonys_project_get_table (context->project, QONYS_RECORD_DWELLING);
  double now = row->cells[QONYS_DWELLING_REG_PERMANENT].number +
               row->cells[QONYS_DWELLING_REG_TEMPORARY].number;
  gint32 permanent, temporary;
  gssize at;

  if (isnan (now) || qonys_table_get_n_rows (dwellings) == 0)
    return 0;
  at = qonys_table_find_key (dwellings, row->cells[QONYS_DWELLING_KEY].text);
  if (at < 0)
    return 0;
  permanent = qonys_table_get_int (dwellings, at, QONYS_DWELLING_REG_PERMANENT);
  temporary = qonys_table_get_int (dwellings, at, QONYS_DWELLING_REG_TEMPORARY);
  return permanent != QONYS_INT_MISSING && temporary != QONYS_INT_MISSING &&
                 fabs (now - permanent - temporary) > MAX_JUMP
             ? QONYS_ROW_HAS_JUMP
             : 0;
}

QonysRowNotes
qonys_import_context_join (const QonysImportContext *context, QonysRow *row)
{
  switch (context->type) {
  case QONYS_RECORD_SUSPICION:
    return join_dwelling (context, row);
  case QONYS_RECORD_DWELLING:
    return watch_jump (context, row) |
           (context->addresses != NULL
                ? QONYS_ROW_PLACED * qonys_row_place_by_address (row, context->addresses)
                : 0);
  default:
    return 0;
  }
}

void
qonys_import_context_expect (const QonysImportContext *context, guint32 hash)
{
  __builtin_prefetch (text_set_get_slot (&context->seen, hash), 1);
}

QonysReason
qonys_import_context_admit (QonysImportContext *context, const char *identity, guint32 hash,
                            QonysRowNotes notes, guint32 *earlier)
{
  *earlier = 0;
  if (context->known.begins->len > 0 &&
      text_set_find (&context->known, identity, hash)->number != 0)
    return QONYS_REASON_KNOWN;
  *earlier = text_set_add (&context->seen, identity, hash);
  if (*earlier != 0)
    return QONYS_REASON_REPEATED;
  context->n_jumps += (notes & QONYS_ROW_HAS_JUMP) != 0;
  context->n_unknown_dwellings += (notes & QONYS_ROW_HAS_UNKNOWN_DWELLING) != 0;
  context->n_placed[notes / QONYS_ROW_PLACED]++;
  return QONYS_REASON_NONE;
}

/* ---- notes ---- */

static gint64
count_outside (const QonysProject *project, const QonysTable *rows, gint64 *n_without)
{
  gsize n_rows = qonys_table_get_n_rows (rows);
  const double *lon_deg = qonys_table_get_lon_deg (rows);
  const double *lat_deg = qonys_table_get_lat_deg (rows);
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);
  g_autofree const QonysShape **shapes = g_new (const QonysShape *, districts->len + 1);
  g_autofree double *x = g_new (double, n_rows);
  g_autofree double *y = g_new (double, n_rows);
  g_autofree guint8 *owner = g_new (guint8, n_rows);
  gint64 n_outside = 0;

  for (guint i = 0; i < districts->len; i++)
    shapes[i] = ((const QonysDistrict *)districts->pdata[i])->shape;
  qonys_mercator_project (lon_deg, lat_deg, n_rows, x, y);
  qonys_shapes_assign (shapes, districts->len, x, y, n_rows, owner);
  *n_without = 0;
  for (gsize row = 0; row < n_rows; row++) {
    *n_without += isnan (lon_deg[row]);
    n_outside += !isnan (lon_deg[row]) && owner[row] == 255;
  }
  return n_outside;
}

static void
note_places (const QonysImportContext *context, GPtrArray *diagnostics)
{
  const gint64 *n = context->n_placed;
  g_autofree char *house = qonys_format_int (n[QONYS_PLACED_HOUSE]);
  g_autofree char *street = qonys_format_int (n[QONYS_PLACED_STREET]);
  g_autofree char *block = qonys_format_int (n[QONYS_PLACED_BLOCK]);
  g_autofree char *doubtful = qonys_format_int (n[QONYS_PLACED_DOUBTFUL]);
  g_autofree char *unknown = qonys_format_int (n[QONYS_PLACED_UNKNOWN]);

  if (n[QONYS_PLACED_HOUSE] + n[QONYS_PLACED_STREET] + n[QONYS_PLACED_BLOCK] > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("Placed by the address: %s at the building, %s on the street, %s in "
                              "the residential area."),
                           house, street, block);
  if (n[QONYS_PLACED_DOUBTFUL] > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("The address of %s row may mean several places; it was not "
                                     "placed.",
                                     "The addresses of %s rows may mean several places; they were "
                                     "not placed.",
                                     (gulong)n[QONYS_PLACED_DOUBTFUL]),
                           doubtful);
  if (n[QONYS_PLACED_UNKNOWN] > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("The street of %s row is not in the layer of addresses.",
                                     "The streets of %s rows are not in the layer of addresses.",
                                     (gulong)n[QONYS_PLACED_UNKNOWN]),
                           unknown);
}

void
qonys_import_context_note (QonysImportContext *context, const QonysTable *rows,
                           GPtrArray *diagnostics)
{
  g_autofree char *jumps = qonys_format_int (context->n_jumps);
  g_autofree char *unknown = qonys_format_int (context->n_unknown_dwellings);
  gint64 n_without = 0;

  note_places (context, diagnostics);
  if (context->n_jumps > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("The number of registrants changed by more than %d since the "
                                     "last data in %s dwelling. Ask the supplier whether that is "
                                     "right.",
                                     "The number of registrants changed by more than %d since the "
                                     "last data in %s dwellings. Ask the supplier whether that is "
                                     "right.",
                                     (gulong)context->n_jumps),
                           MAX_JUMP, jumps);
  if (context->n_unknown_dwellings > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("The dwelling of %s row is not in the project. Import the "
                                     "dwellings first to see this row in its place.",
                                     "The dwellings of %s rows are not in the project. Import the "
                                     "dwellings first to see these rows in their places.",
                                     (gulong)context->n_unknown_dwellings),
                           unknown);
  if (qonys_table_get_lon_deg (rows) != NULL) {
    gint64 n_outside = count_outside (context->project, rows, &n_without);
    g_autofree char *outside = qonys_format_int (n_outside);
    g_autofree char *without = qonys_format_int (n_without);

    if (n_outside > 0)
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             ngettext ("%s row lies near Astana but in none of its districts’ "
                                       "outlines.",
                                       "%s rows lie near Astana but in none of its districts’ "
                                       "outlines.",
                                       (gulong)n_outside),
                             outside);
    if (n_without > 0)
      qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                             ngettext ("%s row has no position; it is counted but not drawn.",
                                       "%s rows have no position; they are counted but not drawn.",
                                       (gulong)n_without),
                             without);
  }
}
