package io.tallywatt.packing;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One entry of a zip archive, as a document of its own.
 *
 * @param name {@code archive.zip!entry.csv}
 * @param packedSize of the entry, as the archive states it
 */
record ZipDocument(String name, Path path, String entry, Instant receivedAt, long packedSize) implements OnDisk {
    @Override
    public Packing packing() {
        return Packing.ZIP;
    }

    /** Opens the archive again: the JDK keeps its directory as long as somebody else has it open. */
    @Override
    public Stream open() throws IOException {
        ZipFile zip = ZipArchive.open(path);
        try {
            ZipEntry found = zip.getEntry(entry);
            if (found == null) {
                throw new UnreadableDocument(Reason.DAMAGED, "The archive no longer has an entry '" + entry + "'");
            }
            return new EntryStream(zip, zip.getInputStream(found), found);
        } catch (IOException e) {
            zip.close();
            throw Unpacking.damaged(e);
        } catch (UnreadableDocument e) {
            zip.close();
            throw e;
        }
    }

    /** The JDK does not give the packed bytes of one entry: its name and all of the archive tell it apart. */
    @Override
    public InputStream openPacked() throws IOException {
        return new SequenceInputStream(
                new ByteArrayInputStream(entry.getBytes(StandardCharsets.UTF_8)), Files.newInputStream(path));
    }

    private static final class EntryStream extends Stream {
        private final ZipFile zip;
        private final InputStream in;
        private final long packed;
        private final long size;
        private long out;

        EntryStream(ZipFile zip, InputStream in, ZipEntry entry) {
            this.zip = zip;
            this.in = in;
            this.packed = Math.max(0, entry.getCompressedSize());
            this.size = Math.max(1, entry.getSize());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int n = read(one, 0, 1);
            return n < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n;
            try {
                n = in.read(bytes, offset, length);
            } catch (IOException e) {
                // A failing disk cannot be told from a damaged entry here; neither is worth another try.
                throw Unpacking.damaged(e);
            }
            out += Math.max(0, n);
            if (Unpacking.tooFar(out, packed)) {
                throw Unpacking.expands(out, packed);
            }
            return n;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        /** In proportion: how far the inflater is inside its buffer, nobody says. */
        @Override
        public long packedBytes() {
            return out >= size ? packed : (long) ((double) packed * out / size);
        }

        @Override
        public void close() throws IOException {
            try (zip) {
                in.close();
            }
        }
    }
}
