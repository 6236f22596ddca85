/**
 * What the kernel sends by netlink: the births and deaths of processes (the process events
 * connector, linux/cn_proc.h).
 */
@NullMarked
package org.medicd.linux.netlink;

import org.jspecify.annotations.NullMarked;
