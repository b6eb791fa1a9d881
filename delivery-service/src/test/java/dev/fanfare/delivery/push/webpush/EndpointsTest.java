package dev.fanfare.delivery.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1"
            })
    void addressesThatOnlyWeReach(String address) throws Exception {
        // When, then
        assertThat(PublicAddress.test(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "2a00:1450:4001::1",
                "2001:4860::8888"
            })
    void addressesOfTheInternet(String address) throws Exception {
        // When, then
        assertThat(PublicAddress.test(InetAddress.getByName(address))).isTrue();
    }

    /** What a name stands for, and whether that may be called: by default, and where loopback is allowed. */
    @ParameterizedTest
    @CsvSource({
        "https://push.example.net/a, 8.8.8.8, true, true",
        "http://push.example.net/a, 8.8.8.8, false, false",
        "ftp://push.example.net/a, 8.8.8.8, false, false",
        "https://push.example.net/a, 10.0.0.1, false, false",
        "https://push.example.net/a, 8.8.8.8 10.0.0.1, false, false",
        "https://push.example.net/a, 127.0.0.1, false, true",
        "http://push.example.net/a, 127.0.0.1, false, true",
        "http://push.example.net/a, 127.0.0.1 10.0.0.1, false, false",
        "https://push.example.net/a, ::1, false, true"
    })
    void theRule(String endpoint, String addresses, boolean allowed, boolean allowedWithLoopback) throws Exception {
        // Given
        URI uri = URI.create(endpoint);
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses.split(" ")) {
            found.add(InetAddress.getByName(address));
        }

        // When, then
        assertThat(new Endpoints(null, false).judged(uri, found).isPresent()).isEqualTo(allowed);
        assertThat(new Endpoints(null, true).judged(uri, found).isPresent()).isEqualTo(allowedWithLoopback);
    }
}
