/**
 * The store on DynamoDB. What deliveries give is only ever added, under the ticket of whoever writes it; nothing of it is seen until one
 * small transaction gives the ticket a number and a time. See docs/design/dynamodb.md.
 */
@NullMarked
package io.tallywatt.aws.store;

import org.jspecify.annotations.NullMarked;
