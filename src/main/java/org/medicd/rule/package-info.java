/**
 * Compiles rule packs and turns changes of facts into findings. The only package that knows Drools.
 */
@NullMarked
package org.medicd.rule;

import org.jspecify.annotations.NullMarked;
