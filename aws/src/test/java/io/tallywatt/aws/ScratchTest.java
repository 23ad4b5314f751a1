package io.tallywatt.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    Path folder;

    @Test
    void whatAKilledFunctionLeftIsClearedAway() throws IOException {
        Scratch scratch = new Scratch(folder);
        scratch.clearAll();
        Path left = scratch.newFile("archive", ".zip");
        Path another = Files.createFile(folder.resolve("another"));
        assertThat(left).isEmptyFile();
        scratch.clearAll();
        assertThat(left).doesNotExist();
        assertThat(another).exists();
        assertThat(scratch.newFile("archive", ".zip")).isEmptyFile();
    }
}
