package dev.fanfare.delivery.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {

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
