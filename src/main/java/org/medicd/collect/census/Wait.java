package org.medicd.collect.census;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Subject;

/**
 * Where a blocked task waits.
 *
 * @param wchan the kernel's function; null where the kernel does not tell
 * @param on what stands behind the wait
 * @param failure what kept medicd from finding out more
 */
record Wait(@Nullable String wchan, @Nullable Subject on, @Nullable IOException failure) {}
