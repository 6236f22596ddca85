/** What a daemon answers over its unix socket. */
@NullMarked
package org.medicd.api;

import org.jspecify.annotations.NullMarked;
