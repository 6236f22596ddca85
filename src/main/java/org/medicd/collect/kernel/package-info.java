/**
 * What the kernel tells by itself, without being asked again and again: the trouble that it writes
 * into its log, and the births of processes between two looks.
 */
@NullMarked
package org.medicd.collect.kernel;

import org.jspecify.annotations.NullMarked;
