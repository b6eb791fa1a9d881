package dev.fanfare.contracts.topic;

/** Header names that a record of a {@code .rejected} topic has in addition to its own. Values are UTF-8. */
public final class RejectedHeaders {

    /** One word, for machines: for a command a {@code CommandVerifier.Refusal}. */
    public static final String REASON = "fanfare-rejected-reason";

    /** What is wrong, for a person; nothing of the content. */
    public static final String TEXT = "fanfare-rejected-text";

    /** {@code topic:partition:offset} of the original. */
    public static final String POSITION = "fanfare-rejected-position";

    private RejectedHeaders() {}
}
