package dev.fanfare.gateway.rongcloud;

import java.util.Map;

/** What a call is answered with. */
public sealed interface Answer {

    /** HTTP 200 and {@code {"code":200, ...fields}}. */
    record Success(Map<String, Object> fields) implements Answer {}

    /** The error envelope. */
    record Refused(RongCloudError error, String text) implements Answer {}

    static Answer success() {
        return new Success(Map.of());
    }

    static Answer success(Map<String, Object> fields) {
        return new Success(fields);
    }

    static Refused refused(RongCloudError error) {
        return new Refused(error, error.text());
    }

    static Refused refused(RongCloudError error, String text) {
        return new Refused(error, text);
    }

    /** {@code code} of the body. */
    default int code() {
        if (this instanceof Refused refused) {
            return refused.error().code();
        }
        return Reply.OK;
    }
}
