/** Programs and services that are told over HTTP, and the heartbeat. */
@NullMarked
package org.medicd.notify.web;

import org.jspecify.annotations.NullMarked;
