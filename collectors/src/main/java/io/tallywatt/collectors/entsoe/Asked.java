package io.tallywatt.collectors.entsoe;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.reading.Series;

/** What a question is about: read from its name, and written into it. */
sealed interface Asked {
    /** Of a border, both ways. */
    sealed interface OfBorder extends Asked {
        Border border();

        Series series();
    }

    record Flow(Border border) implements OfBorder {
        @Override
        public String documentType() {
            return "A11";
        }

        @Override
        public Series series() {
            return border.flow();
        }

        @Override
        public String name() {
            return "flow " + border;
        }
    }

    record Schedule(Border border) implements OfBorder {
        @Override
        public String documentType() {
            return "A09";
        }

        @Override
        public Series series() {
            return border.schedule();
        }

        @Override
        public String name() {
            return "schedule " + border;
        }
    }

    record Price(String area) implements Asked {
        @Override
        public String documentType() {
            return "A44";
        }

        Series series() {
            return new Series("zone", area, "price", null);
        }

        @Override
        public String name() {
            return "price " + area;
        }
    }

    String documentType();

    /** As in the question. */
    String name();

    /** @throws IllegalArgumentException if it is no question to this source */
    static Asked parse(String what) {
        String[] words = what.split(" ", -1);
        if (words.length == 2) {
            switch (words[0]) {
                case "flow" -> {
                    return new Flow(Border.parse(words[1]));
                }
                case "schedule" -> {
                    return new Schedule(Border.parse(words[1]));
                }
                case "price" -> {
                    if (words[1].matches("[A-Z0-9_]+")) {
                        return new Price(words[1]);
                    }
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                "Expected a question such as 'flow FR-GB', 'schedule FR-GB' or 'price FR', but got '" + what + "'");
    }

    /** How the part is labelled that answers one direction. */
    static String direction(String from, String to) {
        return from + " to " + to;
    }
}
