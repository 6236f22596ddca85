/** E-mail, over SMTP. */
@org.jspecify.annotations.NullMarked
package org.medicd.notify.mail;
