/** The journal in the runtime folder, and the store (SQLite) behind it. */
@NullMarked
package org.medicd.record;

import org.jspecify.annotations.NullMarked;
