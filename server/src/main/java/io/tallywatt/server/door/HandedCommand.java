package io.tallywatt.server.door;

import io.tallywatt.core.ingest.Failures;
import io.tallywatt.server.cli.Elsewhere.Answer;
import io.tallywatt.server.cli.Surroundings;
import io.tallywatt.server.door.Wire.Frame;
import io.tallywatt.server.door.Wire.Kind;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/** A command that a server is carrying out, seen from where it was given. */
final class HandedCommand {
    private static final byte[] ERASE = "\r\033[K".getBytes(StandardCharsets.UTF_8);

    private final Wire wire;
    private final Running server;
    private final Surroundings outside;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread inputSender =
            Thread.ofPlatform().name("input").daemon().unstarted(this::sendInput);
    /** Run when the program is interrupted, so that no half line stays behind. */
    private final Thread atExit = new Thread(this::eraseHalfLine, "half-line");

    private boolean halfLine;

    HandedCommand(Wire wire, Running server, Surroundings outside) {
        this.wire = wire;
        this.server = server;
        this.outside = outside;
    }

    Answer run() throws Output.NotTaken {
        if (outside.columns() > 0) {
            eraseAtExit();
        }
        try {
            return untilExit();
        } finally {
            inputSender.interrupt();
            notAtExit();
        }
    }

    private void eraseAtExit() {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends already: nothing was written yet.
        }
    }

    private void notAtExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends: it is being run.
        }
    }

    private Answer untilExit() throws Output.NotTaken {
        Output out = new Output(outside.out());
        while (true) {
            Frame frame;
            try {
                frame = wire.read();
            } catch (IOException e) {
                eraseHalfLine();
                return new Answer.Failed("The running server (" + server.url() + ", process " + server.process()
                        + ") ended before it was done. Nothing is lost: run the same command again");
            }
            switch (frame.kind()) {
                case OUT -> answer(out, frame.bytes());
                case ERR -> message(frame.bytes());
                case WANTED -> wantInput();
                case EXIT -> {
                    return new Answer.Ran(frame.bytes().length == 0 ? 0 : frame.bytes()[0]);
                }
                case COMMAND, ACCEPTED, INPUT, INPUT_FAILED -> {
                    return new Answer.Failed("The running server (" + server.url() + ") answers what nobody asked");
                }
            }
        }
    }

    private static void answer(Output out, byte[] bytes) throws Output.NotTaken {
        try {
            out.write(bytes);
            out.flush();
        } catch (Output.NotTaken e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("A PrintStream keeps its failures to itself", e);
        }
    }

    private synchronized void message(byte[] bytes) {
        outside.err().write(bytes, 0, bytes.length);
        outside.err().flush();
        int erased = bytes.length - ERASE.length;
        halfLine = bytes.length > 0
                && bytes[bytes.length - 1] != '\n'
                && (erased < 0 || !Arrays.equals(bytes, erased, bytes.length, ERASE, 0, ERASE.length));
    }

    private synchronized void eraseHalfLine() {
        if (halfLine && outside.columns() > 0) {
            message(ERASE);
        }
    }

    private void wantInput() {
        if (inputSender.getState() == Thread.State.NEW) {
            inputSender.start();
        }
        wanted.release();
    }

    /** Reads apart from all else: somebody may sit there and kind, and the server may end meanwhile. */
    private void sendInput() {
        byte[] piece = new byte[Wire.PIECE];
        try {
            int n = 0;
            while (n >= 0) {
                wanted.acquire();
                n = outside.in().read(piece);
                wire.write(new Frame(Kind.INPUT, Arrays.copyOf(piece, Math.max(0, n))));
            }
        } catch (InterruptedException e) {
            // The command is done with it.
        } catch (IOException e) {
            tell(e);
        }
    }

    private void tell(IOException failure) {
        byte[] words = Failures.inWords(failure).getBytes(StandardCharsets.UTF_8);
        try {
            wire.write(new Frame(Kind.INPUT_FAILED, Arrays.copyOf(words, Math.min(words.length, Wire.PIECE))));
        } catch (IOException e) {
            // The server is gone, and that is told where its answer is read.
        }
    }
}
