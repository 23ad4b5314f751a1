package io.tallywatt.packing;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** How a file is packed: told by its first bytes, never by its name. The names are part of quarantine's sidecars. */
public enum Packing {
    PLAIN,
    GZ,
    ZST,
    ZIP;

    private static final int GZ_MAGIC = 0x1f8b;
    private static final int ZST_MAGIC = 0x28b52ffd;
    /** Zstd's skippable frames, 0x184D2A5? in little endian, of which a file may consist in part. */
    private static final int ZST_SKIPPABLE = 0x502a4d18;

    private static final int ZIP_ENTRY = 0x504b0304;
    private static final int ZIP_EMPTY = 0x504b0506;

    /** Looks at a file. */
    public static Packing of(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return of(in.readNBytes(Integer.BYTES));
        }
    }

    /** Looks at the beginning of a file. */
    public static Packing of(byte[] head) {
        if (head.length < Integer.BYTES) {
            return PLAIN;
        }
        int magic = head[0] << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        if (magic >>> 16 == GZ_MAGIC) {
            return GZ;
        }
        if (magic == ZST_MAGIC || (magic & 0xf0ffffff) == ZST_SKIPPABLE) {
            return ZST;
        }
        return magic == ZIP_ENTRY || magic == ZIP_EMPTY ? ZIP : PLAIN;
    }

    /** Unpacks a stream of one document; an archive of several is not one. */
    InputStream unpacked(InputStream packed) throws IOException {
        return switch (this) {
            case PLAIN -> packed;
            case GZ -> new GZIPInputStream(packed, 1 << 16);
            case ZST -> new ZstdInputStream(packed);
            case ZIP -> throw new IllegalArgumentException("A zip archive is opened entry by entry");
        };
    }
}
