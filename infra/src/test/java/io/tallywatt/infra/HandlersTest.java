package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlersTest {
    @TempDir
    Path folder;

    private Path zip(String name) throws IOException {
        Path zip = folder.resolve(name);
        Files.createDirectories(zip.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(zip.getFileName() + ".class"));
        }
        return zip;
    }

    @Test
    void whatIsBuiltIsDeployedAndSettingsReachIt() throws IOException {
        zip("target/events.zip");
        zip("api/target/function.zip");
        Synthesised stack = Synthesised.of(
                "built",
                Map.of(
                        "stage", "dev",
                        "zone", "Europe/London",
                        "publicRead", "prices,flows",
                        "alarmEmail", "watch@example.org"),
                folder);

        assertThat(stack.said("error")).isEmpty();
        List<JsonNode> functions = stack.propertiesOf("AWS::Lambda::Function");
        assertThat(functions.stream().map(f -> f.at("/Code/S3Key").textValue()).distinct())
                .as("one zip for events, one for the API")
                .hasSize(2);
        assertThat(functions).allSatisfy(function -> {
            assertThat(function.at("/Environment/Variables/TALLYWATT_ZONE").textValue())
                    .isEqualTo("Europe/London");
            assertThat(function.at("/Environment/Variables/TALLYWATT_PUBLIC_READ")
                            .textValue())
                    .isEqualTo("flows,prices");
        });
        assertThat(stack.propertiesOf("AWS::SNS::Subscription")).hasSize(1).allSatisfy(subscription -> {
            assertThat(subscription.path("Protocol").textValue()).isEqualTo("email");
            assertThat(subscription.path("Endpoint").textValue()).isEqualTo("watch@example.org");
        });
    }

    @Test
    void aStackWithoutOneOfItsZipsCannotBeDeployed() throws IOException {
        zip("target/events.zip");
        Synthesised stack = Synthesised.of("half", Map.of("stage", "prod"), folder);
        assertThat(stack.said("error"))
                .singleElement()
                .asString()
                .contains("function.zip", "./build")
                .doesNotContain("events.zip");
    }
}
