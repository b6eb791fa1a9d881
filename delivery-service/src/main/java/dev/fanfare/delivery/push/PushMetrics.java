package dev.fanfare.delivery.push;

import java.util.List;

/** The names of the metrics of the push role. All tags have bounded values. */
public final class PushMetrics {

    /** Pushes by what became of them. Tags {@link #PROVIDER} and {@link #RESULT}. */
    public static final String PUSHES = "fanfare.push";

    /** The provider's name; {@code none} for what was decided without one. */
    public static final String PROVIDER = "provider";

    /**
     * {@code PUSHED}, {@code REJECTED}, {@code EXPIRED}, {@code DROPPED} as in outcomes; {@code KNOWN}: had been pushed
     * before, told again; {@code RETRY}: the provider could not take it, {@code NOT_NOW}: was not tried, both are tried
     * later.
     */
    public static final String RESULT = "result";

    /** The values of {@link #RESULT}. */
    public static final List<String> RESULTS =
            List.of("PUSHED", "REJECTED", "EXPIRED", "DROPPED", "KNOWN", "RETRY", "NOT_NOW");

    /** How long providers take for an answer, answers that did not come included. Tag {@link #PROVIDER}. */
    public static final String TIME = "fanfare.push.time";

    /** Pushes that wait for their turn, of all credentials. Tag {@link #PROVIDER}. */
    public static final String WAITING = "fanfare.push.waiting";

    /** Pushes that are with the provider. Tag {@link #PROVIDER}. */
    public static final String RUNNING = "fanfare.push.running";

    /** Credentials whose breaker is open. Tag {@link #PROVIDER}. */
    public static final String BREAKERS_OPEN = "fanfare.push.breakers.open";

    /** Pushes that went to a delay topic. Tag {@link #LEVEL}. */
    public static final String RETRIES = "fanfare.push.retries";

    /** The delay topic. */
    public static final String LEVEL = "level";

    /** Pushes that became dead letters. Tags {@link #PROVIDER} and {@link #REASON}. */
    public static final String DEAD_LETTERS = "fanfare.push.dead";

    /** {@code EXPIRED} or {@code REJECTED}. */
    public static final String REASON = "reason";

    private PushMetrics() {}
}
