package org.medicd.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a test of every scenario below a folder: the method is called with each {@link
 * org.medicd.trial.Scenario} once it was as expected; else the test fails with what medic test
 * would say. Folders are named from where the tests run.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ScenarioInvocations.class)
public @interface RuleScenarios {
  /** Folders of rules; a file of a later one replaces that of the same name. */
  String[] rules();

  /** Where the scenarios are; the last of the folders of rules if this is empty. */
  String scenarios() default "";

  /** A configuration whose limits hold; the defaults if this is empty. */
  String config() default "";
}
