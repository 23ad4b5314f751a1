package io.tallywatt.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tallywatt.aws.Scratch;
import io.tallywatt.aws.s3.ObjectPlace;
import io.tallywatt.aws.sqs.InboxMessage;
import io.tallywatt.aws.sqs.PartMessage;
import io.tallywatt.core.store.Taken;
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
    /** A file is begun only if there is so much time left; otherwise it is left for another run. */
    private static final Duration ENOUGH = Duration.ofSeconds(90);

    private final Inbox inbox;
    private final BigFiles bigFiles;

    /** As Lambda makes it: by the settings of the process. */
    public IngestHandler() {
        this(Parts.ofProcess());
    }

    IngestHandler(Parts parts) {
        // They are needed for every file: made now, they are part of the snapshot that functions start from.
        parts.s3();
        this.inbox = new Inbox(parts);
        this.bigFiles = new BigFiles(parts);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Scratch.clear();
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
            Optional<PartMessage> part = PartMessage.read(message.body());
            if (part.isPresent()) {
                line(part.get(), bigFiles.take(part.get())).write();
                return true;
            }
            for (ObjectPlace place : InboxMessage.created(message.body())) {
                done &= inbox.take(place);
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

    private static LogLine line(PartMessage part, Optional<Taken> taken) {
        return LogLine.info(taken.isPresent() ? "taken with its last part" : "part taken")
                .with("name", part.name())
                .with("part", part.number())
                .with("delivery", taken.map(t -> t.delivery().id()).orElse(0L));
    }
}
