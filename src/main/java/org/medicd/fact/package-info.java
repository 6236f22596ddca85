/**
 * What was seen: processes, the host, units, and the gaps where something could not be seen.
 * Depends on the JDK only. Unknown is null, never zero.
 */
@NullMarked
package org.medicd.fact;

import org.jspecify.annotations.NullMarked;
