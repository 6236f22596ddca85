/** What happens is told as it happens: in systemd's journal, and in a log of plain lines. */
@NullMarked
package org.medicd.daemon.chronicle;

import org.jspecify.annotations.NullMarked;
