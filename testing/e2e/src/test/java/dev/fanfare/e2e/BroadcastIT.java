package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.BackEnd.Answer;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.client.AppClient.Publication;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import io.rong.messages.TxtMessage;
import io.rong.models.message.BroadcastMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everybody who is online now or within ten minutes gets it, once. */
@EndToEnd
class BroadcastIT {

    private static final String SENDER = "announcer";

    private TestApp app;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product);
    }

    @AfterEach
    void closeApp() {
        app.close();
    }

    @Test
    void reachesEveryDeviceOfEveryOnlineUserWithTheSameData() {
        // Given
        List<AppClient> devices =
                List.of(app.jsDevice("tom"), app.javaDevice("tom"), app.javaDevice("jerry"), app.jsDevice("rose"));

        // When
        Answer answer = app.backEnd().broadcast(SENDER, "hello \"all\" 日本");

        // Then
        assertThat(answer.code()).isEqualTo(200);
        devices.forEach(device -> device.awaitContents(BackEnd.content("hello \"all\" 日本")));
        assertThat(devices.stream().flatMap(device -> device.received().stream()))
                .allSatisfy(publication -> assertThat(publication.channel()).isEqualTo("broadcast"))
                .extracting(Publication::data)
                .containsOnly(devices.get(0).received().get(0).data());
        ClientMessage message = devices.get(0).received().get(0).message();
        assertThat(message)
                .isEqualTo(new ClientMessage(
                        answer.messageUid(),
                        ConversationType.SYSTEM,
                        SENDER,
                        SENDER,
                        "RC:TxtMsg",
                        BackEnd.content("hello \"all\" 日本"),
                        message.sentTime(),
                        null));
    }

    @Test
    void isSentWithTheVendorsSdk() throws Exception {
        // Given
        AppClient tom = app.javaDevice("tom");
        TxtMessage text = new TxtMessage("hello", "helloExtra");

        // When
        var result = app.sdk()
                .message
                .system
                .onlineBroadcast(new BroadcastMessage()
                        .setSenderId(SENDER)
                        .setObjectName(text.getType())
                        .setContent(text));

        // Then
        assertThat(result.getCode()).isEqualTo(200);
        tom.awaitContents("{\"content\":\"hello\",\"extra\":\"helloExtra\"}");
    }

    @Test
    void staysInsideItsApp(Product product) throws Exception {
        try (TestApp other = TestApp.create(product)) {
            // Given
            AppClient stranger = other.jsDevice("tom");
            AppClient tom = app.jsDevice("tom");

            // When
            app.backEnd().broadcast(SENDER, "ours");

            // Then
            tom.awaitContents(BackEnd.content("ours"));
            other.backEnd().broadcast(SENDER, "theirs");
            stranger.awaitContents(BackEnd.content("theirs"));
        }
    }

    @Test
    void reachesALatecomerWithinTheWindowInOrder() {
        // Given
        AppClient witness = app.javaDevice("witness");
        app.backEnd().broadcast(SENDER, "first");
        app.backEnd().broadcast(SENDER, "second");
        witness.awaitContents(BackEnd.content("first"), BackEnd.content("second"));

        // When
        List<AppClient> latecomers = List.of(app.jsDevice("late"), app.javaDevice("late"));

        // Then
        latecomers.forEach(late -> late.awaitContents(BackEnd.content("first"), BackEnd.content("second")));
        app.backEnd().broadcast(SENDER, "third");
        latecomers.forEach(late ->
                late.awaitContents(BackEnd.content("first"), BackEnd.content("second"), BackEnd.content("third")));
    }

    @Test
    void isNeitherLostNorRepeatedWhenADeviceComesBack() {
        // Given
        List<AppClient> devices = List.of(app.jsDevice("tom"), app.javaDevice("tom"));
        app.backEnd().broadcast(SENDER, "before");
        devices.forEach(device -> device.awaitContents(BackEnd.content("before")));
        devices.forEach(AppClient::disconnect);
        devices.forEach(AppClient::awaitDisconnected);
        AppClient witness = app.javaDevice("witness");
        app.backEnd().broadcast(SENDER, "meanwhile");
        witness.awaitContent(BackEnd.content("meanwhile"));

        // When
        devices.forEach(AppClient::connect);
        devices.forEach(AppClient::awaitConnected);

        // Then
        app.backEnd().broadcast(SENDER, "after");
        String[] expected =
                Stream.of("before", "meanwhile", "after").map(BackEnd::content).toArray(String[]::new);
        devices.forEach(device -> device.awaitContents(expected));
    }
}
