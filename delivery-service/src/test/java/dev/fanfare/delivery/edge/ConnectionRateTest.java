package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionRateTest {

    private static final InetAddress CLIENT = ClientAddress.parse("203.0.113.9");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final ConnectionRate rate = new ConnectionRate(2, 4, clock::get);

    @Test
    void aBurstIsLetThroughAndThenTheRate() {
        assertThat(admitted(CLIENT, 10)).isEqualTo(4);
        assertThat(rate.secondsToWait(CLIENT)).isEqualTo(1);

        pass(Duration.ofMillis(500));
        assertThat(admitted(CLIENT, 10)).isEqualTo(1);

        pass(Duration.ofSeconds(10));
        assertThat(admitted(CLIENT, 10)).isEqualTo(4);
    }

    @Test
    void whoIsRefusedLosesNothingByAskingAgain() {
        // Given
        admitted(CLIENT, 1000);

        // When
        pass(Duration.ofSeconds(1));

        // Then
        assertThat(admitted(CLIENT, 10)).isEqualTo(2);
    }

    @Test
    void addressesDoNotCountForEachOther() {
        admitted(CLIENT, 10);
        assertThat(rate.secondsToWait(ClientAddress.parse("203.0.113.10"))).isZero();
    }

    @Test
    void anIpv6AddressCountsByIts64() {
        admitted(ClientAddress.parse("2001:db8:0:1::1"), 10);
        assertThat(rate.secondsToWait(ClientAddress.parse("2001:db8:0:1:ffff::2")))
                .isPositive();
        assertThat(rate.secondsToWait(ClientAddress.parse("2001:db8:0:2::1"))).isZero();
    }

    @Test
    void aLowRateIsAskedBackLater() {
        ConnectionRate slow = new ConnectionRate(0.1, 1, clock::get);
        assertThat(slow.secondsToWait(CLIENT)).isZero();
        assertThat(slow.secondsToWait(CLIENT)).isEqualTo(10);
        pass(Duration.ofMillis(8_500));
        assertThat(slow.secondsToWait(CLIENT)).isEqualTo(2);
    }

    private int admitted(InetAddress address, int attempts) {
        return (int) IntStream.range(0, attempts)
                .filter(attempt -> rate.secondsToWait(address) == 0)
                .count();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
