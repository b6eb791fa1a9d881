package dev.fanfare.delivery.push.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableTest {

    private static final Reachable NOTHING_BESIDES = new Reachable(false, false);
    private static final Reachable ALL_THAT_CAN_BE = new Reachable(true, true);

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void publicAddresses(String address) throws Exception {
        // When, then
        assertThat(NOTHING_BESIDES.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "fc00::1",
                "fdff::1",
                "::ffff:192.168.1.1"
            })
    void privateAddresses(String address) throws Exception {
        // When, then
        assertThat(NOTHING_BESIDES.allows(InetAddress.getByName(address))).isFalse();
        assertThat(new Reachable(true, false).allows(InetAddress.getByName(address)))
                .isFalse();
        assertThat(new Reachable(false, true).allows(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"})
    void thisMachine(String address) throws Exception {
        // When, then
        assertThat(NOTHING_BESIDES.allows(InetAddress.getByName(address))).isFalse();
        assertThat(new Reachable(false, true).allows(InetAddress.getByName(address)))
                .isFalse();
        assertThat(new Reachable(true, false).allows(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "169.254.169.254",
                "192.0.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:a00:1::",
                "2001::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void neverAReceivers(String address) throws Exception {
        // When, then
        assertThat(ALL_THAT_CAN_BE.allows(InetAddress.getByName(address))).isFalse();
    }

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
        assertThat(NOTHING_BESIDES.allows(InetAddress.getByName(address))).isFalse();
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
        assertThat(NOTHING_BESIDES.allows(InetAddress.getByName(address))).isTrue();
    }
}
