/** How the scheduler serves threads, as ionice(1), chrt(1) and taskset(1) write it. */
@NullMarked
package org.medicd.linux.sched;

import org.jspecify.annotations.NullMarked;
