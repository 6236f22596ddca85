/** Programs of the admin's that tell people in their own way. */
@NullMarked
package org.medicd.notify.command;

import org.jspecify.annotations.NullMarked;
