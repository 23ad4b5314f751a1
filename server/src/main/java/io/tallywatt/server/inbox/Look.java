package io.tallywatt.server.inbox;

import io.tallywatt.core.ingest.Failures;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One look at the inbox with all its folders: finds the oldest of the files that are complete. However many wait, it holds no
 * more than it was asked for.
 */
final class Look extends SimpleFileVisitor<Path> {
    private static final int MOST_FOLDERS = 1000;

    private final InboxFolder folder;
    private final Quiet quiet;
    private final Trouble trouble;
    private final Instant now;
    private final int most;
    private final PriorityQueue<Waiting> oldest = new PriorityQueue<>(Waiting.OLDEST_FIRST.reversed());
    private final List<Path> folders = new ArrayList<>();
    private final Map<Path, String> unreadable = new HashMap<>();
    private boolean more;
    private long missing = Long.MAX_VALUE;

    private Look(InboxFolder folder, Quiet quiet, Trouble trouble, Instant now, int most) {
        this.folder = folder;
        this.quiet = quiet;
        this.trouble = trouble;
        this.now = now;
        this.most = most;
    }

    /**
     * Looks.
     *
     * @param most how many files are wanted
     */
    static Look at(InboxFolder folder, Quiet quiet, Trouble trouble, Instant now, int most) throws IOException {
        Look look = new Look(folder, quiet, trouble, now, most);
        quiet.look(now);
        trouble.look();
        Files.walkFileTree(folder.root(), look);
        trouble.forgetUnseen();
        return look;
    }

    /** The files, the oldest first. */
    List<Waiting> files() {
        return oldest.stream().sorted(Waiting.OLDEST_FIRST).toList();
    }

    /** Whether there are more that are complete. */
    boolean more() {
        return more;
    }

    /** When the first of those that are not complete will be, if it stays as it is. */
    Instant nextComplete() {
        return missing == Long.MAX_VALUE ? Instant.MAX : now.plusNanos(missing);
    }

    /** The folders that were seen, the first thousand. */
    List<Path> folders() {
        return folders;
    }

    /** Folders that cannot be read, and why. */
    Map<Path, String> unreadable() {
        return unreadable;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        boolean root = visited.equals(folder.root());
        if (!root && (folder.isOurs(visited) || InboxFolder.isUnfinished(visited))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (folders.size() < MOST_FOLDERS) {
            folders.add(visited);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
        if (InboxFolder.isUnfinished(path) || trouble.rests(path, now)) {
            return FileVisitResult.CONTINUE;
        }
        Waiting file = Waiting.of(path, attributes);
        long left = quiet.missing(file);
        if (left > 0) {
            missing = Math.min(missing, left);
        } else if (oldest.size() < most) {
            oldest.add(file);
        } else {
            more = true;
            @Nullable Waiting latest = oldest.peek();
            if (latest != null && Waiting.OLDEST_FIRST.compare(file, latest) < 0) {
                oldest.poll();
                oldest.add(file);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
        if (path.equals(folder.root())) {
            throw e;
        }
        if (!(e instanceof NoSuchFileException)) {
            unreadable.put(path, "cannot be read: " + Failures.inWords(e));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(visited, e);
    }
}
