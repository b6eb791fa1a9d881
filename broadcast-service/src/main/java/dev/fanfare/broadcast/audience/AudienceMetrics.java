package dev.fanfare.broadcast.audience;

/** The names of the audience's metrics. */
final class AudienceMetrics {

    /** Changes of users that were applied, repeated ones included. How far the audience is behind Kafka tells. */
    static final String CHANGES = "fanfare.audience.changes";

    /** Records of users that could not be read. */
    static final String REJECTED = "fanfare.audience.rejected";

    private AudienceMetrics() {}
}
