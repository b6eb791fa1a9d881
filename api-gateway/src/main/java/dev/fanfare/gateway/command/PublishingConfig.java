package dev.fanfare.gateway.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a caller waits for Kafka, and how many may wait. */
@ConfigMapping(prefix = "fanfare.publishing")
public interface PublishingConfig {

    /** After this time without the brokers' acknowledgement the caller is told 1050. Must stay below 5 s. */
    @WithDefault("4s")
    Duration patience();

    /** How long the producer itself tries; shorter than {@code patience}. */
    @WithDefault("3500ms")
    Duration deliveryTimeout();

    /** How long the producer waits for the cluster's metadata or for room in its buffer. */
    @WithDefault("2s")
    Duration maxBlock();

    /** Records that may wait at the same time; further ones are refused at once. */
    @WithDefault("2000")
    int maxWaiting();

    /** Bytes that may wait at the same time. */
    @WithDefault("67108864")
    long bufferBytes();
}
