package dev.fanfare.delivery.edge;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which address a request comes from. The peer's, unless the peer is a trusted proxy: then the last address in the
 * proxy's header that is no trusted proxy itself. What stands further to the left was written by that client and proves
 * nothing.
 */
final class ClientAddress {

    private static final String KEY = "fanfare.edge.trusted-proxies";

    private final List<IpSubnetFilterRule> trusted;
    private final ForwardedHeader header;

    /** @throws ConfigurationException if an entry is neither an address nor a CIDR */
    ClientAddress(List<String> trustedProxies, ForwardedHeader header) {
        this.trusted = trustedProxies.stream().map(ClientAddress::rule).toList();
        this.header = header;
    }

    /** @param peer the other end of the connection, or who it speaks for by the PROXY protocol */
    InetAddress of(InetAddress peer, HttpHeaders headers) {
        if (!isTrusted(peer)) {
            return peer;
        }
        String[] hops = String.join(",", headers.getAll(header.headerName())).split(",");
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress hop = withoutPort(header.addressIn(hops[i]).strip());
            if (hop == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(rule -> rule.matches(socket));
    }

    /** Of {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code 2001:db8::1} or {@code [2001:db8::1]:4711}. */
    private static InetAddress withoutPort(String text) {
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            return parse(text.substring(1, bracket));
        }
        int colon = text.indexOf(':');
        return parse(colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text);
    }

    /** Null if the text is no address. Asks no name server. */
    static InetAddress parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            // An IPv4 address in IPv6 form becomes one in its own.
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static IpSubnetFilterRule rule(String entry) {
        String[] parts = entry.strip().split("/", 2);
        InetAddress address = parse(parts[0]);
        try {
            int bits = address == null ? 0 : address.getAddress().length * Byte.SIZE;
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (address != null && prefix >= 0 && prefix <= bits) {
                return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
            }
        } catch (NumberFormatException e) {
            // The answer is the same.
        }
        throw new ConfigurationException(
                KEY + ": \"" + entry + "\" is neither an address nor a CIDR such as 10.0.0.0/8 or 2001:db8::/32");
    }
}
