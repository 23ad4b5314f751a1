package io.tallywatt.aws.table;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where an item is.
 *
 * @param partition partition key, attribute {@code p}
 * @param sort sort key, attribute {@code s}; items of a partition are in the order of its UTF-8 bytes
 */
public record Key(String partition, String sort) {
    static final String PARTITION = "p";
    static final String SORT = "s";

    Map<String, AttributeValue> attributes() {
        return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
    }

    static Key of(Map<String, AttributeValue> attributes) {
        return new Key(text(attributes, PARTITION), text(attributes, SORT));
    }

    private static String text(Map<String, AttributeValue> attributes, String name) {
        AttributeValue value = attributes.get(name);
        if (value == null || value.s() == null) {
            throw new IllegalStateException("An item has no attribute '" + name + "'");
        }
        return value.s();
    }
}
