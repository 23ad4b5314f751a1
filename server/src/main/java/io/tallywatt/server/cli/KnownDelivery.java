package io.tallywatt.server.cli;

import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Ledger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the delivery a person means by an id, a path or a bare file name. */
final class KnownDelivery {
    private static final int SHOWN = 10;

    private KnownDelivery() {}

    static Delivery find(Ledger ledger, String text) {
        if (text.matches("[0-9]{1,18}")) {
            Optional<Delivery> byId = ledger.delivery(Long.parseLong(text));
            if (byId.isPresent()) {
                return byId.get();
            }
        }
        List<Delivery> all = ledger.deliveries();
        String path = Path.of(text).normalize().toString();
        List<Delivery> named = all.stream()
                .filter(d -> d.name().equals(text) || d.name().equals(path))
                .toList();
        if (named.isEmpty()) {
            named = all.stream().filter(d -> baseName(d.name()).equals(text)).toList();
        }
        if (named.isEmpty()) {
            throw Stop.usage(
                    "There is no file '" + text + "'; 'tallywatt files' lists those that came, with their ids");
        }
        if (named.size() > 1) {
            throw Stop.usage("Several files are called '" + text + "'; say which by its id: "
                    + named.stream()
                            .limit(SHOWN)
                            .map(d -> d.id() + " (" + d.name() + ", received " + d.receivedAt() + ")")
                            .collect(Collectors.joining(", "))
                    + (named.size() > SHOWN ? ", ..." : ""));
        }
        return named.getFirst();
    }

    /** Of a path, or of an archive's entry. */
    private static String baseName(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
    }
}
