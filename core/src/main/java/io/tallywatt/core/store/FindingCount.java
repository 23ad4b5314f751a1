package io.tallywatt.core.store;

import io.tallywatt.core.validate.RuleName;

/**
 * How many findings there are.
 *
 * @param thing kind and key, such as {@code site/site1}
 * @param open how many of them hold still
 */
public record FindingCount(String thing, RuleName rule, long count, long open) {}
