/** What touches the kernel: libc through JNA, pidfd, sd_notify. */
@NullMarked
package org.medicd.linux;

import org.jspecify.annotations.NullMarked;
