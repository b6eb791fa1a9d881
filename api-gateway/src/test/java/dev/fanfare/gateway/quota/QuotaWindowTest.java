package dev.fanfare.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaWindowTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user/info",
                "message/broadcast:hour",
                "message/broadcast:day",
                "zim/SendMessageToAllUsers:second"
            })
    void aNameIsReadAsItIsWritten(String name) {
        assertThat(QuotaWindow.of(name).map(QuotaWindow::name)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no/such", "message/broadcast", "message/broadcast:minute", "user/info:second", "push:hour"})
    void whatIsNoName(String name) {
        assertThat(QuotaWindow.of(name)).isEmpty();
    }

    /** Both are said of a window by its period alone. */
    @Test
    void periodsOfAnEndpointAndNamesOfEndpointsDiffer() {
        for (EndpointQuota quota : EndpointQuota.values()) {
            List<QuotaPeriod> periods =
                    quota.limits().stream().map(QuotaLimit::period).toList();
            assertThat(new HashSet<>(periods)).hasSameSizeAs(periods).isNotEmpty();
        }
        assertThat(Arrays.stream(EndpointQuota.values()).map(EndpointQuota::endpoint))
                .doesNotHaveDuplicates();
    }
}
