package io.tallywatt.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tallywatt.aws.s3.ObjectPlace;
import io.tallywatt.aws.s3.S3Document;
import io.tallywatt.aws.sqs.InboxMessage;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes in what the inbox queue tells of. A message that cannot be dealt with now comes again, and after three times is a dead letter;
 * it never keeps the others of its batch from being done. What cannot be read is in quarantine, and its message done.
 */
public final class IngestHandler implements RequestStreamHandler {
    private static final String INBOX = "inbox/";
    /** A file is begun only if there is so much time left; otherwise it is left for another run. */
    private static final Duration ENOUGH = Duration.ofSeconds(90);
    /** What is read of a file is held in memory: about six bytes for one. */
    private static final long LARGEST = 128L << 20;

    private final Parts parts;
    private final Ingest ingest;

    /** As Lambda makes it: by the settings of the process. */
    public IngestHandler() {
        this(Parts.ofProcess());
    }

    IngestHandler(Parts parts) {
        this.parts = parts;
        // It is needed for every file: made now, it is part of the snapshot that functions start from.
        parts.s3();
        // The queue is what tries again later; here it is tried at once.
        this.ingest = new Ingest(parts.store(), parts.store(), parts.deadLetters(), number -> {});
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<String> failed = new ArrayList<>();
        for (SqsEvent.Message message : SqsEvent.read(input)) {
            if (context.getRemainingTimeInMillis() < ENOUGH.toMillis() || !isDone(message)) {
                failed.add(message.id());
            }
        }
        SqsEvent.answer(output, failed);
    }

    private boolean isDone(SqsEvent.Message message) {
        boolean done = true;
        try {
            for (ObjectPlace place : InboxMessage.created(message.body())) {
                done &= isTaken(place);
            }
            return done;
        } catch (InboxMessage.Unknown e) {
            LogLine.error("A message of the inbox queue is not understood")
                    .with("messageId", message.id())
                    .because(e)
                    .write();
            return false;
        } catch (IOException | RuntimeException e) {
            LogLine.error("A message of the inbox queue could not be dealt with; it comes again")
                    .with("messageId", message.id())
                    .because(e)
                    .write();
            return false;
        }
    }

    private boolean isTaken(ObjectPlace place) throws IOException {
        String name = place.key().startsWith(INBOX) ? place.key().substring(INBOX.length()) : place.key();
        Optional<S3Document> found = S3Document.find(parts.s3(), place, name);
        if (found.isEmpty()) {
            LogLine.info("There is no such object any more")
                    .with("object", place.toString())
                    .write();
            return true;
        }
        S3Document document = found.get();
        if (document.unpackedSize() > LARGEST) {
            LogLine.error("A file is too big for one run: it has " + document.unpackedSize()
                            + " bytes, expected at most " + LARGEST)
                    .with("object", place.toString())
                    .write();
            return false;
        }
        Outcome outcome = ingest.take(document, parts.options(), Progress.NONE);
        line(outcome).with("object", place.toString()).write();
        return !(outcome instanceof Outcome.Refused);
    }

    private static LogLine line(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken taken ->
                LogLine.info("taken")
                        .with("delivery", taken.delivery().id())
                        .with("readings", taken.delivery().counts().readings())
                        .with("rejected", taken.delivery().counts().rejected());
            case Outcome.Known known ->
                LogLine.info("known").with("delivery", known.delivery().id());
            case Outcome.Quarantined quarantined ->
                LogLine.error("quarantined")
                        .with("delivery", quarantined.delivery().id())
                        .with("reason", quarantined.reason());
            case Outcome.Refused refused -> LogLine.error("refused").with("reason", refused.reason());
        };
    }
}
