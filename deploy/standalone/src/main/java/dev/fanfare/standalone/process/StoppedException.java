package dev.fanfare.standalone.process;

/** Somebody pressed Ctrl-C, or asked the process to end, while something was under way. Not a failure. */
public final class StoppedException extends Exception {

    public StoppedException() {
        super("stopped");
    }
}
