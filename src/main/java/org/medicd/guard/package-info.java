/** One class per guard; Guards asks them in order. Ledger counts what was done. */
@NullMarked
package org.medicd.guard;

import org.jspecify.annotations.NullMarked;
