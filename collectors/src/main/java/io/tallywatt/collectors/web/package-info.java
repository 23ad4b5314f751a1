/**
 * How sources outside are asked over HTTP: one attempt at a time, within limits, and without a secret in any word about it.
 */
@NullMarked
package io.tallywatt.collectors.web;

import org.jspecify.annotations.NullMarked;
