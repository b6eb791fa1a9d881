package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.delivery.push.AccessToken.Grant;
import dev.fanfare.delivery.push.AccessToken.NotGrantedException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

    private final List<UniEmitter<? super Grant>> requests = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final AccessToken token = new AccessToken(() -> Uni.createFrom().emitter(requests::add), new Clock() {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void isAskedForOnceByAll() {
        // Given
        CompletableFuture<String> first = get();
        CompletableFuture<String> second = get();

        // When
        requests.get(0).complete(new Grant("a", Duration.ofHours(1)));

        // Then
        assertThat(first).isCompletedWithValue("a");
        assertThat(second).isCompletedWithValue("a");
        assertThat(get()).isCompletedWithValue("a");
        assertThat(requests).hasSize(1);
    }

    @Test
    void aCheckTellsWhyThereIsNone() {
        // Given
        CompletableFuture<Optional<String>> checked = token.problem().subscribeAsCompletionStage();

        // When
        requests.get(0).fail(new NotGrantedException("invalid_grant", null));

        // Then
        assertThat(checked).isCompletedWithValue(Optional.of("invalid_grant"));
    }

    @Test
    void aCheckIsContentWithAToken() {
        // Given
        CompletableFuture<Optional<String>> checked = token.problem().subscribeAsCompletionStage();

        // When
        requests.get(0).complete(new Grant("a", Duration.ofHours(1)));

        // Then
        assertThat(checked).isCompletedWithValue(Optional.empty());
    }

    @Test
    void isRenewedFiveMinutesBeforeItsEnd() {
        // Given
        get();
        requests.get(0).complete(new Grant("a", Duration.ofHours(1)));
        now = now.plus(Duration.ofMinutes(55)).minusMillis(1);
        CompletableFuture<String> before = get();

        // When
        now = now.plusMillis(1);
        CompletableFuture<String> after = get();

        // Then
        assertThat(before).isCompletedWithValue("a");
        assertThat(after).isNotDone();
        assertThat(requests).hasSize(2);
    }

    @Test
    void isAskedForAgainAfterAFailure() {
        // Given
        CompletableFuture<String> failed = get();
        requests.get(0).fail(new NotGrantedException("invalid_grant", null));

        // When
        CompletableFuture<String> again = get();
        requests.get(1).complete(new Grant("b", Duration.ofHours(1)));

        // Then
        assertThatThrownBy(failed::join).hasCauseInstanceOf(NotGrantedException.class);
        assertThat(again).isCompletedWithValue("b");
    }

    @Test
    void whoGivesUpDoesNotTakeItFromOthers() {
        // Given
        CompletableFuture<String> impatient = get();
        CompletableFuture<String> patient = get();

        // When
        impatient.cancel(true);
        requests.get(0).complete(new Grant("a", Duration.ofHours(1)));

        // Then
        assertThat(patient).isCompletedWithValue("a");
        assertThat(requests).hasSize(1);
    }

    @Test
    void refusalOfAnOldOneDoesNotCostTheNewOne() {
        // Given
        get();
        requests.get(0).complete(new Grant("a", Duration.ofHours(1)));
        token.refused("a");
        get();
        requests.get(1).complete(new Grant("b", Duration.ofHours(1)));

        // When
        token.refused("a");

        // Then
        assertThat(get()).isCompletedWithValue("b");
        assertThat(requests).hasSize(2);
    }

    private CompletableFuture<String> get() {
        return token.get().subscribeAsCompletionStage();
    }
}
