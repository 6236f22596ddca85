/**
 * The flight recorder: the facts of the last minutes, told as what changed from tick to tick, in
 * files that can be put one behind the other.
 */
@NullMarked
package org.medicd.record.flight;

import org.jspecify.annotations.NullMarked;
