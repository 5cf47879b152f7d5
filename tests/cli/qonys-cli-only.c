/* The command line without the window: what the tests run, and what must not need GTK. */

#include "cli/cli.h"

/* Fontconfig keeps its caches to the end. */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

int
main (int argc, char **argv)
{
  return qonys_cli_run (argc, argv);
}
