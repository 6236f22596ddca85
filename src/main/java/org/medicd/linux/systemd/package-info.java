/** systemd over its own bus: small typed interfaces for dbus-java. */
@NullMarked
package org.medicd.linux.systemd;

import org.jspecify.annotations.NullMarked;
