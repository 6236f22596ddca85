/** What groups and manages processes: control groups, and systemd's units. */
@NullMarked
package org.medicd.collect.control;

import org.jspecify.annotations.NullMarked;
