package io.tallywatt.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PathFinderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        for (String name :
                List.of("m/b.csv", "m/a.csv", "m/sub/c.csv", "m/sub/deep/d.csv", "m/x.txt", "m/.hidden.csv")) {
            make(name);
        }
        make("m/.git/e.csv");
        make("m/data/tallywatt.duckdb");
    }

    private void make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private List<String> found(String argument) {
        return new PathFinder(WorkingFolder.own(), folder.resolve("m/data"))
                .find(List.of(argument)).stream()
                        .map(f -> f instanceof Found.Nothing n
                                ? n.reason()
                                : f.name().substring(folder.toString().length() + 1))
                        .toList();
    }

    @Test
    void aFolderMeansAllBelowItByNameWithoutHiddenFilesAndOurOwn() {
        assertThat(found(folder + "/m"))
                .containsExactly("m/a.csv", "m/b.csv", "m/sub/c.csv", "m/sub/deep/d.csv", "m/x.txt");
    }

    @Test
    void patternsAsAShellKnowsThem() {
        assertThat(found(folder + "/m/*.csv")).containsExactly("m/a.csv", "m/b.csv");
        assertThat(found(folder + "/m/**/*.csv"))
                .containsExactly("m/a.csv", "m/b.csv", "m/sub/c.csv", "m/sub/deep/d.csv");
        assertThat(found(folder + "/m/{a,x}.*")).containsExactly("m/a.csv", "m/x.txt");
        assertThat(found(folder + "/m/s*")).containsExactly("m/sub/c.csv", "m/sub/deep/d.csv");
        assertThat(found(folder + "/m/[ab].csv")).hasSize(2);
    }

    @Test
    void namesStayAsTheyWereGivenWhereverTheWorkingFolderIs() throws IOException {
        PathFinder finder = new PathFinder(new WorkingFolder(folder.resolve("m/sub"), 0), folder.resolve("m/data"));

        List<Found> found =
                finder.find(List.of("c.csv", "./deep/../deep", ".", "../*.csv", "**/d.*", folder + "/m/x.txt", "no"));

        assertThat(found.stream().map(Found::name))
                .containsExactly(
                        "c.csv",
                        "deep/d.csv",
                        "c.csv",
                        "deep/d.csv",
                        "../a.csv",
                        "../b.csv",
                        "deep/d.csv",
                        folder + "/m/x.txt",
                        "no");
        assertThat(found.subList(0, 8))
                .allSatisfy(
                        f -> assertThat(((Found.File) f).path()).isAbsolute().exists());
    }

    @Test
    void openFilesAreThoseOfTheProcessThatGaveTheCommand() {
        WorkingFolder given = new WorkingFolder(folder, 4711);

        assertThat(given.resolve(Path.of("/dev/fd/63"))).isEqualTo(Path.of("/proc/4711/fd/63"));
        assertThat(given.resolve(Path.of("/proc/self/fd/5"))).isEqualTo(Path.of("/proc/4711/fd/5"));
        assertThat(given.resolve(Path.of("/dev/stdin"))).isEqualTo(Path.of("/proc/4711/fd/0"));
        assertThat(given.resolve(Path.of("/dev/fdx"))).isEqualTo(Path.of("/dev/fdx"));
        assertThat(given.resolve(Path.of("a"))).isEqualTo(folder.resolve("a"));
        assertThat(new WorkingFolder(folder, 0).resolve(Path.of("/dev/stdin"))).isEqualTo(Path.of("/dev/stdin"));
    }

    @Test
    void aFileWithAPatternsNameIsItself() throws IOException {
        make("m/what[1].csv");

        assertThat(found(folder + "/m/what[1].csv")).containsExactly("m/what[1].csv");
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        Files.createDirectories(folder.resolve("empty"));

        assertThat(found(folder + "/none.csv")).containsExactly("no such file");
        assertThat(found(folder + "/m/*.none")).containsExactly("no file matches the pattern");
        assertThat(found(folder + "/none/*.csv")).containsExactly("no file matches the pattern");
        assertThat(found(folder + "/empty")).containsExactly("the folder holds no files");
        assertThat(found(folder + "/m/[.csv")).first().asString().startsWith("no such file, and no pattern");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void linksAreFollowedButNotInCircles() throws IOException {
        Files.createSymbolicLink(folder.resolve("m/sub/loop"), folder.resolve("m"));
        Files.createSymbolicLink(folder.resolve("m/sub/up"), folder);
        make("other/z.csv");
        Files.createSymbolicLink(folder.resolve("m/other"), folder.resolve("other"));
        Files.createSymbolicLink(folder.resolve("m/gone.csv"), folder.resolve("nowhere"));

        assertThat(found(folder + "/m"))
                .containsExactlyInAnyOrder(
                        "m/a.csv",
                        "m/b.csv",
                        "m/sub/c.csv",
                        "m/sub/deep/d.csv",
                        "m/x.txt",
                        "m/other/z.csv",
                        "a link to a file that does not exist");
    }
}
