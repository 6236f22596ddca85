/**
 * The soak: the installed daemon among processes, services and faults at random, and a checker that
 * knows what should have happened. Run by src/test/soak, not by CI.
 */
@NullMarked
package org.medicd.soak;

import org.jspecify.annotations.NullMarked;
