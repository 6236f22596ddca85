/**
 * Looks at the host. Census takes a snapshot every tick; Rates, Demand, Trend and Blocked keep what
 * came before; Details reads on other threads what may block.
 */
@NullMarked
package org.medicd.collect;

import org.jspecify.annotations.NullMarked;
