/** systemd over its own bus: what a unit does, and jobs upon it, each call with a deadline. */
@NullMarked
package org.medicd.linux.systemd;

import org.jspecify.annotations.NullMarked;
