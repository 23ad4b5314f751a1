package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What has to be true of every stage, whatever else changes. */
class TemplateTest {
    private static final String LIVE = ":live";

    @ParameterizedTest
    @EnumSource
    void dataOutlivesTheStack(Stage stage) {
        Template template = Synthesised.of(stage).template();
        for (String type : List.of("AWS::S3::Bucket", "AWS::DynamoDB::Table")) {
            template.allResources(type, Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
        }
        template.resourceCountIs("AWS::S3::Bucket", 2);
        template.resourceCountIs("AWS::DynamoDB::Table", 1);
    }

    @ParameterizedTest
    @EnumSource
    void theTableIsWhatTheStoreExpects(Stage stage) {
        Synthesised.of(stage)
                .template()
                .hasResourceProperties(
                        "AWS::DynamoDB::Table",
                        Map.of(
                                "TableName", "tallywatt-" + stage.word(),
                                "KeySchema",
                                        List.of(
                                                Map.of("AttributeName", "p", "KeyType", "HASH"),
                                                Map.of("AttributeName", "s", "KeyType", "RANGE")),
                                "AttributeDefinitions",
                                        List.of(
                                                Map.of("AttributeName", "p", "AttributeType", "S"),
                                                Map.of("AttributeName", "s", "AttributeType", "S")),
                                "TimeToLiveSpecification", Map.of("AttributeName", "ttl", "Enabled", true),
                                "BillingMode", "PAY_PER_REQUEST",
                                "PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true),
                                "SSESpecification", Map.of("SSEEnabled", true),
                                "DeletionProtectionEnabled", stage == Stage.PROD,
                                "GlobalSecondaryIndexes", Match.absent(),
                                "StreamSpecification", Match.absent()));
    }

    @ParameterizedTest
    @EnumSource
    void bucketsAreClosedEncryptedAndTidy(Stage stage) {
        Template template = Synthesised.of(stage).template();
        template.allResourcesProperties(
                "AWS::S3::Bucket",
                Map.of(
                        "PublicAccessBlockConfiguration",
                        Map.of(
                                "BlockPublicAcls", true,
                                "BlockPublicPolicy", true,
                                "IgnorePublicAcls", true,
                                "RestrictPublicBuckets", true),
                        "BucketEncryption",
                        Match.anyValue(),
                        "OwnershipControls",
                        Map.of("Rules", List.of(Map.of("ObjectOwnership", "BucketOwnerEnforced")))));
        template.hasResourceProperties(
                "AWS::S3::Bucket",
                Map.of(
                        "VersioningConfiguration",
                        Map.of("Status", "Enabled"),
                        "LoggingConfiguration",
                        Match.anyValue(),
                        "LifecycleConfiguration",
                        Map.of(
                                "Rules",
                                Match.arrayWith(List.of(
                                        rule(Map.of(
                                                "AbortIncompleteMultipartUpload", Map.of("DaysAfterInitiation", 2))),
                                        rule(Map.of("Prefix", "parts/", "ExpirationInDays", 7)),
                                        rule(Map.of("Prefix", "answers/", "ExpirationInDays", 1)))))));
    }

    private static Object rule(Map<String, ?> properties) {
        return Match.objectLike(properties);
    }

    @ParameterizedTest
    @EnumSource
    void whatCameIsKept(Stage stage) {
        JsonNode bucket = bucket(Synthesised.of(stage));
        bucket.at("/LifecycleConfiguration/Rules").forEach(rule -> {
            if (rule.path("Prefix").asText("").isEmpty()) {
                assertThat(rule.properties().stream().map(Map.Entry::getKey))
                        .as("of a rule for all objects")
                        .containsExactlyInAnyOrder("AbortIncompleteMultipartUpload", "Id", "Status");
            }
            assertThat(rule.path("Prefix").asText("")).doesNotStartWith("in");
        });
    }

    private static JsonNode bucket(Synthesised stack) {
        return stack.propertiesOf("AWS::S3::Bucket").stream()
                .filter(properties -> properties.has("VersioningConfiguration"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void nothingTravelsUnencrypted(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        for (String type : List.of("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")) {
            assertThat(stack.propertiesOf(type))
                    .isNotEmpty()
                    .allSatisfy(policy -> assertThat(policy.at("/PolicyDocument/Statement"))
                            .anySatisfy(statement -> {
                                assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
                                assertThat(statement
                                                .at("/Condition/Bool/aws:SecureTransport")
                                                .asText())
                                        .isEqualTo("false");
                            }));
        }
        assertThat(stack.propertiesOf("AWS::S3::BucketPolicy")).hasSize(2);
        assertThat(stack.propertiesOf("AWS::SQS::QueuePolicy")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsTriedThreeTimesAndThenKept(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        Map<String, JsonNode> queues = stack.ofType("AWS::SQS::Queue");
        assertThat(queues).hasSize(2);
        JsonNode inbox = queues.values().stream()
                .map(queue -> queue.required("Properties"))
                .filter(queue -> queue.has("RedrivePolicy"))
                .findFirst()
                .orElseThrow();
        assertThat(inbox.at("/RedrivePolicy/maxReceiveCount").intValue()).isEqualTo(3);
        assertThat(inbox.path("VisibilityTimeout").intValue()).isEqualTo(30 * 60);
        String dead =
                inbox.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").textValue();
        JsonNode deadLetters = queues.get(dead).required("Properties");
        assertThat(deadLetters.path("MessageRetentionPeriod").intValue()).isEqualTo(14 * 24 * 3600);
        assertThat(inbox.path("MessageRetentionPeriod").intValue())
                .as("its days count on in the dead-letter queue")
                .isLessThanOrEqualTo(7 * 24 * 3600);
        assertThat(queues.values())
                .allSatisfy(queue -> assertThat(
                                queue.at("/Properties/SqsManagedSseEnabled").booleanValue())
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheInboxIsToldOf(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        JsonNode told = bucket(stack).required("NotificationConfiguration");
        assertThat(told.properties()).hasSize(1);
        JsonNode queues = told.required("QueueConfigurations");
        assertThat(queues).hasSize(1);
        assertThat(queues.get(0).path("Event").textValue()).isEqualTo("s3:ObjectCreated:*");
        assertThat(queues.get(0).at("/Filter/S3Key/Rules").toString())
                .isEqualTo("[{\"Name\":\"prefix\",\"Value\":\"inbox/\"}]");
    }

    @ParameterizedTest
    @EnumSource
    void theQueueListensToThisBucketOnlyAndBeforeTheBucketSpeaks(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        JsonNode statement = stack.propertiesOf("AWS::SQS::QueuePolicy").stream()
                .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
                .filter(s -> s.path("Effect").textValue().equals("Allow"))
                .findFirst()
                .orElseThrow();
        assertThat(Synthesised.text(statement.at("/Condition/ArnEquals/aws:SourceArn")))
                .isEqualTo("arn:${AWS::Partition}:s3:::"
                        + Synthesised.text(bucket(stack).required("BucketName")));
        assertThat(Synthesised.text(statement.at("/Condition/StringEquals/aws:SourceAccount")))
                .isEqualTo("${AWS::AccountId}");
        JsonNode whole = stack.ofType("AWS::S3::Bucket").values().stream()
                .filter(bucket -> bucket.at("/Properties").has("NotificationConfiguration"))
                .findFirst()
                .orElseThrow();
        assertThat(Synthesised.texts(whole.required("DependsOn")))
                .isNotEmpty()
                .allSatisfy(
                        id -> assertThat(stack.ofType("AWS::SQS::QueuePolicy")).containsKey(id));
    }

    @ParameterizedTest
    @EnumSource
    void theTopicIsEncrypted(Stage stage) {
        List<JsonNode> topics = Synthesised.of(stage).propertiesOf("AWS::SNS::Topic");
        assertThat(topics).hasSize(1);
        assertThat(Synthesised.text(topics.getFirst().required("KmsMasterKeyId")))
                .endsWith(":alias/aws/sns");
    }

    @ParameterizedTest
    @EnumSource
    void fourFunctionsAndNoOther(Stage stage) {
        Map<String, List<Object>> found = new TreeMap<>();
        Synthesised.of(stage).propertiesOf("AWS::Lambda::Function").forEach(function -> {
            assertThat(function.path("Runtime").textValue()).isEqualTo("java25");
            assertThat(function.path("Architectures").toString()).isEqualTo("[\"arm64\"]");
            assertThat(function.at("/SnapStart/ApplyOn").textValue()).isEqualTo("PublishedVersions");
            assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
            found.put(
                    function.path("FunctionName").textValue(),
                    List.of(
                            function.path("Handler").textValue(),
                            function.path("Timeout").intValue(),
                            function.path("MemorySize").intValue()));
        });
        String name = "tallywatt-" + stage.word() + "-";
        assertThat(found)
                .isEqualTo(Map.of(
                        name + "ingest", List.of("io.tallywatt.lambda.IngestHandler::handleRequest", 300, 2048),
                        name + "judge", List.of("io.tallywatt.lambda.JudgeHandler::handleRequest", 300, 1024),
                        name + "tidy", List.of("io.tallywatt.lambda.TidyHandler::handleRequest", 300, 1024),
                        name + "api",
                                List.of(
                                        "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest",
                                        29,
                                        1769)));
    }

    @ParameterizedTest
    @EnumSource
    void functionsAreToldWhereEverythingIs(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        String table = stack.ofType("AWS::DynamoDB::Table").keySet().iterator().next();
        String topic = stack.ofType("AWS::SNS::Topic").keySet().iterator().next();
        assertThat(stack.propertiesOf("AWS::Lambda::Function")).allSatisfy(function -> {
            Map<String, String> told = new TreeMap<>();
            function.at("/Environment/Variables")
                    .properties()
                    .forEach(e -> told.put(e.getKey(), Synthesised.text(e.getValue())));
            assertThat(told)
                    .containsOnlyKeys(
                            "TALLYWATT_AWS_BUCKET",
                            "TALLYWATT_AWS_PARAMETERS",
                            "TALLYWATT_AWS_QUEUE",
                            "TALLYWATT_AWS_TABLE",
                            "TALLYWATT_AWS_TOPIC",
                            "TALLYWATT_PUBLIC_READ",
                            "TALLYWATT_ZONE")
                    .containsEntry("TALLYWATT_AWS_TABLE", "${" + table + "}")
                    .containsEntry("TALLYWATT_AWS_TOPIC", "${" + topic + "}")
                    .containsEntry("TALLYWATT_AWS_PARAMETERS", "/tallywatt/" + stage.word() + "/")
                    .containsEntry("TALLYWATT_PUBLIC_READ", "")
                    .containsEntry("TALLYWATT_ZONE", "UTC");
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionHasAPublishedVersionUnderTheAlias(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        Map<String, JsonNode> versions = stack.ofType("AWS::Lambda::Version");
        List<JsonNode> aliases = stack.propertiesOf("AWS::Lambda::Alias");
        assertThat(aliases).hasSize(4).allSatisfy(alias -> {
            assertThat(alias.path("Name").textValue()).isEqualTo("live");
            assertThat(versions)
                    .containsKey(alias.at("/FunctionVersion/Fn::GetAtt/0").textValue());
        });
        assertThat(aliases.stream()
                        .map(alias -> Synthesised.text(alias.path("FunctionName")))
                        .distinct())
                .hasSize(4);
    }

    /** SnapStart does nothing for whoever calls a function by its bare name. */
    @ParameterizedTest
    @EnumSource
    void everyTriggerPointsAtTheAlias(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        Map<String, JsonNode> aliases = stack.ofType("AWS::Lambda::Alias");
        List<JsonNode> rules = stack.propertiesOf("AWS::Events::Rule");
        assertThat(rules).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.required("Targets")).hasSize(1);
            assertThat(aliases).containsKey(rule.at("/Targets/0/Arn/Ref").textValue());
        });
        assertThat(stack.propertiesOf("AWS::ApiGatewayV2::Integration"))
                .hasSize(1)
                .allSatisfy(integration -> assertThat(aliases)
                        .containsKey(integration.at("/IntegrationUri/Ref").textValue()));
        assertThat(stack.propertiesOf("AWS::Lambda::EventSourceMapping"))
                .hasSize(1)
                .allSatisfy(mapping -> assertThat(Synthesised.text(mapping.required("FunctionName")))
                        .endsWith(LIVE));
        assertThat(stack.propertiesOf("AWS::Lambda::Permission"))
                .as("who may call: two rules and the API, the alias each")
                .hasSize(3)
                .allSatisfy(permission -> {
                    assertThat(aliases)
                            .containsKey(permission.at("/FunctionName/Ref").textValue());
                    assertThat(permission.has("SourceArn")).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource
    void theQueueIsTakenInTenByTenAndOnlySoManyAtOnce(Stage stage) {
        Synthesised.of(stage)
                .template()
                .hasResourceProperties(
                        "AWS::Lambda::EventSourceMapping",
                        Map.of(
                                "BatchSize", 10,
                                "FunctionResponseTypes", List.of("ReportBatchItemFailures"),
                                "ScalingConfig", Map.of("MaximumConcurrency", 10)));
    }

    @ParameterizedTest
    @EnumSource
    void theClockCallsEveryMinuteAndEveryNight(Stage stage) {
        assertThat(Synthesised.of(stage).propertiesOf("AWS::Events::Rule").stream()
                        .map(rule -> rule.path("ScheduleExpression").textValue()))
                .containsExactlyInAnyOrder("rate(1 minute)", "cron(17 2 * * ? *)");
    }

    @ParameterizedTest
    @EnumSource
    void everyLogEndsSomeDay(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        Map<String, JsonNode> groups = stack.ofType("AWS::Logs::LogGroup");
        int days = stage == Stage.PROD ? 90 : 14;
        assertThat(groups.values())
                .hasSize(5)
                .allSatisfy(group -> assertThat(
                                group.at("/Properties/RetentionInDays").intValue())
                        .isEqualTo(days));
        assertThat(stack.propertiesOf("AWS::Lambda::Function"))
                .allSatisfy(function -> assertThat(groups)
                        .containsKey(function.at("/LoggingConfig/LogGroup/Ref").textValue()));
    }

    @ParameterizedTest
    @EnumSource
    void theApiHasOneRouteALimitAndALogWithoutKeys(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        Template template = stack.template();
        template.resourceCountIs("AWS::ApiGatewayV2::Route", 1);
        template.hasResourceProperties("AWS::ApiGatewayV2::Route", Map.of("RouteKey", "$default"));
        template.hasResourceProperties("AWS::ApiGatewayV2::Integration", Map.of("PayloadFormatVersion", "2.0"));
        template.hasResourceProperties(
                "AWS::ApiGatewayV2::Stage",
                Map.of(
                        "StageName",
                        "$default",
                        "AutoDeploy",
                        true,
                        "DefaultRouteSettings",
                        Map.of("ThrottlingBurstLimit", 100, "ThrottlingRateLimit", 50)));
        String line = stack.propertiesOf("AWS::ApiGatewayV2::Stage")
                .getFirst()
                .at("/AccessLogSettings/Format")
                .textValue();
        assertThat(line).startsWith("{").endsWith("}").contains("$context.path", "$context.status");
        assertThat(line.toLowerCase(java.util.Locale.ROOT)).doesNotContain("authoriz", "header", "query");
    }

    @ParameterizedTest
    @EnumSource
    void outputsSayWhereEverythingIs(Stage stage) {
        assertThat(Synthesised.of(stage).json().required("Outputs").properties().stream()
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "ApiUrl", "BucketName", "TableName", "QueueUrl", "DeadLettersUrl", "TopicArn");
    }

    @ParameterizedTest
    @EnumSource
    void onlyProductionIsGuardedAgainstASlipOfTheHand(Stage stage) {
        assertThat(Synthesised.of(stage).stack().getTerminationProtection()).isEqualTo(stage == Stage.PROD);
    }
}
