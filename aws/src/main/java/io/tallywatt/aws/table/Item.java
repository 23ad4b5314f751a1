package io.tallywatt.aws.table;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item: its key, and attributes by short names, since names count as size.
 *
 * @param attributes without those of the key
 */
public record Item(Key key, Map<String, AttributeValue> attributes) {
    /** Where DynamoDB finds out when an item may go. */
    private static final String TTL = "ttl";

    public Item {
        attributes = Map.copyOf(attributes);
    }

    public static Item of(Key key) {
        return new Item(key, Map.of());
    }

    static Item of(Map<String, AttributeValue> all) {
        Map<String, AttributeValue> attributes = new HashMap<>(all);
        attributes.remove(Key.PARTITION);
        attributes.remove(Key.SORT);
        return new Item(Key.of(all), attributes);
    }

    private Item with(String name, AttributeValue value) {
        Map<String, AttributeValue> more = new HashMap<>(attributes);
        more.put(name, value);
        return new Item(key, more);
    }

    public Item with(String name, String text) {
        return with(name, AttributeValue.fromS(text));
    }

    public Item with(String name, long number) {
        return with(name, AttributeValue.fromN(Long.toString(number)));
    }

    public Item with(String name, byte[] bytes) {
        return with(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
    }

    /** The same, to be removed by itself some time after an instant. */
    public Item expiring(long epochSecond) {
        return with(TTL, epochSecond);
    }

    Map<String, AttributeValue> all() {
        Map<String, AttributeValue> all = new HashMap<>(attributes);
        all.putAll(key.attributes());
        return all;
    }

    public @Nullable String text(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? null : value.s();
    }

    /** @throws IllegalStateException if there is no such text */
    public String requiredText(String name) {
        @Nullable String text = text(name);
        if (text == null) {
            throw lacks(name);
        }
        return text;
    }

    public @Nullable Long number(String name) {
        AttributeValue value = attributes.get(name);
        return value == null || value.n() == null ? null : Long.valueOf(value.n());
    }

    /** The number, or another where there is none. */
    public long number(String name, long otherwise) {
        @Nullable Long number = number(name);
        return number == null ? otherwise : number;
    }

    /** @throws IllegalStateException if there is no such number */
    public long requiredNumber(String name) {
        @Nullable Long number = number(name);
        if (number == null) {
            throw lacks(name);
        }
        return number;
    }

    public byte @Nullable [] bytes(String name) {
        AttributeValue value = attributes.get(name);
        return value == null || value.b() == null ? null : value.b().asByteArrayUnsafe();
    }

    /** @throws IllegalStateException if there are no such bytes */
    public byte[] requiredBytes(String name) {
        byte @Nullable [] bytes = bytes(name);
        if (bytes == null) {
            throw lacks(name);
        }
        return bytes;
    }

    private IllegalStateException lacks(String name) {
        return new IllegalStateException(
                "The item " + key.partition() + " / " + key.sort() + " lacks its attribute '" + name + "'");
    }
}
