package dev.fanfare.contracts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushExtTest {

    @Test
    void eachProviderHasItsOwnConfig() {
        // When
        PushExt ext = PushExt.read(
                        """
                        {"title":" News ","templateId":"t1","forceShowPushContent":1,"pushConfigs":[
                          {"HW":{"channelId":"h","importance":"NORMAL"}},
                          {"APNs":{"thread-id":"1","apns-collapse-id":"2"}},
                          {"VIVO":{"classification":"0"}}]}""")
                .orElseThrow();

        // Then
        assertThat(ext.title()).isEqualTo("News");
        assertThat(ext.configOf("HW")).isEqualTo(Map.of("channelId", "h", "importance", "NORMAL"));
        assertThat(ext.configOf("APNs")).isEqualTo(Map.of("thread-id", "1", "apns-collapse-id", "2"));
        assertThat(ext.configOf("VIVO")).isEqualTo(Map.of("classification", "0"));
        assertThat(ext.configOf("MI")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pushConfigs\":{\"FCM\":{\"channelId\":\"7\"}}}",
                "{\"pushConfigs\":[{\"fcm\":{\"channelId\":7}}]}",
                "{\"pushConfigs\":[{\"MI\":{},\"FCM\":{\"channelId\":\"7\"}}]}",
                "{\"pushConfigs\":[null,1,\"FCM\",{\"FCM\":null},{\"FCM\":{\"channelId\":\"7\",\"x\":null,\"y\":{}}}]}",
                "{\"title\":null,\"pushConfigs\":[{\"FCM\":{\"channelId\":\"7\"}}]}"
            })
    void isReadLeniently(String json) {
        // When
        PushExt ext = PushExt.read(json).orElseThrow();

        // Then
        assertThat(ext.title()).isNull();
        assertThat(ext.configOf("FCM")).isEqualTo(Map.of("channelId", "7"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "{}", "{\"title\":\"\",\"pushConfigs\":null}"})
    void nothingIsAskedFor(String json) {
        assertThat(PushExt.read(json)).contains(new PushExt(null, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "x", "7", "null", "[]", "\"{}\"", "{} {}", "{\"title\":{}}", "{\"pushConfigs\":1}"})
    void isNoPushExt(String json) {
        assertThat(PushExt.read(json)).isEmpty();
    }
}
