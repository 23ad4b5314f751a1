package io.tallywatt.infra;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a stack, each by {@code -c NAME=VALUE}.
 *
 * @param zone time zone of clock times without an offset; {@code UTC} unless said
 * @param publicRead groups of routes that need no key; none unless said
 * @param alarmEmail who is mailed what is found in the readings; nobody unless said
 */
record StackSettings(Stage stage, ZoneId zone, Set<String> publicRead, Optional<String> alarmEmail) {
    /** A setting is missing, or not what was expected. The message names it. */
    static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }

    /** The groups that can be read without a key: what the sources publish themselves. Nothing of a customer's is among them. */
    private static final List<String> PUBLIC_GROUPS = List.of("flows", "prices");

    /** A slip of the hand is noticed, no more: whether an address exists is known when its owner confirms. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    StackSettings {
        publicRead = Set.copyOf(publicRead);
    }

    /** @param context gives the value of a name, null where it is not set */
    static StackSettings of(Function<String, @Nullable Object> context) {
        return new StackSettings(
                stage(text(context, "stage").orElse("")),
                text(context, "zone").map(StackSettings::zone).orElse(ZoneId.of("UTC")),
                publicRead(text(context, "publicRead").orElse("")),
                text(context, "alarmEmail").map(StackSettings::email));
    }

    /** As the functions are told: {@code flows,prices}, always in the same order. */
    String publicReadText() {
        return String.join(",", new TreeSet<>(publicRead));
    }

    private static Optional<String> text(Function<String, @Nullable Object> context, String name) {
        @Nullable Object value = context.apply(name);
        return value == null
                ? Optional.empty()
                : Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
    }

    private static Stage stage(String text) {
        for (Stage stage : Stage.values()) {
            if (stage.word().equals(text)) {
                return stage;
            }
        }
        throw new Unusable(
                text.isEmpty()
                        ? "stage is not set; expected -c stage=dev or -c stage=prod"
                        : "stage is '" + text + "'; expected dev or prod");
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Unusable("zone is '" + text + "'; expected a time zone such as Europe/London or UTC");
        }
    }

    private static Set<String> publicRead(String text) {
        Set<String> groups = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .collect(Collectors.toSet());
        for (String group : groups) {
            if (!PUBLIC_GROUPS.contains(group)) {
                throw new Unusable("publicRead names '" + group + "'; expected any of "
                        + String.join(", ", PUBLIC_GROUPS) + ", with commas between");
            }
        }
        return groups;
    }

    private static String email(String text) {
        if (!EMAIL.matcher(text).matches()) {
            throw new Unusable("alarmEmail is '" + text + "'; expected an address such as watch@example.org");
        }
        return text;
    }
}
