/** Rule scenarios as JUnit 5 tests, for those who keep rules in a Java project. */
@NullMarked
package org.medicd.junit;

import org.jspecify.annotations.NullMarked;
