/**
 * Runs the daemon's own pipeline on facts that were written down (scenarios) or recorded: what
 * would it do? Nothing is touched: an action that is allowed is taken to be done.
 */
@NullMarked
package org.medicd.trial;

import org.jspecify.annotations.NullMarked;
