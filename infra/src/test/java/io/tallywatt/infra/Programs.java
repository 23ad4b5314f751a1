package io.tallywatt.infra;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs that these tests need, and that a machine may lack. */
final class Programs {
    private static final Map<String, Boolean> THERE = new ConcurrentHashMap<>();
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Programs() {}

    /** Skips the test, and says so, where there is no Node: the CDK is written in TypeScript, and runs in it. */
    static void nodeRequired() {
        required("node", "the CDK runs in it: install nodejs (18 or later) to have the template tested");
    }

    static void required(String program, String why) {
        if (!THERE.computeIfAbsent(program, Programs::runs)) {
            String notice = "no " + program + " on the PATH; " + why;
            if (SAID.add(program)) {
                System.out.println("Tests are skipped: " + notice);
            }
            Assumptions.abort(notice);
        }
    }

    private static boolean runs(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
