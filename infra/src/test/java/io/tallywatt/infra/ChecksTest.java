package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others' rules say of the stack: cdk-nag's AwsSolutions, the CDK's own warnings, cfn-lint. */
class ChecksTest {
    @ParameterizedTest
    @EnumSource
    void cdkNagFindsNothing(Stage stage) {
        List<String> report = Synthesised.of(stage).nagReport();
        assertThat(report).as("rules looked at").hasSizeGreaterThan(30);
        assertThat(report.stream().skip(1))
                .allMatch(line -> line.contains("\",\"Compliant\",\"") || line.contains("\",\"Suppressed\",\""));
    }

    /** Each where it is, and no more: what is accepted is a decision like any other. */
    @ParameterizedTest
    @EnumSource
    void acceptedAreTheseFindingsAndNoOther(Stage stage) {
        String stack = "tallywatt-" + stage.word() + "/";
        assertThat(Synthesised.of(stage).nagReport().stream()
                        .filter(line -> line.contains("\",\"Suppressed\",\""))
                        .map(line -> line.split("\",\"", -1))
                        .map(cell -> cell[0].substring(1) + " " + cell[1].replace(stack, ""))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "AwsSolutions-APIG4 Http/Api/DefaultRoute/Resource",
                        "AwsSolutions-IAM5 Workers/Ingest/Role/Resource",
                        "AwsSolutions-IAM5 Workers/Judge/Role/Resource",
                        "AwsSolutions-IAM5 Workers/Tidy/Role/Resource",
                        "AwsSolutions-IAM5 Workers/Api/Role/Resource");
    }

    @ParameterizedTest
    @EnumSource
    void theCdkHasNothingToSayButThatNoFunctionIsBuilt(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        assertThat(stack.said("warning")).isEmpty();
        assertThat(stack.said("error")).singleElement().asString().startsWith("Not built: ");
    }

    @ParameterizedTest
    @EnumSource
    void cfnLintFindsNothing(Stage stage) throws IOException, InterruptedException {
        Synthesised stack = Synthesised.of(stage);
        Programs.required("cfn-lint", "install it to have the template checked against CloudFormation's own schemas");
        Path said = Path.of("target", "cfn-lint-" + stage.word() + ".txt");
        Process lint = new ProcessBuilder(
                        "cfn-lint",
                        "--regions",
                        "eu-west-2",
                        "--",
                        stack.templateFile().toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(lint.waitFor(60, TimeUnit.SECONDS)).as("cfn-lint ends").isTrue();
        assertThat(Files.readString(said)).isBlank();
        assertThat(lint.exitValue()).isZero();
    }
}
