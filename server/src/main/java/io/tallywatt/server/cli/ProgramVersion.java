package io.tallywatt.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The program's version, out of what Maven puts into the jar. */
public final class ProgramVersion {
    private static final String FACTS = "/META-INF/maven/io.tallywatt/server/pom.properties";

    private ProgramVersion() {}

    public static String text() throws IOException {
        Properties facts = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream(FACTS)) {
            if (in != null) {
                facts.load(in);
            }
        }
        return facts.getProperty("version", "(not from a jar)");
    }
}
