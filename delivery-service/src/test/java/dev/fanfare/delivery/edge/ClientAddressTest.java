package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final List<String> PROXIES = List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 203.0.113.9                       | 198.51.100.1", // the peer is no proxy of ours
                "10.0.0.1     |                                   | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9                       | 203.0.113.9",
                "10.0.0.1     | 203.0.113.9:4711                  | 203.0.113.9",
                "10.0.0.1     | 1.1.1.1, 203.0.113.9              | 203.0.113.9", // the client wrote 1.1.1.1
                "10.0.0.1     | 203.0.113.9, 10.1.1.1 ,192.0.2.7  | 203.0.113.9",
                "10.0.0.1     | 10.2.2.2, 10.1.1.1                | 10.2.2.2",
                "10.0.0.1     | unknown                           | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9, unknown              | 10.0.0.1",
                "10.0.0.1     | example.org                       | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9,                      | 203.0.113.9",
                "10.0.0.1     | [2001:db8:2::1]:4711              | 2001:db8:2:0:0:0:0:1",
                "10.0.0.1     | 2001:db8:2::1                     | 2001:db8:2:0:0:0:0:1",
                "10.0.0.1     | ::ffff:203.0.113.9                | 203.0.113.9",
                "2001:db8:1::9| 203.0.113.9                       | 203.0.113.9",
            })
    void theLastAddressThatIsNoTrustedProxyIsTheClient(String peer, String forwardedFor, String client) {
        // Given
        HttpHeaders headers = new DefaultHttpHeaders();
        if (forwardedFor != null) {
            headers.set("X-Forwarded-For", forwardedFor);
        }

        // When, Then
        assertThat(new ClientAddress(PROXIES, ForwardedHeader.X_FORWARDED_FOR)
                        .of(ClientAddress.parse(peer), headers)
                        .getHostAddress())
                .isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("X-Forwarded-For", "1.1.1.1, 203.0.113.9")
                .add("X-Forwarded-For", "10.1.1.1");
        assertThat(new ClientAddress(PROXIES, ForwardedHeader.X_FORWARDED_FOR)
                        .of(ClientAddress.parse("10.0.0.1"), headers)
                        .getHostAddress())
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9;proto=https;by=10.0.0.1           | 203.0.113.9",
                "proto=https;For=\"203.0.113.9:4711\"              | 203.0.113.9",
                "for=\"[2001:db8:2::1]:4711\"                      | 2001:db8:2:0:0:0:0:1",
                "for=\", for=203.0.113.9                           | 203.0.113.9", // a client that tries to hide the
                // rest
                "for=203.0.113.9, for=_hidden                      | 10.0.0.1",
                "proto=https                                       | 10.0.0.1",
            })
    void theStandardHeaderIsReadToo(String forwarded, String client) {
        // Given: a header that the proxy did not write
        HttpHeaders headers =
                new DefaultHttpHeaders().set("Forwarded", forwarded).set("X-Forwarded-For", "1.1.1.1");

        // When, Then
        assertThat(new ClientAddress(PROXIES, ForwardedHeader.FORWARDED)
                        .of(ClientAddress.parse("10.0.0.1"), headers)
                        .getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "", "/8"})
    void whatIsNoNetworkIsRefusedAtTheStart(String entry) {
        assertThatThrownBy(() -> new ClientAddress(List.of(entry), ForwardedHeader.FORWARDED))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fanfare.edge.trusted-proxies")
                .hasMessageContaining("\"" + entry + "\"");
    }
}
