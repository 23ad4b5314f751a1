package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that cdk.json names, run as the CDK runs it. */
class AppTest {
    @TempDir
    Path folder;

    private record Run(int code, String said) {}

    private Run run(Map<String, String> said) throws IOException, InterruptedException {
        Programs.nodeRequired();
        Map<String, Object> context = new HashMap<>(Synthesised.contextOfCdkJson());
        context.putAll(said);
        String app = Synthesised.read(Path.of("cdk.json")).required("app").textValue();
        Path output = folder.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(app).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CDK_CONTEXT_JSON",
                        Synthesised.JSON.writeValueAsString(context),
                        "CDK_OUTDIR",
                        folder.resolve("out").toString(),
                        // The CDK's Java leaves folders there.
                        "JDK_JAVA_OPTIONS",
                        "-Djava.io.tmpdir=" + folder));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the app ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output));
    }

    @Test
    void aStageIsMade() throws IOException, InterruptedException {
        Run run = run(Map.of("stage", "dev"));
        assertThat(run.code).as(run.said).isZero();
        assertThat(folder.resolve("out").resolve("tallywatt-dev.template.json")).exists();
    }

    @Test
    void withoutAStageItSaysWhatIsMissing() throws IOException, InterruptedException {
        Run run = run(Map.of());
        assertThat(run.code).isEqualTo(2);
        assertThat(run.said)
                .contains("stage is not set; expected -c stage=dev or -c stage=prod")
                .doesNotContain("Exception");
    }
}
