package io.tallywatt.core.ingest;

/** Told how far the reading of a document is, from several threads, about once per chunk. */
public interface Progress {
    /** Nobody looks. */
    Progress NONE = (packedBytes, rows) -> {};

    /**
     * @param packedBytes of the document, read so far
     * @param rows more rows read since the last call
     */
    void advanced(long packedBytes, long rows);
}
