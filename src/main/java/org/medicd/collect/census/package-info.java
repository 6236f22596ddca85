/**
 * The census: who is there and what each process does. It looks every tick at who is busy, now and
 * then at who rests, and runs the collectors of the other aspects.
 */
@NullMarked
package org.medicd.collect.census;

import org.jspecify.annotations.NullMarked;
