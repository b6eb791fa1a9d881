package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // type | content | pushContent | contentAvailable | pushed
                "RC:TxtMsg | {\"content\":\"hi\"} | | | true",
                "RC:TxtMsg | {\"content\":\"\"} | | | false",
                "RC:TxtMsg | no JSON | | | false",
                "RC:TxtMsg | {\"content\":\"\"} | hi | | true",
                "RC:TxtMsg | {\"content\":\"\"} | ' ' | | false",
                "RC:TxtMsg | {\"mentionedInfo\":{\"mentionedContent\":\"hi\"}} | | | true",
                "RC:ImgMsg | {} | | | true",
                "RC:InfoNtf | {\"message\":\"m\"} | | | false",
                "RC:InfoNtf | {\"message\":\"m\"} | hi | | true",
                "RC:CmdMsg | {} | | 1 | true",
                "app:order | {\"content\":\"hi\"} | | | false",
                "app:order | {\"content\":\"hi\"} | hi | | true",
                "app:order | {} | | 0 | false",
                "app:order | {} | | 1 | true",
                "RC:TypSts | {\"content\":\"hi\"} | hi | 1 | false",
                "RC:InterceptMsg | {} | hi | | false",
                "RC:RL | {} | hi | | false"
            })
    void isPushedIfThereIsSomethingToPush(
            String type, String content, String pushContent, Integer contentAvailable, boolean pushed) {
        // Given
        DirectDelivery delivery =
                delivery(type, content, new PushNotification(null, pushContent, null, null, contentAvailable));

        // Then
        assertThat(PushRule.hasPush(delivery)).isEqualTo(pushed);
    }

    @Test
    void theSenderCanRuleItOut() {
        assertThat(PushRule.hasPush(delivery("RC:TxtMsg", "{\"content\":\"hi\"}", null)))
                .isFalse();
    }

    private static DirectDelivery delivery(String type, String content, PushNotification push) {
        return new DirectDelivery(
                "app",
                DeliveryPolicy.ONLINE_ELSE_PUSH,
                List.of("u1"),
                new ClientMessage("uid", ConversationType.SYSTEM, "s", "s", type, content, 1, null),
                push);
    }
}
