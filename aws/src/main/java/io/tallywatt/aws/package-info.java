/** How AWS is reached: addresses and names by settings, and the clients made of them. The rooms below are the adapters. */
@NullMarked
package io.tallywatt.aws;

import org.jspecify.annotations.NullMarked;
