package dev.fanfare.delivery.push;

import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.FakeHttpProvider;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the push worker relies on, of every provider, against the provider's fake over real sockets. */
public abstract class PushSenderContract {

    private static Vertx vertx;

    protected PushProvider provider;
    protected FakeHttpProvider fake;
    protected PushSender sender;
    protected String token;
    private PushHttp http;

    /** The provider's fake, on a free port. */
    protected abstract FakeHttpProvider fake(io.vertx.core.Vertx vertx);

    /** The provider; takes what it needs. */
    protected abstract PushProvider provider(Vertx vertx, PushHttp http);

    /** The settings without which there is no credential. */
    protected abstract Set<String> requiredSettings();

    /** The fake's name of an error of the provider's servers. */
    protected abstract String serverError();

    /** What an error of the provider's servers says of other pushes. */
    protected Scope scopeOfServerErrors() {
        return Scope.CREDENTIAL;
    }

    /** Whether the provider can wake an app and show nothing. */
    protected boolean hasSilentPushes() {
        return true;
    }

    @BeforeAll
    static void startLoops() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopLoops() {
        vertx.closeAndAwait();
    }

    @BeforeEach
    void open() throws Exception {
        http = new PushHttp(vertx);
        fake = fake(vertx.getDelegate());
        provider = provider(vertx, http);
        sender = provider.open(credential(fake));
        token = fake.newToken();
    }

    @AfterEach
    void close() {
        sender.close();
        fake.close();
        http.close();
    }

    /** Where fakes run. */
    protected static io.vertx.core.Vertx vertx() {
        return vertx.getDelegate();
    }

    /** How the provider calls out, for tests that open it in another way. */
    protected PushHttp http() {
        return http;
    }

    /** The test's phone. */
    protected Push pushToPhone() {
        return push(device(provider.name(), token));
    }

    protected Push pushToPhone(Map<String, String> options) {
        return push(device(provider.name(), token), options);
    }

    protected Push pushToPhone(String title, String body, String data) {
        return push(device(provider.name(), token), title, body, data, Map.of());
    }

    protected PushResult send(Push push) {
        return answer(sender.send(push));
    }

    /** The one push that the fake took. */
    protected ReceivedPush received() {
        assertThat(fake.received()).hasSize(1);
        return fake.received().get(0);
    }

    @Test
    void nameIsTheFakes() {
        // Given, when, then
        assertThat(provider.name()).isEqualTo(fake.name());
    }

    @Test
    void takenPushArrivesWithAllThatItSays() {
        // When
        PushResult result = send(pushToPhone());

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().provider()).isEqualTo(provider.name());
        assertThat(received().token()).isEqualTo(token);
        assertThat(received().id()).isNotBlank();
        assertThat(received().title()).isEqualTo("Shop");
        assertThat(received().body()).isEqualTo("Your parcel");
        assertThat(received().data()).isEqualTo("order 7");
    }

    @Test
    void contentOfTheMessageStaysHere() {
        // When
        send(pushToPhone());

        // Then
        String text = URLDecoder.decode(Pushes.body(received().request()), StandardCharsets.UTF_8);
        assertThat(text.replace("\\", "")).contains("order 7").doesNotContain("\"secret\"");
    }

    @Test
    void samePushAgainHasTheSameId() {
        // When
        send(pushToPhone());
        PushResult again = send(pushToPhone());

        // Then
        assertThat(again).isInstanceOf(Accepted.class);
        assertThat(fake.received().stream().map(ReceivedPush::id).distinct()).hasSize(1);
    }

    @Test
    void silentPushShowsNothing() {
        // When
        PushResult result = send(Pushes.silent(device(provider.name(), token)));

        // Then
        if (hasSilentPushes()) {
            assertThat(result).isInstanceOf(Accepted.class);
            assertThat(received().title()).isNull();
            assertThat(received().body()).isNull();
            assertThat(received().data()).isEqualTo("order 7");
        } else {
            assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.tokenInvalidAt())
                    .isNull());
            assertThat(fake.received()).isEmpty();
        }
    }

    @Test
    void tokenOfAnAppThatIsGoneIsInvalidFromAKnownMoment() {
        // Given
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        fake.invalidate(token);

        // When
        PushResult result = send(pushToPhone());

        // Then
        assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.tokenInvalidAt())
                .isBetween(before, Instant.now()));
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void serverErrorPasses() {
        // Given
        fake.fail(serverError(), 1);

        // When
        PushResult during = send(pushToPhone());
        PushResult after = send(pushToPhone());

        // Then
        assertThat(during).isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.scope())
                .isEqualTo(scopeOfServerErrors()));
        assertThat(after).isInstanceOf(Accepted.class);
        assertThat(fake.received()).hasSize(1);
    }

    @Test
    void providerThatHangsAndDropsIsAFailure() {
        // Given
        send(pushToPhone());
        fake.hang(true);
        CompletableFuture<PushResult> underWay = sender.send(pushToPhone()).subscribeAsCompletionStage();

        await().until(() -> fake.hanging() == 1);

        // When
        fake.hang(false);

        // Then
        assertThat(underWay.handle((result, failure) -> failure != null || isOfTheCredential(result)))
                .succeedsWithin(Duration.ofSeconds(30))
                .isEqualTo(true);
        assertThat(fake.received()).hasSize(1);
        assertThat(send(pushToPhone())).isInstanceOf(Accepted.class);
    }

    private static boolean isOfTheCredential(PushResult result) {
        return result instanceof Unavailable unavailable && unavailable.scope() == Scope.CREDENTIAL;
    }

    @Test
    void manyPushesAtOnceReachEachItsDevice() {
        // Given
        List<String> tokens =
                IntStream.range(0, 40).mapToObj(i -> fake.newToken()).toList();

        // When
        List<PushResult> results = answer(Uni.join()
                .all(tokens.stream()
                        .map(each -> sender.send(push(device(provider.name(), each))))
                        .toList())
                .andFailFast());

        // Then
        assertThat(results).hasSize(40).allMatch(Accepted.class::isInstance);
        assertThat(fake.received().stream().map(ReceivedPush::token)).containsExactlyInAnyOrderElementsOf(tokens);
    }

    @Test
    void missingSettingIsNamedAndNoValueIs() {
        for (String setting : requiredSettings()) {
            // When, then
            assertThatThrownBy(() -> provider.open(credential(fake, setting, null)))
                    .isInstanceOf(InvalidCredentialException.class)
                    .hasMessageContaining(setting)
                    .satisfies(failure -> assertThat(fake.credential().values())
                            .noneMatch(value ->
                                    value.length() > 4 && failure.getMessage().contains(value)));
        }
    }

    @Test
    void blankSettingIsAsGoodAsNone() {
        for (String setting : requiredSettings()) {
            // When, then
            assertThatThrownBy(() -> provider.open(credential(fake, setting, "  ")))
                    .isInstanceOf(InvalidCredentialException.class)
                    .hasMessageContaining(setting);
        }
    }
}
