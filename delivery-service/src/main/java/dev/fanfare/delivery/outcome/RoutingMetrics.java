package dev.fanfare.delivery.outcome;

/**
 * The names of the metrics of presence, dispatch and mailbox; push has its own. All tags have bounded values.
 */
public final class RoutingMetrics {

    /**
     * Users of deliveries by what became of them, at dispatch and at the mailbox. Tag {@link #RESULT}.
     */
    public static final String USERS = "fanfare.delivery.users";

    /** {@code ROUTED}, {@code TO_PUSH} (devices), {@code DROPPED}, {@code NOT_ONLINE} and {@code NO_DEVICE} at dispatch; {@code
     * DELIVERED} and, of pushes to many, {@code ALIVE}: online and proven to be, hence not pushed, at the mailbox. */
    public static final String RESULT = "result";

    /**
     * Devices at mailboxes by whether they confirmed a message of their user's inbox. Tag {@link #RESULT}: {@code CONFIRMED},
     * or {@code MISSED}: a device with a push token did not in time, and is looked for elsewhere or gets a push.
     */
    public static final String CONFIRMATIONS = "fanfare.delivery.confirmations";

    /** Records of internal topics that could not be read. Tag {@link #TOPIC}. */
    public static final String UNREADABLE = "fanfare.delivery.unreadable";

    public static final String TOPIC = "topic";

    /** Presence changes that wait to be written to Redis. */
    public static final String PRESENCE_QUEUED = "fanfare.presence.queued";

    /** Times that this node found Redis without its data. */
    public static final String PRESENCE_LOST = "fanfare.presence.lost";

    /** Entries of dead nodes or closed sessions that were removed. */
    public static final String PRESENCE_STALE = "fanfare.presence.stale";

    /** Acknowledgements and counts that were dropped because too many waited for Kafka. */
    public static final String OUTCOMES_DROPPED = "fanfare.outcomes.dropped";

    private RoutingMetrics() {}
}
