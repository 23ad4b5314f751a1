package io.tallywatt.server.inbox;

import io.tallywatt.server.files.FreePlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The folders of an inbox: {@code done} and {@code dead-letters} lie in it, so that moving a file there is a renaming.
 *
 * @param root without links in its path
 */
record InboxFolder(Path root) {
    private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".filepart", ".crdownload", "~");

    static InboxFolder make(Path folder) throws IOException {
        Files.createDirectories(folder);
        InboxFolder made = new InboxFolder(folder.toRealPath());
        Files.createDirectories(made.done());
        Files.createDirectories(made.deadLetters());
        return made;
    }

    Path done() {
        return root.resolve("done");
    }

    Path deadLetters() {
        return root.resolve("dead-letters");
    }

    /** What a file is called in the ledger. */
    String name(Path file) {
        return root.relativize(file).toString();
    }

    Path doneOn(Instant receivedAt, Path file) {
        String date = receivedAt.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        return done().resolve(date).resolve(root.relativize(file));
    }

    Path deadLetter(Path file) {
        return deadLetters().resolve(root.relativize(file));
    }

    /** Folders that are not watched. */
    boolean isOurs(Path folder) {
        return folder.equals(done()) || folder.equals(deadLetters());
    }

    /** Hidden, or named as programs name what they have not written to its end: until it is renamed. */
    static boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith(".")) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return UNFINISHED.stream().anyMatch(lower::endsWith);
    }

    /** Where the report of a file lies; one whose name leaves no room for that is told by the beginning of its name. */
    static Path report(Path file) {
        String name = file.getFileName().toString();
        int room = FreePlace.LONGEST_NAME - Report.END.length();
        if (name.getBytes(StandardCharsets.UTF_8).length > room) {
            String mark = "~" + HexFormat.of().toHexDigits(name.hashCode());
            name = FreePlace.cut(name, room - mark.length()) + mark;
        }
        return file.resolveSibling(name + Report.END);
    }
}
