package org.medicd.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test where {@link SystemdLab} cannot boot, with what the machine lacks; fails it where
 * medicd.skips.fail is true.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeedsSystemdCondition.class)
public @interface NeedsSystemd {}
