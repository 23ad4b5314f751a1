package io.tallywatt.server.inbox;

import static io.tallywatt.server.inbox.InboxHome.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Taken;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The inbox as it runs: with its thread, the system's clock and what the system tells of its folders. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InboxTest {
    @TempDir
    Path temp;

    private final InMemoryStore store = new InMemoryStore(Clock.systemUTC());
    private final AtomicInteger tookSome = new AtomicInteger();
    private final Lines log = new Lines();
    private Path folder;

    @BeforeEach
    void name() {
        folder = temp.resolve("data/inbox");
    }

    private Inbox open(BlockStore blocks, Duration quiet) throws IOException {
        Files.createDirectories(temp.resolve("data"));
        return Inbox.open(
                new InboxSettings(folder, quiet, SameName.REFUSE),
                new Receiving(blocks, store, temp.resolve("data"), InboxHome.UTC, FreeSpace.OF_DISK, Clock.systemUTC()),
                log,
                tookSome::incrementAndGet);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void aFileThatIsRenamedInIsTakenAtOnceHoweverLongTheQuietTimeIs() throws Exception {
        try (Inbox inbox = open(store, Duration.ofSeconds(30))) {
            inbox.start();
            for (int i = 0; i < 3; i++) {
                Path written = old(Files.writeString(temp.resolve("data/written"), reading("s1", i, "1")));
                Files.move(written, folder.resolve(i + ".json"));
                int files = i + 1;
                until(() -> inbox.counts().taken() == files);
            }
        }
        assertThat(tookSome).hasValue(3);
        assertThat(folder.resolve("2.json")).doesNotExist();
    }

    @Test
    void aFileInANewFolderIsTakenToo() throws Exception {
        try (Inbox inbox = open(store, Duration.ofMillis(50))) {
            inbox.start();
            Files.writeString(Files.createDirectories(folder.resolve("x/y")).resolve("a.json"), reading("s1", 0, "1"));
            until(() -> inbox.counts().taken() == 1);
            Files.writeString(folder.resolve("x/y/b.json"), reading("s1", 1, "1"));
            until(() -> inbox.counts().taken() == 2);
        }
        assertThat(store.deliveries()).extracting("name").containsExactly("x/y/b.json", "x/y/a.json");
    }

    @Test
    void aFileThatIsWrittenForLongIsTakenOnceAndWhole() throws Exception {
        Duration quiet = Duration.ofMillis(1500);
        try (Inbox inbox = open(store, quiet)) {
            inbox.start();
            Path file = folder.resolve("a.json");
            Files.writeString(file, reading("s1", 0, "1"));
            long end = System.nanoTime() + 2 * quiet.toNanos();
            int rows = 1;
            while (System.nanoTime() < end) {
                Files.writeString(file, reading("s1", rows++ % 288, "1"), StandardOpenOption.APPEND);
                Thread.sleep(20);
            }
            assertThat(inbox.counts()).as("while it grows").isEqualTo(InboxCounts.NONE);
            until(() -> inbox.counts().taken() == 1);
            assertThat(store.deliveries().getFirst().counts().rows()).isEqualTo(rows);
        }
        assertThat(store.deliveries()).hasSize(1);
    }

    @Test
    void closingEndsAfterTheBatchUnderWay() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        BlockStore slow = new BetweenStore(store) {
            @Override
            void before(String name) {
                reached.countDown();
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        Inbox inbox = open(slow, Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            old(Files.writeString(folder.resolve(i + ".json"), reading("s1", i, "1")));
        }
        inbox.start();
        reached.await();
        Thread closing = Thread.ofVirtual().start(inbox::close);
        closing.join(100);
        assertThat(closing.isAlive()).isTrue();
        letGo.countDown();
        closing.join();

        assertThat(store.deliveries()).hasSize(5);
        assertThat(folder.resolve("done")).isDirectoryRecursivelyContaining("glob:**/4.json");
        assertThat(inbox.counts().taken()).isEqualTo(5);
        inbox.close();
    }

    @Test
    void whatIsNotStartedEndsToo() throws Exception {
        Inbox inbox = open(store, Duration.ZERO);
        inbox.close();
        inbox.start();
        inbox.close();
        assertThat(folder).exists();
    }

    @Test
    void aBigFileIsCalledAwayWhenTheGraceIsOver() throws Exception {
        InboxHome home = new InboxHome(temp.resolve("home"));
        home.put("big.json", reading("s1", 0, "1") + " ".repeat(3 << 20) + reading("s1", 1, "1"));
        home.between = real -> new BetweenStore(real) {
            @Override
            void before(String name) {
                home.stopping.begin(Duration.ZERO);
            }
        };
        Sweep sweep = home.sweep();
        sweep.run();

        assertThat(home.waiting()).containsExactly("big.json");
        assertThat(home.store.deliveries()).isEmpty();
        assertThat(sweep.counts()).isEqualTo(InboxCounts.NONE);
    }

    @Test
    void oneInboxHasOneServer() throws Exception {
        try (Inbox first = open(store, Duration.ZERO)) {
            assertThat(first.folder()).isEqualTo(folder.toRealPath());
            assertThatThrownBy(() -> open(store, Duration.ZERO)).hasMessage("another server watches it");
        }
        open(store, Duration.ZERO).close();
    }

    @Test
    void theProgramsOwnFoldersAreNoInbox() throws Exception {
        for (String name : new String[] {"data", ".", "data/quarantine", "data/uploads/x"}) {
            folder = temp.resolve(name).normalize();
            assertThatThrownBy(() -> open(store, Duration.ZERO))
                    .as(name)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("the data folder lies in it|it is a folder of the program's own");
        }
    }

    @Test
    void aMistakeOfOursIsToldAndEndsNothing() throws Exception {
        AtomicInteger times = new AtomicInteger();
        BlockStore broken = new BetweenStore(store) {
            @Override
            void before(String name) {}

            @Override
            public Taken take(Intake intake) {
                if (times.getAndIncrement() == 0) {
                    throw new AssertionError("broken");
                }
                return super.take(intake);
            }
        };
        Inbox inbox = open(broken, Duration.ZERO);
        old(Files.writeString(folder.resolve("a.json"), reading("s1", 0, "1")));
        inbox.start();
        until(() -> !log.lines.isEmpty());
        inbox.close();
        assertThat(log.lines).first().asString().startsWith("ERROR").contains("broken");
        assertThat(folder.resolve("a.json")).exists();
    }
}
