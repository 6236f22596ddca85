/**
 * The ladder of every open incident: which rung is due, whether the last one worked, when it is
 * over.
 */
@NullMarked
package org.medicd.incident;

import org.jspecify.annotations.NullMarked;
