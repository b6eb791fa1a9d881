package dev.fanfare.gateway.rongcloud;

/**
 * Every way in which the RongCloud API refuses a call: the only place of its codes. Codes, HTTP statuses and, where a
 * real answer was ever printed, texts are the vendor's; {@link #meaning()} and {@link #advice()} are the documents'.
 */
public enum RongCloudError {
    NOT_AN_API(404, 404, "Not a valid API.", "There is no such path.", "Compare the path, .json included."),
    UNKNOWN_MESSAGE(
            404,
            404,
            "Nothing is known of this message.",
            "The app sent no such message, or longer ago than outcomes are kept, or so far nothing was told of it.",
            "Compare the messageUID, or ask again in a moment."),
    NOT_POST(
            1002,
            405,
            "Only POST is supported.",
            "The path exists, but it does not take this method; the text says which it takes.",
            "Use POST, or what the text says for paths of Fanfare's own."),
    INTERNAL(
            1000,
            500,
            "Internal logic error.",
            "A fault in Fanfare.",
            "Look for the app and the path in the gateway's log. Whether the call took effect is not known."),
    UNKNOWN_APP(1002, 400, "invalid App-Key.", "The App-Key header is missing or names no app.", "Check the App Key."),
    PARAMETER(
            1002,
            400,
            "Parameter error.",
            "A parameter is missing, of the wrong type, out of its range, or names something that does not exist; the"
                    + " text says which.",
            "Correct the parameter. Nothing of the call was carried out."),
    EMPTY_BODY(1003, 400, "The body is empty.", "The call has no body.", "Send the parameters in the body."),
    SIGNATURE(
            1004,
            401,
            "Signature verification failed.",
            "Nonce, Timestamp or Signature is missing, or Signature is not hex(SHA1(App Secret + Nonce + Timestamp)); or"
                    + " the app checks time stamps or repeats, and this one is too old or was used before.",
            "Check the App Secret and the order of the parts; sign each call anew."),
    TOO_LONG(
            1005,
            400,
            "A parameter is too long.",
            "A parameter or the whole body is longer than its limit; the text says which and what the limit is.",
            "Shorten it. Nothing of the call was carried out."),
    APP_LOCKED(
            1006, 401, "The app is locked or deleted.", "An administrator has locked or deleted the app.", "Ask them."),
    QUOTA(
            1008,
            429,
            "Rate limit exceeded.",
            "The app's quota of this endpoint is used up, whether or not the feature is enabled; or a call with the same"
                    + " Idempotency-Key is still being worked on.",
            "Wait for the seconds in Retry-After."),
    NOT_ENABLED(
            1009,
            430,
            "The service is not enabled.",
            "The feature is switched off for this app.",
            "Ask an administrator to switch it on."),
    GROUP_FULL(
            405,
            405,
            "The group is full.",
            "The group would get more members than it may have (3000, or its maxMember).",
            "Use another group, or raise maxMember. Nobody was added."),
    NOT_NOW(
            409,
            409,
            "The message is not in a state that allows this.",
            "A message to all users was to be paused, resumed or cancelled, and it is done, cancelled or not running.",
            "Ask for its state. Nothing was changed."),
    TIMEOUT(
            1050,
            504,
            "Internal service timeout.",
            "Kafka, PostgreSQL or another service did not answer in time.",
            "Try again. The call most likely took no effect, but may have; an Idempotency-Key does not span a 1050.");

    private final int code;
    private final int httpStatus;
    private final String text;
    private final String meaning;
    private final String advice;

    RongCloudError(int code, int httpStatus, String text, String meaning, String advice) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.text = text;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** {@code code} in the body. */
    public int code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** {@code errorMessage}, unless there is more to say. */
    public String text() {
        return text;
    }

    /** What has happened, for the documents. */
    public String meaning() {
        return meaning;
    }

    /** What the caller should do, for the documents. */
    public String advice() {
        return advice;
    }
}
