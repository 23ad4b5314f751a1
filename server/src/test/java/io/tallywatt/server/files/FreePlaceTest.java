package io.tallywatt.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePlaceTest {
    @TempDir
    Path folder;

    private Path move(String to) throws IOException {
        Path from = Files.writeString(folder.resolve("from"), "new");
        return folder.relativize(FreePlace.move(from, folder.resolve(to)));
    }

    @Test
    void aNameThatIsTakenGetsANumber() throws IOException {
        assertThat(move("x/a.csv")).isEqualTo(Path.of("x/a.csv"));
        assertThat(move("x/a.csv")).isEqualTo(Path.of("x/a-2.csv"));
        assertThat(move("x/a.csv")).isEqualTo(Path.of("x/a-3.csv"));
        assertThat(move("x/a")).isEqualTo(Path.of("x/a"));
        assertThat(move("x/a")).isEqualTo(Path.of("x/a-2"));
        assertThat(move("x/.a")).isEqualTo(Path.of("x/.a"));
        assertThat(move("x/.a")).isEqualTo(Path.of("x/.a-2"));
    }

    @Test
    void aLinkInTheWayIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("nowhere"));
        assertThat(move("a")).isEqualTo(Path.of("a-2"));
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aLinkIsMovedItself() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        Path moved = FreePlace.move(link, folder.resolve("y/link"));
        assertThat(moved).isSymbolicLink();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(target).exists();
    }

    @Test
    void whatIsNotThereIsTold() {
        assertThatThrownBy(() -> FreePlace.move(folder.resolve("none"), folder.resolve("a")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aThousandTakenNamesCostFewLooks() {
        Set<Path> taken = new HashSet<>();
        int[] looks = new int[1];
        for (int i = 0; i < 1000; i++) {
            assertThat(taken.add(FreePlace.find(Path.of("a.json"), place -> {
                        looks[0]++;
                        return !taken.contains(place);
                    })))
                    .isTrue();
        }
        assertThat(looks[0]).isLessThan(25 * 1000);
        assertThat(taken).contains(Path.of("a-1000.json"));
    }

    @Test
    void aNameThatGetsTooLongIsCutInFrontOfItsEnd() {
        Path wanted = Path.of("\u2600".repeat(83) + ".json");
        Path place = FreePlace.find(wanted, other -> !other.equals(wanted));
        assertThat(place).isEqualTo(Path.of("\u2600".repeat(82) + "-2.json"));
    }
}
