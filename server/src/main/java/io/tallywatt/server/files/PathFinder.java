package io.tallywatt.server.files;

import io.tallywatt.core.ingest.Failures;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files that paths, folders and patterns mean, in a settled order: as given, and inside a folder by name. Hidden
 * files and folders are passed over unless they are named.
 */
public final class PathFinder {
    private final WorkingFolder workingFolder;
    private final Path dataFolder;

    /** @param dataFolder our own files, which are nobody's meter readings */
    public PathFinder(WorkingFolder workingFolder, Path dataFolder) {
        this.workingFolder = workingFolder;
        this.dataFolder = dataFolder;
    }

    public List<Found> find(List<String> arguments) {
        List<Found> found = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("-")) {
                found.add(new Found.Pipe("-"));
            } else {
                find(argument, found);
            }
        }
        return found;
    }

    private void find(String argument, List<Found> found) {
        Path path;
        try {
            path = Path.of(argument).normalize();
        } catch (InvalidPathException e) {
            found.add(new Found.Nothing(argument, "no path: " + e.getReason()));
            return;
        }
        Path there = workingFolder.resolve(path);
        if (Files.isDirectory(there)) {
            folder(argument, path, found);
        } else if (Files.exists(there)) {
            found.add(Files.isRegularFile(there) ? file(path.toString(), there) : new Found.Pipe(path.toString()));
        } else if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            found.add(new Found.Nothing(argument, "a link to a file that does not exist"));
        } else if (isPattern(argument)) {
            pattern(argument, found);
        } else {
            found.add(new Found.Nothing(argument, "no such file"));
        }
    }

    private static Found file(String name, Path path) {
        try {
            return new Found.File(name, path, Files.size(path));
        } catch (IOException e) {
            return new Found.Nothing(name, Failures.inWords(e));
        }
    }

    private void folder(String argument, Path folder, List<Found> found) {
        List<Found> inside = FolderWalk.of(folder, workingFolder.resolve(folder), dataFolder, path -> true);
        if (inside.isEmpty()) {
            found.add(new Found.Nothing(argument, "the folder holds no files"));
        }
        found.addAll(inside);
    }

    private void pattern(String argument, List<Found> found) {
        String text = Path.of(argument).normalize().toString();
        int special = firstSpecial(text);
        int slash = text.lastIndexOf('/', special);
        Path base = Path.of(slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash));
        String below = text.substring(slash + 1);
        try {
            // As in a shell, "**/" stands for no folder too.
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + below.replace("**/", "{**/,}"));
            Path there = workingFolder.resolve(base);
            List<Found> inside = Files.isDirectory(there)
                    ? FolderWalk.of(
                            base, there, dataFolder, path -> matchesHereOrAbove(matcher, there.relativize(path)))
                    : List.of();
            if (inside.isEmpty()) {
                found.add(new Found.Nothing(argument, "no file matches the pattern"));
            }
            found.addAll(inside);
        } catch (PatternSyntaxException e) {
            found.add(new Found.Nothing(argument, "no such file, and no pattern either: " + e.getDescription()));
        }
    }

    /** A pattern that matches a folder means what is in it, as when a shell expands it. */
    private static boolean matchesHereOrAbove(PathMatcher matcher, Path path) {
        for (int names = 1; names <= path.getNameCount(); names++) {
            if (matcher.matches(path.subpath(0, names))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPattern(String argument) {
        return firstSpecial(argument) < argument.length();
    }

    private static int firstSpecial(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
