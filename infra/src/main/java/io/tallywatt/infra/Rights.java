package io.tallywatt.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Who may do what: the statements of each function, written by hand, since what the CDK grants by itself is more than is needed.
 *
 * <p>Wildcards, and why each is there: {@code PREFIX/*} in the bucket, since names of objects are those of the files that come; and
 * {@code /tallywatt/STAGE/*} among the parameters, since the stage's settings are what lies below that path. No action has one.
 */
final class Rights {
    /** Consistent reads of what the store keeps; there is no index and no scan. */
    private static final List<String> READ = List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

    /**
     * Besides, what every writer does: items put alone, in transactions (which are allowed by the actions they are made of) and in
     * batches, and leases given back.
     */
    private static final List<String> WRITE =
            and(READ, "dynamodb:PutItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem");

    /** Besides, taking a document in: series are numbered by a counter. */
    private static final List<String> TAKE_IN = and(WRITE, "dynamodb:UpdateItem");

    /** The partition of API keys in the table. Keys are made and revoked from the command line, by whoever may write the table. */
    private static final String KEYS = "key";

    private static final List<String> CHANGE =
            List.of("dynamodb:PutItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:UpdateItem");

    /** What a function may do, and the wildcards in it that are accepted of its role. */
    record Granted(PolicyDocument work, List<Accepted> wildcards) {
        Granted {
            wildcards = List.copyOf(wildcards);
        }
    }

    private final Storage storage;
    private final Inbox inbox;
    private final String topicArn;
    private final Stage stage;

    Rights(Storage storage, Inbox inbox, String topicArn, Stage stage) {
        this.storage = storage;
        this.inbox = inbox;
        this.topicArn = topicArn;
        this.stage = stage;
    }

    /** Reads what came, splits what is big, puts away what cannot be read, and sends itself the parts. */
    Granted ingest() {
        return granted(
                List.of(below("inbox|parts|quarantine"), settings()),
                table(TAKE_IN),
                noKeys(),
                parameters(),
                // A version by its id: that which the message speaks of, not one that came later.
                objects("Read", List.of("s3:GetObject", "s3:GetObjectVersion"), "inbox/", "parts/", "quarantine/"),
                objects("Write", List.of("s3:PutObject"), "parts/", "quarantine/"),
                objects("LetGo", List.of("s3:DeleteObject"), "quarantine/"),
                names(),
                queue(
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:ChangeMessageVisibility",
                        "sqs:GetQueueAttributes",
                        "sqs:SendMessage"));
    }

    /** Judges what is stored, and tells. It neither sees files nor the queue. */
    Granted judge() {
        return granted(
                List.of(settings()),
                table(WRITE),
                noKeys(),
                parameters(),
                allow("Tell")
                        .actions(List.of("sns:Publish"))
                        .resources(List.of(topicArn))
                        .build());
    }

    /** Puts in order what is stored. */
    Granted tidy() {
        return granted(List.of(settings()), table(WRITE), noKeys(), parameters());
    }

    /**
     * Answers; takes in small uploads at once, withdraws and retries; signs addresses for big ones, and for big answers. What it signs
     * another may do, so it may do that itself.
     */
    Granted api() {
        return granted(
                List.of(below("inbox|quarantine|answers"), settings()),
                table(TAKE_IN),
                keysStayAsTheyAre(),
                parameters(),
                objects("Read", List.of("s3:GetObject"), "quarantine/", "answers/"),
                objects("Write", List.of("s3:PutObject"), "inbox/", "quarantine/", "answers/"),
                objects("LetGo", List.of("s3:DeleteObject"), "quarantine/"),
                names());
    }

    /** What every function does: say what it does. The group's ARN, as AWS gives it, already means its streams. */
    static PolicyDocument log(String logGroupArn) {
        return document(allow("Log")
                .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of(logGroupArn))
                .build());
    }

    private static List<String> and(List<String> actions, String... more) {
        return Stream.concat(actions.stream(), Stream.of(more)).toList();
    }

    private PolicyStatement table(List<String> actions) {
        return allow("Table")
                .actions(actions)
                .resources(List.of(storage.table().getTableArn()))
                .build();
    }

    /** Functions that read files from anywhere have no business with API keys. */
    private PolicyStatement noKeys() {
        return keys("NoKeys", TAKE_IN);
    }

    /** The API compares keys. Were it made to do what it should not, it still could not make one. */
    private PolicyStatement keysStayAsTheyAre() {
        return keys("KeysStayAsTheyAre", CHANGE);
    }

    private PolicyStatement keys(String sid, List<String> actions) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .effect(Effect.DENY)
                .actions(actions)
                .resources(List.of(storage.table().getTableArn()))
                .conditions(Map.of("ForAnyValue:StringEquals", Map.of("dynamodb:LeadingKeys", List.of(KEYS))))
                .build();
    }

    /** Secrets and settings of this stage. They are encrypted by the account's own key of the service, which lets those in that this does. */
    private PolicyStatement parameters() {
        String path = "arn:" + Aws.PARTITION + ":ssm:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":parameter/tallywatt/"
                + stage.word();
        return allow("Parameters")
                .actions(List.of("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"))
                .resources(List.of(path, path + "/*"))
                .build();
    }

    private PolicyStatement objects(String sid, List<String> actions, String... prefixes) {
        List<String> resources = new ArrayList<>();
        for (String prefix : prefixes) {
            resources.add(storage.bucket().getBucketArn() + "/" + prefix + "*");
        }
        return allow(sid).actions(actions).resources(resources).build();
    }

    /** Without it S3 says "forbidden" of an object that is not there, which looks like a fault of ours that may pass. */
    private PolicyStatement names() {
        return allow("SayWhatIsNotThere")
                .actions(List.of("s3:ListBucket"))
                .resources(List.of(storage.bucket().getBucketArn()))
                .build();
    }

    private PolicyStatement queue(String... actions) {
        return allow("Queue")
                .actions(List.of(actions))
                .resources(List.of(inbox.queue().getQueueArn()))
                .build();
    }

    private static PolicyStatement.Builder allow(String sid) {
        return PolicyStatement.Builder.create().sid(sid);
    }

    private static Accepted below(String prefixes) {
        return Accepted.wildcards(
                "Objects below a prefix: their names are those of the files that come, and nobody knows them before.",
                "Resource::<StorageBucket\\w+\\.Arn>/(" + prefixes + ")/\\*");
    }

    private Accepted settings() {
        return Accepted.wildcards(
                "The stage's settings and secrets are what lies below this path.",
                "Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/tallywatt/" + stage.word()
                        + "/\\*");
    }

    private static Granted granted(List<Accepted> wildcards, PolicyStatement... statements) {
        return new Granted(document(statements), wildcards);
    }

    private static PolicyDocument document(PolicyStatement... statements) {
        PolicyDocument document = PolicyDocument.Builder.create().build();
        document.addStatements(statements);
        return document;
    }
}
