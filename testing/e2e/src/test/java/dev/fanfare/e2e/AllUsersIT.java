package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.PushProviders;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import io.rong.RongCloud;
import io.rong.messages.TxtMessage;
import io.rong.models.message.BroadcastMessage;
import io.rong.models.message.RecallMessage;
import io.rong.models.push.Audience;
import io.rong.models.push.Notification;
import io.rong.models.push.PushModel;
import io.rong.models.response.PushResult;
import io.rong.models.response.ResponseResult;
import io.rong.models.user.TagModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One call to every user of an app: online, by a push, and in the app days later. With the vendor's SDK. */
@EndToEnd
class AllUsersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** As the SDK writes it. */
    private static final String CONTENT = new TxtMessage("hello all", "").toString();

    private final String phone = "phone-" + UUID.randomUUID();
    private TestApp app;
    private RongCloud sdk;
    private PushProviders providers;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product).withPushes("apns", "fcm");
        sdk = app.sdk();
        providers = new PushProviders(product);
    }

    @AfterEach
    void closeApp() {
        app.close();
    }

    @Test
    void aBroadcastReachesWhoIsHereAndPushesToWhoIsAwayAndIsFoundLater() throws Exception {
        // Given
        AppClient tom = app.javaDevice("tom");
        AppClient eve = app.jsDevice("eve");
        app.token("ann");
        String token = app.install("ann", phone, "apns");

        // When
        ResponseResult answer = sdk.message.system.broadcast(new BroadcastMessage()
                .setSenderId("news")
                .setObjectName("RC:TxtMsg")
                .setContent(new TxtMessage("hello all", ""))
                .setPushContent("hello all"));

        // Then
        assertThat(answer.getCode()).isEqualTo(200);
        String uid = tom.awaitContent(CONTENT).messageUid();
        eve.awaitContents(CONTENT);
        awaitPushes(token, uid);
        AppClient ann = app.phone("ann", phone);
        ann.connect();
        ann.awaitContents(CONTENT);
        assertThat(ann.received().get(0).messageUid()).isEqualTo(uid);
        ann.disconnect();
        ann.connect();
        ann.awaitConnected();
        AppClient late = app.jsDevice("registered-later");
        late.awaitContents(CONTENT);
        assertThat(ann.contents()).containsExactly(CONTENT);
        assertThat(providers.pushedTo(token)).containsExactly(uid);
    }

    @Test
    void theOperatingSystemChoosesWhoseDevicesAreTold() throws Exception {
        // Given
        app.token("ann");
        app.token("bob");
        String ios = app.install("ann", phone, "apns");
        String android = app.install("bob", phone + "-b", "fcm");

        // When
        String uid = broadcast("for androids", Form.of("os", "Android"));

        // Then
        awaitPushes(android, uid);
        assertThat(providers.pushedTo(ios)).isEmpty();
    }

    @Test
    void aRecalledBroadcastIsNotFoundAnyMoreAndClientsAreTold() throws Exception {
        // Given
        AppClient tom = app.javaDevice("tom");
        String uid = broadcast("by mistake", Form.of("contentAvailable", "0"));
        tom.awaitContents(text("by mistake"));

        // When
        sdk.message.system.recallBroadcast(new RecallMessage()
                .setSenderId("news")
                .setTargetId("news")
                .setuId(uid)
                .setSentTime(Long.toString(System.currentTimeMillis())));

        // Then
        await("recall").atMost(PATIENCE).untilAsserted(() -> assertThat(tom.received())
                .hasSize(2));
        assertThat(tom.received().get(1).message().objectName()).isEqualTo("RC:RcCmd");
        assertThat(tom.received().get(1).content()).contains(uid);
        AppClient late = app.jsDevice("late");
        await("recall").atMost(PATIENCE).untilAsserted(() -> assertThat(late.received())
                .hasSize(1));
        assertThat(late.received().get(0).message().objectName()).isEqualTo("RC:RcCmd");
    }

    @Test
    void whatSomeUsersHaveToKeepIsTakenBackFromAllOfThem() throws Exception {
        // Given
        AppClient tom = app.javaDevice("tom");
        app.token("ann");
        String token = app.install("ann", phone, "apns");
        BackEnd.Answer sent = app.backEnd()
                .postJson(
                        "/fanfare/v1/broadcasts",
                        Map.of(
                                "fromUserId",
                                "news",
                                "objectName",
                                "RC:TxtMsg",
                                "content",
                                text("by mistake"),
                                "inApp",
                                "KEPT",
                                "pushTo",
                                "OFFLINE",
                                "push",
                                Map.of("content", "by mistake"),
                                "audience",
                                Map.of("userIds", List.of("ann", "tom"))));
        assertThat(sent.code()).isEqualTo(200);
        String uid = sent.messageUid();
        tom.awaitContents(text("by mistake"));
        awaitPushes(token, uid);

        // When
        BackEnd.Answer recall = app.backEnd()
                .post(
                        "/message/broadcast/recall.json",
                        Form.of("fromUserId", "news").and("messageUID", uid));

        // Then
        assertThat(recall.code()).isEqualTo(200);
        await("recall").atMost(PATIENCE).untilAsserted(() -> assertThat(tom.received())
                .hasSize(2));
        AppClient ann = app.phone("ann", phone);
        ann.connect();
        await("recall").atMost(PATIENCE).untilAsserted(() -> assertThat(ann.received())
                .isNotEmpty());
        assertThat(ann.received()).allSatisfy(message -> {
            assertThat(message.message().objectName()).isEqualTo("RC:RcCmd");
            assertThat(message.content()).contains(uid);
        });
    }

    @Test
    void usersWithATagGetAPush() throws Exception {
        // Given
        app.token("ann");
        app.token("bob");
        String ann = app.install("ann", phone, "apns");
        String bob = app.install("bob", phone + "-b", "fcm");
        TagModel tags = new TagModel();
        tags.setUserId("ann");
        tags.setTags(new String[] {"vip"});
        sdk.user.tag.set(tags);
        assertThat(app.backEnd()
                        .post("/user/tags/get.json", Form.of("userIds", "ann").and("userIds", "bob"))
                        .body()
                        .path("result")
                        .path("ann"))
                .anyMatch(tag -> tag.asText().equals("vip"));
        PushModel push = new PushModel();
        push.setPlatform(new String[] {"ios", "android"});
        Audience audience = new Audience();
        audience.setTag(new String[] {"vip"});
        audience.setIs_to_all(false);
        push.setAudience(audience);
        Notification notification = new Notification();
        notification.setAlert("for very important persons");
        push.setNotification(notification);

        // When
        PushResult answer = sdk.push.push(push);

        // Then
        assertThat(answer.getCode()).isEqualTo(200);
        await("push").atMost(PATIENCE).untilAsserted(() -> assertThat(providers.pushedTo(ann))
                .hasSize(1));
        assertThat(providers.pushedTo(bob)).isEmpty();
    }

    @Test
    void someUsersGetAPush() {
        // Given
        app.token("ann");
        String ann = app.install("ann", phone, "apns");

        // When
        BackEnd.Answer answer = app.backEnd()
                .postJson(
                        "/push/user.json",
                        Map.of(
                                "userIds",
                                List.of("ann"),
                                "notification",
                                Map.of("title", "t", "pushContent", "hello")));

        // Then
        assertThat(answer.code()).isEqualTo(200);
        await("push").atMost(PATIENCE).untilAsserted(() -> assertThat(providers.pushedTo(ann))
                .hasSize(1));
    }

    @Test
    void aBroadcastForLaterComesAtItsTimeAndNotAtAllIfItIsCancelled() {
        // Given
        AppClient tom = app.javaDevice("tom");
        String cancelled = schedule("never", System.currentTimeMillis() + 3_600_000);

        // When
        schedule("later", System.currentTimeMillis() + 2_000);
        BackEnd.Answer cancel = app.backEnd().postJson("/fanfare/v1/broadcasts/" + cancelled + "/cancel", Map.of());

        // Then
        assertThat(cancel.code()).isEqualTo(200);
        tom.awaitContents(text("later"));
    }

    private String schedule(String text, long sendAt) {
        BackEnd.Answer answer = app.backEnd()
                .postJson(
                        "/fanfare/v1/broadcasts",
                        Map.of(
                                "fromUserId",
                                "news",
                                "objectName",
                                "RC:TxtMsg",
                                "content",
                                text(text),
                                "inApp",
                                "WINDOW",
                                "pushTo",
                                "NONE",
                                "sendAt",
                                sendAt));
        assertThat(answer.code()).isEqualTo(200);
        return answer.messageUid();
    }

    /** Without the SDK, which drops the message's id. */
    private String broadcast(String text, Form more) {
        BackEnd.Answer answer = app.backEnd()
                .post(
                        "/message/broadcast.json",
                        more.and("fromUserId", "news")
                                .and("objectName", "RC:TxtMsg")
                                .and("content", text(text))
                                .and("pushContent", text));
        assertThat(answer.code()).isEqualTo(200);
        return answer.messageUid();
    }

    private void awaitPushes(String token, String... uids) {
        await("pushes").atMost(PATIENCE).untilAsserted(() -> assertThat(providers.pushedTo(token))
                .containsExactly(uids));
    }

    private static String text(String text) {
        return BackEnd.content(text);
    }
}
