package dev.fanfare.delivery.ledger;

/** The names of the ledger's metrics. */
final class LedgerMetrics {

    /** Outcomes that were read, repeated ones included. Tag {@link #RESULT}. How far the ledger is behind Kafka tells. */
    static final String OUTCOMES = "fanfare.outcomes";

    /** A {@code DeliveryOutcome.Kind}. */
    static final String RESULT = "result";

    private LedgerMetrics() {}
}
