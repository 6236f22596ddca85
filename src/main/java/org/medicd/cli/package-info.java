/** The command: one class per subcommand. */
@NullMarked
package org.medicd.cli;

import org.jspecify.annotations.NullMarked;
