package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The numbers of things, by which they are on pages. A number is given once and never changes, before anything of the thing counts:
 * one that was given and not used is no thing yet, and a gap does no harm.
 */
final class Things {
    private static final String PARTITION = "thing";
    private static final Key COUNTER = new Key("head", "things");
    private static final String NUMBER = "n";
    private static final int REMEMBERED = 200_000;

    /**
     * A thing's number.
     *
     * @param name see {@link ThingState#name}
     */
    record Thing(String name, int number) {}

    private final Table table;

    private final Map<String, Integer> known = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Things(Table table) {
        this.table = table;
    }

    private static Key key(String name) {
        return new Key(PARTITION, name);
    }

    Optional<Integer> find(String name) {
        return Optional.ofNullable(find(List.of(name)).get(name));
    }

    /** The numbers of those that have one. */
    Map<String, Integer> find(Collection<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Key> asked = new ArrayList<>();
        synchronized (this) {
            for (String name : names) {
                Integer number = known.get(name);
                if (number == null) {
                    asked.add(key(name));
                } else {
                    numbers.put(name, number);
                }
            }
        }
        if (!asked.isEmpty()) {
            table.getAll(asked).values().forEach(item -> numbers.put(item.key().sort(), number(item)));
            remember(numbers);
        }
        return numbers;
    }

    private static int number(Item item) {
        return (int) item.requiredNumber(NUMBER);
    }

    private synchronized void remember(Map<String, Integer> numbers) {
        known.putAll(numbers);
    }

    /** The numbers of things, given now to those that have none. */
    Map<String, Integer> numbers(Collection<String> names) {
        Map<String, Integer> numbers = find(names);
        List<String> fresh = names.stream()
                .distinct()
                .filter(name -> !numbers.containsKey(name))
                .toList();
        if (fresh.isEmpty()) {
            return numbers;
        }
        int first = (int) (table.add(COUNTER, NUMBER, fresh.size()) - fresh.size());
        List<Thing> things = new ArrayList<>();
        for (String name : fresh) {
            things.add(new Thing(name, first + things.size()));
        }
        List<Boolean> given = table.each(
                things, thing -> table.putIfAbsent(Item.of(key(thing.name)).with(NUMBER, thing.number)));
        Map<String, Integer> own = new HashMap<>();
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            if (given.get(i)) {
                own.put(things.get(i).name, things.get(i).number);
            } else {
                // Somebody else was quicker; or this very write was, and its answer got lost.
                lost.add(things.get(i).name);
            }
        }
        remember(own);
        numbers.putAll(own);
        if (!lost.isEmpty()) {
            numbers.putAll(find(lost));
        }
        return numbers;
    }

    /** Things by name, from one name on, itself included. */
    Stream<Thing> from(String name, String beginning) {
        String first = name.compareTo(beginning) < 0 ? beginning : name;
        // Nothing in a name sorts behind this character.
        return table.between(PARTITION, first.isEmpty() ? "\u0001" : first, beginning + "\uffff", true, 0)
                .map(item -> new Thing(item.key().sort(), number(item)));
    }
}
