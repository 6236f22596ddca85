/** One channel per kind of receiver; each is delivered to by a thread of its own. */
@NullMarked
package org.medicd.notify;

import org.jspecify.annotations.NullMarked;
