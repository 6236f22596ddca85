/** The one place where the stages meet: Tick is the pipeline, Loop gives it its period. */
@NullMarked
package org.medicd.daemon;

import org.jspecify.annotations.NullMarked;
