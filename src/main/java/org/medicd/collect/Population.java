package org.medicd.collect;

/** How many processes there are, and in what condition. */
record Population(int processes, int zombies, int blocked) {}
