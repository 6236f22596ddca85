package org.medicd.collect.census;

/** How many processes there are, and in what condition. */
record Population(int processes, int zombies, int blocked) {}
