package org.medicd.fact;

/**
 * Something that medicd tried to see and could not.
 *
 * @param aspect what was asked, as "proc/stat" or "unit"
 * @param subject of whom, as "pid 17" or "nginx.service"
 * @param reason why it was not answered
 */
public record Gap(String aspect, String subject, String reason) {}
