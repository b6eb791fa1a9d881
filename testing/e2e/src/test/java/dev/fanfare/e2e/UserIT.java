package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.BackEnd.Answer;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.client.AppClient.Refusal;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import io.rong.methods.user.block.Block;
import io.rong.models.BlockUsers;
import io.rong.models.Result;
import io.rong.models.response.BlockUserResult;
import io.rong.models.user.UserModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users come and go with several devices, and their tokens end when the back end says so. */
@EndToEnd
class UserIT {

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
    void getsASystemMessageOnEveryDevice() {
        // Given
        List<AppClient> devices = List.of(app.javaDevice("tom"), app.jsDevice("tom"));
        AppClient rose = app.javaDevice("rose");

        // When
        Answer answer =
                app.backEnd().system(Form.of("toUserId", "tom").and("toUserId", "rose"), "system", "the same for both");

        // Then
        assertThat(answer.code()).isEqualTo(200);
        devices.forEach(device -> assertThat(device.awaitContent(BackEnd.content("the same for both"))
                        .messageUid())
                .isEqualTo(answer.messageUid("userId", "tom")));
        assertThat(rose.awaitContent(BackEnd.content("the same for both")).messageUid())
                .isEqualTo(answer.messageUid("userId", "rose"));
    }

    @Test
    void isOnlineFromTheFirstDeviceToTheLast() throws Exception {
        // Given
        UserModel tom = new UserModel().setId("tom");
        String before = app.sdk().user.onlineStatus.check(tom).getStatus();
        AppClient phone = app.javaDevice("tom");
        AppClient browser = app.jsDevice("tom");
        String during = app.sdk().user.onlineStatus.check(tom).getStatus();
        phone.disconnect();
        phone.awaitDisconnected();
        app.backEnd().system(Form.of("toUserId", "tom"), "system", "still here");
        browser.awaitContents(BackEnd.content("still here"));
        String afterOne = app.sdk().user.onlineStatus.check(tom).getStatus();

        // When
        browser.disconnect();

        // Then
        assertThat(List.of(before, during, afterOne)).containsExactly("0", "1", "1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> app.sdk().user.onlineStatus.check(tom).getStatus().equals("0"));
    }

    @Test
    void cannotComeInWithATokenThatWasExpired() {
        // Given
        String old = app.token("tom");

        // When
        Answer answer = app.backEnd()
                .post("/user/token/expire.json", Form.of("userId", "tom").and("time", System.currentTimeMillis() + 1));

        // Then
        assertThat(answer.code()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        app.javaClient(old).tryToConnect())
                .isPresent());
        assertThat(app.jsClient(old).tryToConnect()).isPresent();
        assertThat(app.jsClient(app.token("tom")).tryToConnect()).isEmpty();
    }

    @Test
    void isKeptOutWhileBlocked() throws Exception {
        // Given
        String token = app.token("tom");
        Block block = app.sdk().user.block;

        // When
        Result blocked = block.add(new UserModel().setId("tom").setMinute(30));

        // Then
        assertThat(blocked.getCode()).isEqualTo(200);
        assertThat(((BlockUserResult) block.getList()).getUsers())
                .extracting(BlockUsers::getId)
                .containsExactly("tom");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        app.javaClient(token).tryToConnect())
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(4502)));
        assertThat(app.jsClient(app.token("tom")).tryToConnect())
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(4502));
        assertThat(block.remove("tom").getCode()).isEqualTo(200);
        assertThat(((BlockUserResult) block.getList(10, 1)).getUsers()).isEmpty();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        app.jsClient(token).tryToConnect())
                .isEmpty());
    }

    @Test
    void cannotComeInWithATokenThatIsNotOurs() {
        // Given
        String[] parts = app.token("tom").split("\\.");
        String forged = parts[0] + "." + app.token("rose").split("\\.")[1] + "." + parts[2];

        // When
        Optional<Refusal> java = app.javaClient(forged).tryToConnect();
        Optional<Refusal> js = app.jsClient(forged).tryToConnect();

        // Then
        assertThat(java)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(3500));
        assertThat(js).hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(3500));
    }

    @Test
    void aBackEndWithoutTheSecretIsRefused() {
        // When
        Answer answer = app.impostor().broadcast("announcer", "forged");

        // Then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(1004);
    }
}
