package io.tallywatt.core.format;

/**
 * Something worth knowing about a file, said once with a count.
 *
 * @param code what
 * @param count how many rows or values it concerns
 * @param firstLine the first line it was seen at, 0 where it concerns the whole file
 * @param message in one line, with what to set if it is not what was meant
 */
public record Notice(NoticeCode code, long count, long firstLine, String message) {}
