package io.tallywatt.aws;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** {@code moto_server}, where it is installed: what stands in for SNS and the parameter store. */
public final class LocalMoto implements AutoCloseable {
    private static final long MOST_MILLIS = 30_000;

    private final Process process;
    private final URI endpoint;

    private LocalMoto(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Empty where it is not on the PATH. */
    public static Optional<LocalMoto> start() throws IOException, InterruptedException {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "moto_server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.currentTimeMillis() + MOST_MILLIS;
        while (!answers(port)) {
            if (!process.isAlive()) {
                // A shim without the program behind it.
                return Optional.empty();
            }
            if (System.currentTimeMillis() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("moto_server does not answer");
            }
            Thread.sleep(50);
        }
        return Optional.of(new LocalMoto(process, URI.create("http://127.0.0.1:" + port)));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
