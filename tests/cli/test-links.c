/* The command line needs no window library: what the linker wrote into an executable made of the
 * cli room alone. */

#include "cli-support.h"

#include <elf.h>

/* The names of the libraries an ELF file of this machine's word size needs. */
static GPtrArray *
read_needed (const char *bytes)
{
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)bytes;
  const Elf64_Shdr *sections = (const Elf64_Shdr *)(bytes + header->e_shoff);
  GPtrArray *names = g_ptr_array_new ();

  g_assert_cmpmem (header->e_ident, SELFMAG, ELFMAG, SELFMAG);
  for (guint i = 0; i < header->e_shnum; i++) {
    const Elf64_Dyn *entries = (const Elf64_Dyn *)(bytes + sections[i].sh_offset);
    const char *strings;

    if (sections[i].sh_type != SHT_DYNAMIC)
      continue;
    strings = bytes + sections[sections[i].sh_link].sh_offset;
    for (guint j = 0; j < sections[i].sh_size / sizeof *entries; j++)
      if (entries[j].d_tag == DT_NEEDED)
        g_ptr_array_add (names, (gpointer)(strings + entries[j].d_un.d_val));
  }
  return names;
}

static void
test_no_window_library (void)
{
  static const char *const FORBIDDEN[] = {"gtk", "gdk-", "adwaita", "shumate", "wayland", "X11"};
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gboolean has_gdal = FALSE;

  if (sizeof (void *) != 8) {
    g_test_skip ("reads 64-bit executables only");
    return;
  }
  g_assert_true (g_file_get_contents (g_getenv ("QONYS_CLI"), &bytes, NULL, NULL));
  names = read_needed (bytes);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);

    has_gdal |= strstr (name, "libgdal") != NULL;
    for (guint j = 0; j < G_N_ELEMENTS (FORBIDDEN); j++)
      if (strstr (name, FORBIDDEN[j]) != NULL)
        g_error ("the command line is linked with %s", name);
  }
  g_assert_true (has_gdal); /* the list was read */
}

static void
test_version (void)
{
  g_autofree char *output = cli_run_ok (support_temp_dir (), "--version");
  static const char *const WORDS[] = {"qonys ", "GDAL ", "PROJ ", "cairo ", "GLib "};

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    g_assert_nonnull (strstr (output, WORDS[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/links/no-window-library", test_no_window_library);
  g_test_add_func ("/cli/links/version", test_version);
  return g_test_run ();
}
