package org.medicd.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test that is not run by root in the initial pid and network namespaces, as in a
 * container; fails it where medicd.skips.fail is true.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeedsInitialNamespacesCondition.class)
public @interface NeedsInitialNamespaces {}
