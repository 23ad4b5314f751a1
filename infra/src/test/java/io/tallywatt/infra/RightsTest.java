package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what, to the letter: a right more is a decision, and is made here too. */
class RightsTest {
    private static final String READ = "dynamodb: GetItem BatchGetItem Query";
    private static final String NO_KEYS =
            "deny dynamodb: GetItem BatchGetItem Query PutItem BatchWriteItem DeleteItem UpdateItem"
                    + " on TABLE of partition key";
    private static final String PARAMETERS =
            "ssm: GetParameter GetParameters GetParametersByPath on PARAMETERS PARAMETERS/*";
    private static final String LOG = "logs: CreateLogStream PutLogEvents on LOG";

    private static final Map<String, List<String>> MAY = Map.of(
            "ingest",
                    List.of(
                            LOG,
                            READ + " PutItem BatchWriteItem DeleteItem UpdateItem on TABLE",
                            NO_KEYS,
                            PARAMETERS,
                            "s3: GetObject GetObjectVersion on BUCKET/inbox/* BUCKET/parts/* BUCKET/quarantine/*",
                            "s3: PutObject on BUCKET/parts/* BUCKET/quarantine/*",
                            "s3: DeleteObject on BUCKET/quarantine/*",
                            "s3: ListBucket on BUCKET",
                            "sqs: ReceiveMessage DeleteMessage ChangeMessageVisibility GetQueueAttributes SendMessage"
                                    + " on QUEUE"),
            "judge",
                    List.of(
                            LOG,
                            READ + " PutItem BatchWriteItem DeleteItem on TABLE",
                            NO_KEYS,
                            PARAMETERS,
                            "sns: Publish on TOPIC"),
            "tidy", List.of(LOG, READ + " PutItem BatchWriteItem DeleteItem on TABLE", NO_KEYS, PARAMETERS),
            "api",
                    List.of(
                            LOG,
                            READ + " PutItem BatchWriteItem DeleteItem UpdateItem on TABLE",
                            "deny dynamodb: PutItem BatchWriteItem DeleteItem UpdateItem on TABLE of partition key",
                            PARAMETERS,
                            "s3: GetObject on BUCKET/quarantine/* BUCKET/answers/*",
                            "s3: PutObject on BUCKET/inbox/* BUCKET/quarantine/* BUCKET/answers/*",
                            "s3: DeleteObject on BUCKET/quarantine/*",
                            "s3: ListBucket on BUCKET"));

    @ParameterizedTest
    @CsvSource({
        "DEV, ingest",
        "DEV, judge",
        "DEV, tidy",
        "DEV, api",
        "PROD, ingest",
        "PROD, judge",
        "PROD, tidy",
        "PROD, api"
    })
    void aFunctionMayDoThisAndNoMore(Stage stage, String name) {
        Synthesised stack = Synthesised.of(stage);
        JsonNode function = stack.propertiesOf("AWS::Lambda::Function").stream()
                .filter(f -> f.path("FunctionName").textValue().endsWith("-" + name))
                .findFirst()
                .orElseThrow();
        String role = function.at("/Role/Fn::GetAtt/0").textValue();
        JsonNode properties = stack.ofType("AWS::IAM::Role").get(role).required("Properties");
        assertThat(properties.has("ManagedPolicyArns")).isFalse();
        Names names = new Names(
                stack, stage, function.at("/LoggingConfig/LogGroup/Ref").textValue());
        List<String> may = new ArrayList<>();
        properties
                .required("Policies")
                .forEach(policy -> policy.at("/PolicyDocument/Statement").forEach(s -> may.add(names.line(s))));
        assertThat(may).containsExactlyElementsOf(MAY.get(name));
    }

    /** Rights given any other way would not be seen above. */
    @ParameterizedTest
    @EnumSource
    void thereAreFourRolesAndNoPoliciesBesideThem(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        assertThat(stack.ofType("AWS::IAM::Role")).hasSize(4);
        assertThat(stack.propertiesOf("AWS::IAM::Role"))
                .allSatisfy(role -> assertThat(
                                role.at("/AssumeRolePolicyDocument/Statement").toString())
                        .isEqualTo("[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\","
                                + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]"));
        for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::User")) {
            assertThat(stack.ofType(type)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void wildcardsAreThoseThatHaveAReason(Stage stage) {
        Synthesised stack = Synthesised.of(stage);
        Set<String> found = new TreeSet<>();
        Names names = new Names(stack, stage, "");
        stack.resources()
                .forEach(resource -> statements(resource).forEach(statement -> {
                    String effect = statement.required("Effect").textValue();
                    for (String part : List.of("Action", "Resource", "Principal")) {
                        if (!statement.has(part)) {
                            continue;
                        }
                        JsonNode value = statement.get(part);
                        Synthesised.texts(value).stream()
                                .map(names::shorter)
                                .filter(text -> text.contains("*"))
                                .forEach(text -> found.add(effect + " " + part + " " + text));
                    }
                    assertThat(statement.has("NotAction")
                                    || statement.has("NotResource")
                                    || statement.has("NotPrincipal"))
                            .isFalse();
                }));
        assertThat(found)
                .containsExactlyInAnyOrder(
                        // Whoever it is and whatever he wants: not without TLS.
                        "Deny Action s3:*",
                        "Deny Action sqs:*",
                        "Deny Principal {\"AWS\":\"*\"}",
                        "Deny Principal *",
                        "Deny Resource BUCKET/*",
                        "Deny Resource ACCESSLOGS/*",
                        // S3's own log writer, of which the name of each log is its own affair.
                        "Allow Resource ACCESSLOGS/*",
                        "Allow Resource BUCKET/answers/*",
                        "Allow Resource BUCKET/inbox/*",
                        "Allow Resource BUCKET/parts/*",
                        "Allow Resource BUCKET/quarantine/*",
                        "Allow Resource PARAMETERS/*");
    }

    private static List<JsonNode> statements(JsonNode resource) {
        List<JsonNode> all = new ArrayList<>();
        resource.findValues("Statement").forEach(list -> list.forEach(all::add));
        return all;
    }

    /** Resources by words, so that the lists above can be read. */
    private static final class Names {
        private final Map<String, String> words = new TreeMap<>();

        Names(Synthesised stack, Stage stage, String log) {
            stack.ofType("AWS::S3::Bucket")
                    .forEach((id, bucket) -> words.put(
                            "${" + id + ".Arn}",
                            bucket.at("/Properties").has("NotificationConfiguration") ? "BUCKET" : "ACCESSLOGS"));
            stack.ofType("AWS::DynamoDB::Table").keySet().forEach(id -> words.put("${" + id + ".Arn}", "TABLE"));
            stack.ofType("AWS::SQS::Queue")
                    .forEach((id, queue) -> words.put(
                            "${" + id + ".Arn}", queue.at("/Properties").has("RedrivePolicy") ? "QUEUE" : "DEAD"));
            stack.ofType("AWS::SNS::Topic").keySet().forEach(id -> words.put("${" + id + "}", "TOPIC"));
            words.put("${" + log + ".Arn}", "LOG");
            words.put(
                    "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/tallywatt/" + stage.word(),
                    "PARAMETERS");
        }

        String shorter(String text) {
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replaceFirst("^" + Pattern.quote(word.getKey()), word.getValue());
            }
            return text;
        }

        /** A statement as a line: {@code sqs: SendMessage on QUEUE}. */
        String line(JsonNode statement) {
            List<String> actions = Synthesised.texts(statement.required("Action"));
            String service = actions.getFirst().substring(0, actions.getFirst().indexOf(':') + 1);
            assertThat(actions).allMatch(action -> action.startsWith(service));
            String line = service + " "
                    + String.join(
                            " ",
                            actions.stream()
                                    .map(a -> a.substring(service.length()))
                                    .toList())
                    + " on "
                    + String.join(
                            " ",
                            Synthesised.texts(statement.required("Resource")).stream()
                                    .map(this::shorter)
                                    .toList());
            return switch (statement.required("Effect").textValue()) {
                case "Allow" -> line + (statement.has("Condition") ? " if " + statement.get("Condition") : "");
                case "Deny" -> {
                    assertThat(statement.required("Condition").toString())
                            .isEqualTo("{\"ForAnyValue:StringEquals\":{\"dynamodb:LeadingKeys\":[\"key\"]}}");
                    yield "deny " + line + " of partition key";
                }
                default -> throw new AssertionError(statement);
            };
        }
    }
}
