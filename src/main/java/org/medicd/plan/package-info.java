/**
 * What was decided: symptoms, diagnoses, treatments, intents, verdicts, outcomes and the incidents
 * that hold them. Depends on fact.
 */
@NullMarked
package org.medicd.plan;

import org.jspecify.annotations.NullMarked;
