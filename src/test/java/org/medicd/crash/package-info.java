/**
 * medicd is killed at every point of its work and started again: what is lost, what is done twice?
 */
@NullMarked
package org.medicd.crash;

import org.jspecify.annotations.NullMarked;
