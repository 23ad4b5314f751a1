package io.tallywatt.server.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;

/** Moves files to where nothing lies yet: a name that is taken there gets a number. */
public final class FreePlace {
    /** Bytes of a name that every usual file system takes. */
    public static final int LONGEST_NAME = 255;

    private static final int MOST = 1 << 30;

    private FreePlace() {}

    /**
     * Moves a file, or a link (never what it leads to), and writes over nothing.
     *
     * @param wanted where it should lie; its folder is made
     * @return where it lies
     */
    public static Path move(Path from, Path wanted) throws IOException {
        Files.createDirectories(Objects.requireNonNull(wanted.getParent()));
        Path place = wanted;
        while (true) {
            try {
                return Files.move(from, place);
            } catch (FileAlreadyExistsException e) {
                place = find(wanted, other -> !Files.exists(other, LinkOption.NOFOLLOW_LINKS));
            }
        }
    }

    /**
     * A place that is free, found in few looks although a thousand may be taken.
     *
     * @param free whether a place is
     */
    public static Path find(Path wanted, Predicate<Path> free) {
        if (free.test(wanted)) {
            return wanted;
        }
        int taken = 1;
        int found = 2;
        while (found < MOST && !free.test(numbered(wanted, found))) {
            taken = found;
            found *= 2;
        }
        while (found - taken > 1) {
            int between = (taken + found) >>> 1;
            if (free.test(numbered(wanted, between))) {
                found = between;
            } else {
                taken = between;
            }
        }
        return numbered(wanted, found);
    }

    /** {@code a/b.csv} is {@code a/b-2.csv}; the end of a name that gets too long is cut. */
    private static Path numbered(Path place, int number) {
        String name = place.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String end = "-" + number + (dot > 0 ? name.substring(dot) : "");
        return place.resolveSibling(cut(stem, LONGEST_NAME - bytes(end)) + end);
    }

    /** The beginning of a name, of at most so many bytes. */
    public static String cut(String name, int most) {
        int length = name.length();
        while (length > 0 && bytes(name.substring(0, length)) > most) {
            length = name.offsetByCodePoints(length, -1);
        }
        return name.substring(0, length);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
