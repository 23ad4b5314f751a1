package io.tallywatt.server.cli;

import java.time.Duration;

/** How a command waits for the clock; a test does not. */
public interface Pause {
    Pause REAL = Thread::sleep;

    void pause(Duration time) throws InterruptedException;
}
