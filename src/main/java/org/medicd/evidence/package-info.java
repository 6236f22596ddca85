/** What is captured of a process before a disruptive rung. */
@NullMarked
package org.medicd.evidence;

import org.jspecify.annotations.NullMarked;
