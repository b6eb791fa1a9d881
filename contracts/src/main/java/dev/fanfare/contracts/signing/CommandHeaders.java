package dev.fanfare.contracts.signing;

/** Header names of a record: CloudEvents 1.0 in Kafka binary mode, and Fanfare's signature. Values are UTF-8. */
public final class CommandHeaders {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    /** RFC 3339, UTC, to the millisecond. */
    public static final String TIME = "ce_time";

    public static final String CONTENT_TYPE = "content-type";
    public static final String TRACEPARENT = "traceparent";

    public static final String KEY_ID = "fanfare-key-id";
    /** Lower-case hex of the HMAC-SHA256 of the {@link CanonicalCommand}. */
    public static final String SIGNATURE = "fanfare-signature";

    static final String CLOUD_EVENTS_VERSION = "1.0";
    static final String JSON = "application/json";

    private CommandHeaders() {}
}
