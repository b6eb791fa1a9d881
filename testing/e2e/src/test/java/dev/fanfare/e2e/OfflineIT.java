package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.PushProviders;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.client.CuttingProxy;
import dev.fanfare.e2e.client.JavaClient;
import dev.fanfare.e2e.client.JsClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is away gets a push, and finds the message in the app later; once, on each device. */
@EndToEnd
class OfflineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than one page of an inbox. */
    private static final int MANY = 250;

    private final String phone = "phone-" + UUID.randomUUID();
    private final String tablet = "tablet-" + UUID.randomUUID();
    private final List<AppClient> clients = new ArrayList<>();
    private TestApp app;
    private PushProviders providers;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product).withPushes("apns", "fcm");
        providers = new PushProviders(product);
    }

    @AfterEach
    void closeApp() {
        clients.forEach(AppClient::close);
        app.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsAwayGetsAPushAndFindsTheMessageInTheApp(boolean js, Product product) {
        // Given
        String token = app.install("tom", phone, "apns");

        // When
        String uid = send("tom", "hello");

        // Then
        awaitPushes(token, uid);
        AppClient opened = device(js, product.edge(), "tom", phone);
        opened.connect();
        opened.awaitContents(BackEnd.content("hello"));
        assertThat(opened.received().get(0).messageUid()).isEqualTo(uid);
    }

    @Test
    void ledgerTellsWhatBecameOfAMessage(Product product) {
        // Given
        String token = app.install("tom", phone, "apns");
        AppClient tabletClient = device(false, product.edge(), "tom", tablet);
        tabletClient.connect();
        tabletClient.awaitConnected();

        // When
        String uid = send("tom", "hello");

        // Then
        awaitPushes(token, uid);
        tabletClient.awaitContents(BackEnd.content("hello"));
        awaitOutcomes(uid, 1, 1);
        device(true, product.edge(), "tom", phone).connect();
        awaitOutcomes(uid, 2, 1);
        assertThat(app.backEnd().get("/fanfare/v1/messages/5FGT-7VA9-G4DD-4V5P").code())
                .isEqualTo(404);
    }

    @Test
    void whoDoesNotWantToBeDisturbedGetsNoPushUntilThatIsTakenBack() {
        // Given
        String token = app.install("tom", phone, "fcm");
        LocalTime start = LocalTime.now(ZoneOffset.UTC).minusHours(12).truncatedTo(ChronoUnit.SECONDS);

        // When
        set(quietTime(start, 1439));
        String quiet = send("tom", "quiet");

        // Then
        awaitDropped(quiet);
        set(quietTime(start, 60));
        String loud = send("tom", "loud");
        awaitPushes(token, loud);
        assertThat(app.backEnd()
                        .post("/user/blockPushPeriod/delete.json", Form.of("userId", "tom"))
                        .code())
                .isEqualTo(200);
        assertThat(app.backEnd()
                        .post("/user/blockPushPeriod/get.json", Form.of("userId", "tom"))
                        .body()
                        .get("data"))
                .isEmpty();
    }

    @Test
    void aConnectionWhoseCableIsCutIsNoticedAndItsDeviceGetsAPush(Product product) {
        // Given
        String phoneToken = app.install("tom", phone, "apns");
        String tabletToken = app.install("tom", tablet, "fcm");
        AppClient tabletClient = device(false, product.edge(), "tom", tablet);
        tabletClient.connect();
        tabletClient.awaitConnected();
        try (CuttingProxy network = new CuttingProxy(product.edge())) {
            AppClient phoneClient = device(true, network.uri(), "tom", phone);
            phoneClient.connect();
            phoneClient.awaitConnected();
            String first = send("tom", "first");
            phoneClient.awaitContents(BackEnd.content("first"));

            // When
            network.cutCable();
            String second = send("tom", "second");

            // Then
            awaitPushes(phoneToken, second);
            tabletClient.awaitContents(BackEnd.content("first"), BackEnd.content("second"));
            assertThat(phoneClient.contents()).containsExactly(BackEnd.content("first"));
            network.mend();
            phoneClient.disconnect();
            phoneClient.connect();
            phoneClient.awaitContents(BackEnd.content("first"), BackEnd.content("second"));
            assertThat(providers.pushedTo(tabletToken)).isEmpty();
            assertThat(providers.pushedTo(phoneToken)).containsExactly(second).doesNotContain(first);
        }
    }

    @Test
    void whatADeviceHasConfirmedItIsNotToldAgainAlthoughItForgot(Product product) {
        // Given
        AppClient before = device(true, product.edge(), "tom", phone);
        before.connect();
        before.awaitConnected();
        send("tom", "first");
        before.awaitContents(BackEnd.content("first"));
        before.close();
        send("tom", "second");

        // When
        AppClient after = device(false, product.edge(), "tom", phone);
        after.connect();

        // Then
        after.awaitContents(BackEnd.content("second"));
        AppClient newDevice = device(false, product.edge(), "tom", tablet);
        newDevice.connect();
        newDevice.awaitContents(BackEnd.content("first"), BackEnd.content("second"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWasAwayForLongHearsEverythingOnceAndInOrder(boolean js, Product product) {
        // Given
        String[] contents = new String[MANY];
        for (int i = 0; i < MANY; i++) {
            send("tom", "message " + i);
            contents[i] = BackEnd.content("message " + i);
        }
        AppClient opened = device(js, product.edge(), "tom", phone);

        // When
        opened.connect();

        // Then
        opened.awaitContents(contents);
        send("tom", "and another");
        opened.awaitContent(BackEnd.content("and another"));
        assertThat(opened.received()).hasSize(MANY + 1);
    }

    private String send(String user, String text) {
        BackEnd.Answer answer = app.backEnd().system(Form.of("toUserId", user).and("pushContent", text), "news", text);
        assertThat(answer.code()).isEqualTo(200);
        return answer.messageUid("userId", user);
    }

    private void set(Form quietTime) {
        assertThat(app.backEnd()
                        .post("/user/blockPushPeriod/set.json", quietTime)
                        .code())
                .isEqualTo(200);
    }

    private static Form quietTime(LocalTime start, int minutes) {
        return Form.of("userId", "tom")
                .and("startTime", start.format(DateTimeFormatter.ofPattern("HH:mm:ss")))
                .and("period", minutes);
    }

    private void awaitOutcomes(String uid, int delivered, int pushed) {
        await("the ledger").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode ledger = app.backEnd().get("/fanfare/v1/messages/" + uid).body();
            assertThat(ledger.at("/users/stored").asInt()).isEqualTo(1);
            assertThat(ledger.at("/devices/delivered").asInt()).isEqualTo(delivered);
            assertThat(ledger.at("/devices/pushed").asInt()).isEqualTo(pushed);
        });
    }

    private void awaitDropped(String uid) {
        await("the ledger").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode ledger = app.backEnd().get("/fanfare/v1/messages/" + uid).body();
            assertThat(ledger.at("/devices/dropped").asInt()).isEqualTo(1);
            assertThat(ledger.at("/recipients/0/devices/0/reason").asText())
                    .isEqualTo("the user does not want to be disturbed now");
        });
    }

    private void awaitPushes(String token, String... uids) {
        await("pushes").atMost(PATIENCE).untilAsserted(() -> assertThat(providers.pushedTo(token))
                .containsExactly(uids));
    }

    private AppClient device(boolean js, URI edge, String user, String deviceId) {
        String token = app.token(user);
        AppClient client =
                js ? new JsClient(edge, token, deviceId, "websocket") : new JavaClient(edge, token, deviceId);
        clients.add(client);
        return client;
    }
}
