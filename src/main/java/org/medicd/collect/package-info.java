/**
 * Looks at the host. A Collector sees one aspect; the packages below hold them by kin, and the
 * census runs them. Here is what they share: averages, trends, readers of what may block.
 */
@NullMarked
package org.medicd.collect;

import org.jspecify.annotations.NullMarked;
