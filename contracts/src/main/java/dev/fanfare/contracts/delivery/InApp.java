package dev.fanfare.contracts.delivery;

/**
 * Who of an app's users gets a message in the app. A record of {@code fanfare.delivery.stream.v1} says it in its header
 * {@link #HEADER}; without that header it is {@link #WINDOW}.
 */
public enum InApp {
    /** Nobody: a push notification only. It never is a record of the stream. */
    NONE,
    /** Whoever is connected now. It has no offset, and nobody finds it later. */
    LIVE,
    /** Whoever is connected now or within ten minutes. */
    WINDOW,
    /** Whoever is connected now or within seven days. */
    KEPT;

    /** Holds the name of one of these. */
    public static final String HEADER = "fanfare-in-app";

    /** Holds the messageUID of an earlier message that the record takes back; absent from all others. */
    public static final String RECALLS_HEADER = "fanfare-recalls";
}
