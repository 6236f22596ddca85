/**
 * Looks at the host: one collector per aspect. Census runs them; Rates and Trend keep what came
 * before.
 */
@NullMarked
package org.medicd.collect;

import org.jspecify.annotations.NullMarked;
