/** The functions on AWS. Each handler reads its event and its settings, puts the parts together, and leaves the work to them. */
@NullMarked
package io.tallywatt.lambda;

import org.jspecify.annotations.NullMarked;
