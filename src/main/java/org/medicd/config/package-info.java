/** Typed settings from YAML; every problem is reported at once, with its line and a suggestion. */
@NullMarked
package org.medicd.config;

import org.jspecify.annotations.NullMarked;
