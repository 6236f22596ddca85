/**
 * The kernel's log: the records of /dev/kmsg (the kernel's Documentation/ABI/testing/dev-kmsg), and
 * what those texts mean that tell of trouble. A parser each, and one class that reads.
 */
@NullMarked
package org.medicd.linux.kmsg;

import org.jspecify.annotations.NullMarked;
