/** Pure parsers of files of /sys. */
@NullMarked
package org.medicd.linux.sys;

import org.jspecify.annotations.NullMarked;
