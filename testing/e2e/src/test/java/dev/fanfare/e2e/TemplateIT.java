package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.e2e.backend.BackEnd.Answer;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import dev.fanfare.testkit.infra.TestKafka;
import io.rong.models.message.TemplateMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One call, a text of their own for each; a push notification for those who are away. */
@EndToEnd
class TemplateIT {

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
    void givesEachUserTheirNameWithTheVendorsSdk() throws Exception {
        // Given
        AppClient tom = app.javaDevice("21");
        AppClient jerry = app.jsDevice("22");
        AppClient rose = app.javaDevice("23");
        TemplateMessage message = new TemplateMessage();
        message.setSenderId("fromuser");
        message.setObjectName("RC:TxtMsg");
        message.setTemplate(Map.of("content", "{c}{d}"));
        Map<String, TemplateMessage.Data> users = new LinkedHashMap<>();
        users.put("21", values(message, Map.of("{c}", "Tom", "{d}", ":2")));
        users.put("22", values(message, Map.of("{c}", "Jerry", "{d}", ":5")));
        users.put("23", values(message, Map.of("{c}", "Rose", "{d}", ":10")));
        message.setContent(users);

        // When
        var result = app.sdk().message.system.sendTemplate(message);

        // Then
        assertThat(result.getCode()).isEqualTo(200);
        tom.awaitContents("{\"content\":\"Tom:2\"}");
        jerry.awaitContents("{\"content\":\"Jerry:5\"}");
        rose.awaitContents("{\"content\":\"Rose:10\"}");
        assertThat(tom.received().get(0).channel()).isEqualTo("#21");
    }

    @Test
    void isNotBrokenByAQuoteInAName() throws Exception {
        // Given
        AppClient tom = app.jsDevice("tom");
        String name = "Tom \"the \\ cat\"\n日本";

        // When
        Answer answer = send(List.of("tom"), List.of(Map.of("{c}", name)), List.of());

        // Then
        assertThat(answer.code()).isEqualTo(200);
        var received = tom.awaitContent(Json.mapper()
                .createObjectNode()
                .put("content", name)
                .put("extra", "{d}")
                .toString());
        assertThat(received.messageUid()).isEqualTo(answer.messageUid("userId", "tom"));
    }

    @Test
    void becomesAPushForAUserWhoIsOffline(Product product) throws Exception {
        // Given
        AppClient tom = app.javaDevice("tom");
        app.withPushes("fcm");
        app.install("rose", "phone", "fcm");

        // When
        Answer answer = send(
                List.of("tom", "rose"),
                List.of(Map.of("{c}", "Tom"), Map.of("{c}", "Rose")),
                List.of("hello {c}", "hello {c}"));

        // Then
        assertThat(answer.code()).isEqualTo(200);
        tom.awaitContents("{\"content\":\"Tom\",\"extra\":\"{d}\"}");
        try (TestKafka kafka = new TestKafka(product.kafkaBootstrapServers())) {
            DeliveryOutcome pushed = outcome(kafka, "rose", DeliveryOutcome.Kind.PUSHED);
            assertThat(pushed.messageUID()).isEqualTo(answer.messageUid("userId", "rose"));
            assertThat(pushed.provider()).isEqualTo("fcm");
            assertThat(outcome(kafka, "tom", DeliveryOutcome.Kind.DELIVERED).messageUID())
                    .isEqualTo(answer.messageUid("userId", "tom"));
        }
    }

    @Test
    void isAcknowledgedByADeviceThatSaysSo(Product product) {
        // Given
        AppClient tom = app.jsDevice("tom");
        Answer answer = send(List.of("tom"), List.of(Map.of("{c}", "Tom")), List.of());
        String uid = tom.awaitContent("{\"content\":\"Tom\",\"extra\":\"{d}\"}").messageUid();

        // When
        tom.acknowledge(uid);

        // Then
        assertThat(uid).isEqualTo(answer.messageUid("userId", "tom"));
        try (TestKafka kafka = new TestKafka(product.kafkaBootstrapServers())) {
            assertThat(outcome(kafka, "tom", DeliveryOutcome.Kind.DELIVERED).messageUID())
                    .isEqualTo(uid);
        }
    }

    private Answer send(List<String> users, List<Map<String, String>> values, List<String> pushContent) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("fromUserId", "fromuser");
        body.put("objectName", "RC:TxtMsg");
        body.put("content", "{\"content\":\"{c}\",\"extra\":\"{d}\"}");
        body.put("toUserId", users);
        body.put("values", values);
        if (!pushContent.isEmpty()) {
            body.put("pushContent", pushContent);
        }
        return app.backEnd().postJson("/message/system/publish_template.json", body);
    }

    private static TemplateMessage.Data values(TemplateMessage message, Map<String, String> values) {
        TemplateMessage.Data data = message.new Data();
        data.setData(values);
        return data;
    }

    private DeliveryOutcome outcome(TestKafka kafka, String user, DeliveryOutcome.Kind kind) {
        String key = RecordKey.ofUser(app.key(), user);
        return read(kafka.await(
                        Topic.DELIVERY_OUTCOME,
                        1,
                        record -> key.equals(record.key()) && read(record).outcome() == kind)
                .get(0));
    }

    private static DeliveryOutcome read(ConsumerRecord<String, byte[]> record) {
        try {
            return Json.read(record.value(), DeliveryOutcome.class);
        } catch (Json.MalformedJsonException e) {
            throw new AssertionError("an outcome that is not one", e);
        }
    }
}
