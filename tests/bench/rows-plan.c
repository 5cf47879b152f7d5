/* What people wrote, in a project of ten thousand places, measures and annotations, and in one of
 * a hundred beside it; the journal has an edit for every hundred. The files are made here. An edit
 * is measured until the disk has it. */

#include "bench.h"

#include "store/store.h"

#include <glib/gstdio.h>

#define N_MANY 10000
#define N_FEW 100
#define N_AN_EDIT 100

static char *path;
static gint64 last_number;

static void
check (gboolean is_ok, GError *error)
{
  if (!is_ok)
    g_error ("%s", error->message);
}

static QonysEntry *
make_entry (guint i)
{
  g_autofree char *id = g_strdup_printf ("entry-%05u", i);
  g_autofree char *place =
      g_strdup_printf ("POINT (%.5f %.5f)", 71.2 + 0.5 * (i % 100) / 100.0, 51.0 + 0.00003 * i);
  g_autofree char *text = g_strdup_printf ("Нөмірі %u: тексеру керек, себебі тіркелгендер көп", i);
  const char *values[QONYS_MEASURE_N_FIELDS] = {NULL};

  switch (i % 3) {
  case 0:
    values[QONYS_ITEM_PROBLEM] = "P02";
    values[QONYS_ITEM_PLACE_KIND] = "point";
    values[QONYS_ITEM_SHAPE] = place;
    values[QONYS_ITEM_TEXT_KK] = text;
    values[QONYS_ITEM_SEVERITY] = "3";
    values[QONYS_ITEM_SEVERITY_REASONS] = text;
    return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
  case 1:
    values[QONYS_MEASURE_TITLE_KK] = text;
    values[QONYS_MEASURE_BODY] = "akimat";
    values[QONYS_MEASURE_IS_OWN] = "1";
    values[QONYS_MEASURE_STATUS] = "accepted";
    return qonys_entry_new (QONYS_ENTRY_MEASURE, id, values);
  default:
    values[QONYS_ANNOTATION_KIND] = "callout";
    values[QONYS_ANNOTATION_SHAPE] = place;
    values[QONYS_ANNOTATION_TEXT_KK] = text;
    return qonys_entry_new (QONYS_ENTRY_ANNOTATION, id, values);
  }
}

static void
need_plan (const char *name, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autofree char *folder = bench_dup_path ("", 0);

  check (project != NULL, error);
  g_mkdir_with_parents (folder, 0755);
  g_free (path);
  path = bench_dup_path (name, 0);
  check (qonys_store_write_project (project, path, NULL, &error), error);
  last_number = 0;
  for (guint i = 0; i < n;) {
    g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, "analyst", NULL);

    do {
      g_autoptr (QonysEntry) entry = make_entry (i);

      qonys_edit_add (edit, NULL, entry);
    } while (++i % N_AN_EDIT != 0);
    check (qonys_store_apply_edit (path, edit, last_number++, &error), error);
  }
}

static void
need_many (City *city)
{
  need_plan ("plan-10k.gpkg", N_MANY);
}

static void
need_few (City *city)
{
  need_plan ("plan-100.gpkg", N_FEW);
}

static void
run_edit (City *city)
{
  g_autofree char *text = g_strdup_printf ("%u", (guint)last_number);
  g_autoptr (QonysEntry) entry = make_entry (48);
  g_autoptr (QonysEntry) next = qonys_entry_with (entry, QONYS_ITEM_TEXT_RU, text);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.change", NULL, "analyst", NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, entry, next);
  check (qonys_store_apply_edit (path, edit, last_number++, &error), error);
}

static void
run_read (City *city)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = qonys_store_read_plan (path, &history, NULL, &error);

  check (plan != NULL, error);
}

static void
run_open (City *city)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_open_project (path, NULL, NULL, &error);

  check (project != NULL, error);
  run_read (city);
}

const Row rows_plan[] = {
    {"plan-edit", need_many, run_edit, 51, 1},
    {"plan-edit-100", need_few, run_edit, 51, 1},
    {"plan-open", need_many, run_open, 9, 1},
    {"plan-open-100", need_few, run_open, 9, 1},
    {"plan-read", need_many, run_read, 9, 1},
    {"plan-read-100", need_few, run_read, 9, 1},
    {0},
};
