/** Slack, by its Web API. */
@org.jspecify.annotations.NullMarked
package org.medicd.notify.slack;
