/** One actuator per kind of action; they run beside the tick, each with a deadline. */
@NullMarked
package org.medicd.act;

import org.jspecify.annotations.NullMarked;
