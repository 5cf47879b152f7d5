/* The command line without the window: what the tests run, and what must not need GTK. */

#include "cli/cli.h"

int
main (int argc, char **argv)
{
  return qonys_cli_run (argc, argv);
}
