/**
 * What tests need of a machine: a real systemd to break, programs to run, root; and who lacks it.
 */
@NullMarked
package org.medicd.lab;

import org.jspecify.annotations.NullMarked;
