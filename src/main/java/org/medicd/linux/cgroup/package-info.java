/**
 * Control groups, v1 and v2: where their hierarchies are mounted, and one parser for each of their
 * files (the kernel's Documentation/admin-guide/cgroup-v2.rst and cgroup-v1).
 */
@NullMarked
package org.medicd.linux.cgroup;

import org.jspecify.annotations.NullMarked;
