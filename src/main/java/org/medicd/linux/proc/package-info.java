/** A pure parser per kernel file of /proc, and the descriptors that stay open on it. */
@NullMarked
package org.medicd.linux.proc;

import org.jspecify.annotations.NullMarked;
