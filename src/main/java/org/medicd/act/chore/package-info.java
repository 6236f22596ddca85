/** What only root can do for the host. */
@NullMarked
package org.medicd.act.chore;

import org.jspecify.annotations.NullMarked;
