package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.BackEnd.Answer;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One app's flood ends at its quota; what is over it is refused whole, and what is off says so. */
@EndToEnd
class QuotaIT {

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
    void sixtyBroadcastsAMinuteAndNotOneMore() {
        // Given
        AppClient tom = app.javaDevice("tom");
        List<String> texts =
                IntStream.range(0, 60).mapToObj(i -> "broadcast " + i).toList();
        texts.forEach(text ->
                assertThat(app.backEnd().broadcast("announcer", text).code()).isEqualTo(200));

        // When
        Answer answer = app.backEnd().broadcast("announcer", "one more");

        // Then
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo(1008);
        tom.awaitContents(texts.stream().map(BackEnd::content).toArray(String[]::new));
    }

    @Test
    void aSystemMessageCostsItsRecipients() throws Exception {
        // Given
        app.change(Map.of("limits", Map.of("message/system/publish", 3)));

        // When
        Answer answer = app.backEnd()
                .system(
                        Form.of("toUserId", "a")
                                .and("toUserId", "b")
                                .and("toUserId", "c")
                                .and("toUserId", "d"),
                        "system",
                        "to four");

        // Then
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo(1008);
    }

    @Test
    void aFeatureThatIsSwitchedOffSaysSo() throws Exception {
        // Given
        app.change(Map.of("switchedOff", List.of("broadcast")));

        // When
        Answer answer = app.backEnd().broadcast("announcer", "nobody hears this");

        // Then
        assertThat(answer.code()).isEqualTo(1009);
    }
}
