package io.tallywatt.aws.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold of the item that is there, for a write to be done. */
public record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    /** None at all are not the same to DynamoDB as an empty map of them. */
    @Nullable
    Map<String, AttributeValue> valuesOrNone() {
        return values.isEmpty() ? null : values;
    }

    /** There is none. */
    public static Condition absent() {
        return new Condition("attribute_not_exists(#c)", Map.of("#c", Key.PARTITION), Map.of());
    }

    /** It has no such attribute. */
    public static Condition absent(String attribute) {
        return new Condition("attribute_not_exists(#c)", Map.of("#c", attribute), Map.of());
    }

    /** A number of it is this; an item that is not there has none. */
    public static Condition is(String attribute, long number) {
        return new Condition(
                "#c = :c", Map.of("#c", attribute), Map.of(":c", AttributeValue.fromN(Long.toString(number))));
    }

    /** A text of it is this. */
    public static Condition is(String attribute, String text) {
        return new Condition("#c = :c", Map.of("#c", attribute), Map.of(":c", AttributeValue.fromS(text)));
    }

    /** There is none, or a number of it is below this. */
    public static Condition absentOrBelow(String attribute, long number) {
        return new Condition(
                "attribute_not_exists(#c) OR #c < :c",
                Map.of("#c", attribute),
                Map.of(":c", AttributeValue.fromN(Long.toString(number))));
    }
}
