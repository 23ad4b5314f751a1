package io.tallywatt.core.format;

import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.format.text.JsonFormat;
import io.tallywatt.core.format.text.TextFormats;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Our own formats, and the one question asked of them. */
public final class Formats {
    private static final Format JSON = new JsonFormat();
    private static final List<Format> DELIMITED = TextFormats.delimited();

    private Formats() {}

    /** In the order in which they are asked. */
    public static List<Format> all() {
        return Stream.concat(Stream.of(JSON), DELIMITED.stream()).toList();
    }

    /**
     * Chooses the format of a document by the bytes of its head.
     *
     * @throws UnreadableDocument if no format recognises it, it holds no rows, or an option names what it does not have
     */
    public static Layout recognise(Head head, ReadingOptions options) {
        return recognise(head, options, List.of());
    }

    /** The same, asking other formats before our own. */
    public static Layout recognise(Head head, ReadingOptions options, List<Format> first) {
        for (Format format : first) {
            Optional<Layout> layout = format.recognise(head, options);
            if (layout.isPresent()) {
                return layout.get();
            }
        }
        Optional<Layout> json = JSON.recognise(head, options);
        if (json.isPresent()) {
            return json.get();
        }
        TextFormats.refuseEmpty(head);
        for (Format format : DELIMITED) {
            Optional<Layout> layout = format.recognise(head, options);
            if (layout.isPresent()) {
                if (head.whole() && TextFormats.isBlankFrom(head, layout.get().bodyOffset())) {
                    throw TextFormats.onlyHeader(head);
                }
                return layout.get();
            }
        }
        if (head.name().matches("(?i).*\\.(json|ndjson|jsonl)(\\.gz|\\.zst)?")) {
            throw new UnreadableDocument(
                    Reason.NOT_JSON,
                    "'" + head.name() + "' is called JSON and is not; expected it to begin with { or [");
        }
        throw TextFormats.notRecognised(head);
    }
}
