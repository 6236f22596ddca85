/**
 * What a host has beside its processes: file systems, block devices, network interfaces, sockets.
 */
@NullMarked
package org.medicd.collect.device;

import org.jspecify.annotations.NullMarked;
