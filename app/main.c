/* One program, two faces: a subcommand on the command line, else the window. */

#include "cli/cli.h"
#include "ui/ui.h"

int
main (int argc, char **argv)
{
  if (qonys_cli_wants (argc, argv))
    return qonys_cli_run (argc, argv);
  return qonys_ui_run (argc, argv);
}
