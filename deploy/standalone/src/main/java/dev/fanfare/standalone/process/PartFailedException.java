package dev.fanfare.standalone.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part of the product does not start, or has ended. It carries all that the person at the terminal needs to know. */
public final class PartFailedException extends Exception {

    private static final int LOG_LINES = 20;

    private final String part;
    private final transient List<String> details;

    /** @param details such as the end of its log, line by line */
    public PartFailedException(String part, String reason, List<String> details) {
        super(reason);
        this.part = part;
        this.details = List.copyOf(details);
    }

    /** With the end of the part's log. */
    public static PartFailedException withLog(String part, String reason, Path log) {
        List<String> details = new ArrayList<>(List.of("The end of its log, " + log + ":"));
        details.addAll(LogTail.of(log, LOG_LINES));
        return new PartFailedException(part, reason, details);
    }

    public PartFailedException(String part, Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.part = part;
        this.details = List.of();
    }

    public String part() {
        return part;
    }

    public List<String> details() {
        return details;
    }
}
