package io.tallywatt.core.format;

import java.util.Optional;

/** A way of writing readings into files. Formats are asked in turn; the first that recognises the head reads the file. */
public interface Format {
    /** Short name for reports: {@code json}, {@code wide}, {@code rows}, {@code daily}. */
    String name();

    /**
     * Looks at the head of a document.
     *
     * @return how the document will be read, or empty if this is another format
     * @throws UnreadableDocument if it is this format, but it holds no readings or an option names something it does not
     *     have
     */
    Optional<Layout> recognise(Head head, ReadingOptions options);
}
