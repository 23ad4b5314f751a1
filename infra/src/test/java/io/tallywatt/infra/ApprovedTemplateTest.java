package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole template as it was last approved: whoever changes the stack, or takes a newer CDK, sees in the commit what becomes of
 * it.
 */
class ApprovedTemplateTest {
    private static final String APPROVE = "./build -pl infra -Dtest=ApprovedTemplateTest -Dtallywatt.approve=true";

    @ParameterizedTest
    @EnumSource
    void theTemplateIsTheApprovedOne(Stage stage) throws IOException {
        String found = written(Synthesised.of(stage).json());
        Path file = Path.of("src", "test", "resources", "approved", stage.word() + ".json");
        if (Boolean.getBoolean("tallywatt.approve")) {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, found);
            System.out.println("Approved: " + file + "; look at what changed before it is committed");
        }
        String approved = Files.exists(file) ? Files.readString(file) : "";
        assertThat(found.lines().toList())
                .as(
                        "%s is not the template that stage %s gives now. If the change is wanted: %s",
                        file, stage.word(), APPROVE)
                .isEqualTo(approved.lines().toList());
    }

    /** Without what depends on the bytes of the functions alone: names of assets, and of the versions made of them. */
    private static String written(JsonNode template) throws IOException {
        ObjectNode copy = template.deepCopy();
        String text = Synthesised.JSON
                .writer(SerializationFeature.INDENT_OUTPUT)
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsString(copy);
        return text.replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1VERSION")
                        .replaceAll("[0-9a-f]{64}\\.zip", "ASSET.zip")
                + "\n";
    }
}
