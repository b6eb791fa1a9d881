package dev.fanfare.standalone.process;

import java.util.Optional;

/** Asks a part whether it does its work. Answers within a few seconds, on the asking thread. */
@FunctionalInterface
public interface Probe {

    /** What is not well yet; empty when all is. */
    Optional<String> complaint();
}
