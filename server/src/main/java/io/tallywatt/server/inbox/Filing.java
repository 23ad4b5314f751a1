package io.tallywatt.server.inbox;

import io.tallywatt.core.ingest.Failures;
import io.tallywatt.server.files.FreePlace;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.files.Quarantine.Letter;
import io.tallywatt.server.inbox.Report.Try;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves files to where they belong once the store has committed what it took of them. A file that changed since it was read
 * stays, to be looked at again. One that cannot be moved rests: the store knows it, so it is moved later and not taken twice.
 */
final class Filing {
    private final InboxFolder folder;
    private final Quarantine quarantine;
    private final Trouble trouble;
    private final InboxLog log;
    private final Set<Path> changed = new HashSet<>();
    private @Nullable Path made;

    Filing(InboxFolder folder, Quarantine quarantine, Trouble trouble, InboxLog log) {
        this.folder = folder;
        this.quarantine = quarantine;
        this.trouble = trouble;
        this.log = log;
    }

    private interface Moving {
        void run() throws IOException;
    }

    /** A file of which all is well. */
    void done(Waiting file, Instant receivedAt) {
        file(file, receivedAt, () -> {
            Path place = folder.doneOn(receivedAt, file.path());
            Path parent = Objects.requireNonNull(place.getParent());
            if (!parent.equals(made)) {
                Files.createDirectories(parent);
                made = parent;
            }
            try {
                // Costs half of what looking for a free place does; nearly always it is.
                Files.move(file.path(), place);
            } catch (IOException e) {
                made = null;
                if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                    FreePlace.move(file.path(), place);
                }
            }
        });
    }

    /** A file that is done, but for something that the report says. */
    void done(Waiting file, Report report) {
        file(file, report.receivedAt(), () -> {
            Path place = place(folder.doneOn(report.receivedAt(), file.path()));
            move(file, report, new Letter(report.name(), report.receivedAt(), place, reportOf(place), place), false);
        });
    }

    /** A file that was not taken. */
    void deadLetter(Waiting file, Report report) {
        file(file, report.receivedAt(), () -> {
            Optional<Path> same = sameLetter(file, report);
            Path place = same.orElseGet(() -> place(folder.deadLetter(file.path())));
            Path done = folder.doneOn(report.receivedAt(), file.path());
            Letter letter = new Letter(report.name(), report.receivedAt(), place, reportOf(place), done);
            move(file, report, letter, same.isPresent());
        });
    }

    /** Where a letter of this name lies with the same bytes: one is enough. */
    private Optional<Path> sameLetter(Waiting file, Report report) throws IOException {
        if (report.delivery() == null) {
            return Optional.empty();
        }
        Optional<Path> before = quarantine
                .letter(report.delivery())
                .filter(letter -> letter.name().equals(report.name()))
                .map(Letter::file)
                .filter(path -> path.startsWith(folder.deadLetters()))
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
        return before.isPresent() && Files.mismatch(before.get(), file.path()) < 0 ? before : Optional.empty();
    }

    private void file(Waiting file, Instant receivedAt, Moving moving) {
        try {
            if (isAsItWas(file)) {
                moving.run();
                trouble.forget(file.path());
            }
        } catch (NoSuchFileException e) {
            if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                rest(file, receivedAt, e);
            } else {
                trouble.forget(file.path());
            }
        } catch (IOException e) {
            rest(file, receivedAt, e);
        }
    }

    private void rest(Waiting file, Instant receivedAt, IOException e) {
        trouble.rest(file.path(), receivedAt);
        log.problem(folder.name(file.path()), "cannot be moved: " + Failures.inWords(e));
    }

    private boolean isAsItWas(Waiting file) throws IOException {
        if (file.isAsIn(Files.readAttributes(file.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))) {
            return true;
        }
        changed.add(file.path());
        return false;
    }

    /** Whether a file was left here because it had changed: then its name came before, and it is the same file. */
    boolean wasLeftBecauseItChanged(Path file) {
        return changed.remove(file);
    }

    private void move(Waiting file, Report report, Letter letter, boolean replacing) throws IOException {
        Files.createDirectories(Objects.requireNonNull(letter.file().getParent()));
        @Nullable Long delivery = report.delivery();
        Report complete = report;
        if (delivery != null) {
            complete = withEarlierTries(report, quarantine.letter(delivery));
            quarantine.keepAt(delivery, letter, false);
        }
        complete.write(letter.report());
        if (replacing) {
            Files.move(file.path(), letter.file(), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(file.path(), letter.file());
        }
        if (delivery != null) {
            quarantine.keepAt(delivery, letter, true);
        }
    }

    private static Report withEarlierTries(Report report, Optional<Letter> before) {
        List<Try> tries = new ArrayList<>(before.flatMap(letter -> Report.past(letter.report()))
                .filter(past -> Objects.equals(past.delivery(), report.delivery()))
                .orElse(Report.Past.NONE)
                .tries());
        tries.addAll(report.tries());
        return report.with(tries);
    }

    /** A report that a move which never was has left is written over. */
    private static Path place(Path wanted) {
        return FreePlace.find(wanted, place -> isFree(place) && (isFree(reportOf(place)) || isOrphan(reportOf(place))));
    }

    private static boolean isFree(Path place) {
        return !Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOrphan(Path report) {
        return Report.isOurs(report);
    }

    private static Path reportOf(Path place) {
        return InboxFolder.report(place);
    }
}
