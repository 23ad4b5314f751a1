/** One DynamoDB table as the adapters use it: items, batches that come through whole, transactions that say why not, leases. */
@NullMarked
package io.tallywatt.aws.table;

import org.jspecify.annotations.NullMarked;
