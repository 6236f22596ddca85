/** What only root can do for the host; done by the daemon itself, or by a unit that it starts. */
@NullMarked
package org.medicd.act.chore;

import org.jspecify.annotations.NullMarked;
