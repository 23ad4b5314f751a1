package io.tallywatt.server.door;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A listening socket in a folder of its own that only its owner may enter: in the data folder, or, where that is too deep
 * down or its disk knows no sockets, in the folder for temporary files.
 */
record Socket(ServerSocketChannel channel, Path path) implements AutoCloseable {
    /** The system takes 107 bytes on Linux, 103 on macOS. */
    private static final int LONGEST = 100;

    private static final int WAITING = 128;
    private static final String FOLDER = "tallywatt-door";
    private static final String NAME = "socket";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static Socket listen(Path dataFolder) throws IOException {
        IOException failure = new IOException("no folder has a path that is short enough");
        for (Path folder : List.of(dataFolder, Path.of(System.getProperty("java.io.tmpdir")), Path.of("/tmp"))) {
            Path longest = folder.resolve(FOLDER + Long.toUnsignedString(-1)).resolve(NAME);
            if (longest.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
                try {
                    return in(Files.createTempDirectory(folder, FOLDER, PRIVATE));
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        throw failure;
    }

    private static Socket in(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), WAITING);
            return new Socket(channel, path);
        } catch (IOException e) {
            channel.close();
            remove(path);
            throw e;
        }
    }

    /** Removes a socket and its folder, this one's or what a killed server left; nothing else. */
    static void remove(Path socket) throws IOException {
        Path folder = socket.getParent();
        if (folder != null
                && folder.getFileName() != null
                && folder.getFileName().toString().startsWith(FOLDER)
                && socket.endsWith(NAME)) {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        remove(path);
    }
}
