/**
 * How answers look: as text for people, aligned and calm, as JSON and CSV for programs. Records of core enter, characters
 * leave; nothing is computed here. Start with {@link io.tallywatt.server.report.Output}.
 */
@NullMarked
package io.tallywatt.server.report;

import org.jspecify.annotations.NullMarked;
