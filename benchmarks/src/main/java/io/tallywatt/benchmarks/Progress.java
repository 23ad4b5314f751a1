package io.tallywatt.benchmarks;

/** What is going on, for whoever waits: to stderr, so that stdout is the tables alone. */
interface Progress {
    Progress STDERR = what -> System.err.println("benchmark: " + what);

    void say(String what);
}
