package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.push.PushClaims.Claim;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushClaimsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TopicPartition PARTITION = new TopicPartition("t", 1);

    private final PushClaims claims = new PushClaims(PATIENCE);

    @BeforeEach
    void assign() {
        claims.onPartitionsAssigned(null, List.of(PARTITION));
    }

    @Test
    void lettingGoWaitsForWhatWasBegun() {
        // Given
        Claim claim = claims.claim(PARTITION);
        boolean begun = claim.begin();
        CompletableFuture<Void> gone =
                CompletableFuture.runAsync(() -> claims.onPartitionsRevoked(null, List.of(PARTITION)));

        // When
        boolean finished = gone.isDone();
        claim.end();

        // Then
        assertThat(begun).isTrue();
        assertThat(finished).isFalse();
        assertThat(gone).succeedsWithin(PATIENCE);
        assertThat(claim.begin()).isFalse();
    }

    @Test
    void whatWasReadBeforeAPartitionWentIsNotOursWhenItComesBack() {
        // Given
        Claim before = claims.claim(PARTITION);
        claims.onPartitionsRevoked(null, List.of(PARTITION));

        // When
        claims.onPartitionsAssigned(null, List.of(PARTITION));

        // Then
        assertThat(before.begin()).isFalse();
        assertThat(claims.claim(PARTITION).begin()).isTrue();
    }

    @Test
    void nothingIsOursOfAPartitionThatIsLostOrNeverCame() {
        // Given
        Claim claim = claims.claim(PARTITION);

        // When
        claims.onPartitionsLost(null, List.of(PARTITION));

        // Then
        assertThat(claim.begin()).isFalse();
        assertThat(claims.claim(new TopicPartition("t", 2)).begin()).isFalse();
    }
}
