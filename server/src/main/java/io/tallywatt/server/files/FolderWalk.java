package io.tallywatt.server.files;

import io.tallywatt.core.ingest.Failures;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks a folder with all below it, through links too, except where they lead back. */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private final Path name;
    private final Path root;
    private final Path dataFolder;
    private final Predicate<Path> wanted;
    private final List<Found> found = new ArrayList<>();

    private FolderWalk(Path name, Path root, Path dataFolder, Predicate<Path> wanted) {
        this.name = name;
        this.root = root;
        this.dataFolder = dataFolder;
        this.wanted = wanted;
    }

    /**
     * Walks it.
     *
     * @param name what the folder is called: what is found in it is called by names below this one
     * @param root where it is
     */
    static List<Found> of(Path name, Path root, Path dataFolder, Predicate<Path> wanted) {
        FolderWalk walk = new FolderWalk(name, root, dataFolder, wanted);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        } catch (IOException e) {
            walk.found.add(new Found.Nothing(walk.name(root), Failures.inWords(e)));
        }
        walk.found.sort(Comparator.comparing(Found::name));
        return walk.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        boolean ours = Files.exists(dataFolder) && Files.isSameFile(folder, dataFolder);
        return !folder.equals(root) && (hidden(folder) || ours || holdsRoot(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!hidden(file) && wanted.test(file)) {
            if (attributes.isRegularFile()) {
                found.add(new Found.File(name(file), file, attributes.size()));
            } else if (attributes.isSymbolicLink()) {
                found.add(new Found.Nothing(name(file), "a link to a file that does not exist"));
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        // A link back to a folder above: what it holds is found there.
        if (!(e instanceof FileSystemLoopException) && !hidden(file)) {
            found.add(new Found.Nothing(name(file), Failures.inWords(e)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
        if (e != null) {
            found.add(new Found.Nothing(name(folder), Failures.inWords(e)));
        }
        return FileVisitResult.CONTINUE;
    }

    private String name(Path path) {
        String text = name.resolve(root.relativize(path)).toString();
        return text.isEmpty() ? "." : text;
    }

    /** A link that leads up would bring in what nobody named. */
    private boolean holdsRoot(Path folder) throws IOException {
        return root.toRealPath().startsWith(folder.toRealPath());
    }

    private static boolean hidden(Path path) {
        Path name = path.getFileName();
        return name != null
                && name.toString().startsWith(".")
                && name.toString().length() > 1
                && !name.toString().equals("..");
    }
}
