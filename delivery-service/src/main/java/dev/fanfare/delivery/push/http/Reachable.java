package dev.fanfare.delivery.push.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be called where somebody else has named the server, a webhook or a browser's push service: public
 * ones, and those that are allowed besides. Otherwise they could have us call what only we can reach.
 *
 * @param loopback this machine
 * @param privateNetworks: RFC 1918, carrier-grade NAT (RFC 6598), unique local addresses (RFC 4193)
 */
public record Reachable(boolean loopback, boolean privateNetworks) {

    /** What is nobody's public address, of IANA's special-purpose registries; private and loopback are asked before. */
    private static final List<Range> NEVER = List.of(
            Range.of("0.0.0.0", 8),
            Range.of("169.254.0.0", 16),
            Range.of("192.0.0.0", 24),
            Range.of("192.0.2.0", 24),
            Range.of("192.88.99.0", 24),
            Range.of("198.18.0.0", 15),
            Range.of("198.51.100.0", 24),
            Range.of("203.0.113.0", 24),
            Range.of("224.0.0.0", 3),
            // Of IPv6 only 2000::/3 is global unicast.
            Range.of("::", 3),
            Range.of("4000::", 2),
            Range.of("8000::", 1),
            Range.of("2001::", 23),
            Range.of("2001:db8::", 32),
            Range.of("2002::", 16),
            Range.of("3fff::", 20));

    private static final List<Range> LOOPBACK = List.of(Range.of("127.0.0.0", 8), Range.of("::1", 128));
    private static final List<Range> PRIVATE = List.of(
            Range.of("10.0.0.0", 8),
            Range.of("172.16.0.0", 12),
            Range.of("192.168.0.0", 16),
            Range.of("100.64.0.0", 10),
            Range.of("fc00::", 7));

    /** Whether this address may be called. */
    public boolean allows(InetAddress address) {
        if (contains(LOOPBACK, address)) {
            return loopback;
        }
        if (contains(PRIVATE, address)) {
            return privateNetworks;
        }
        return !contains(NEVER, address);
    }

    /** Whether this host of a URL is this machine, whatever a resolver says. */
    public static boolean isNameOfLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || literal(host).filter(address -> contains(LOOPBACK, address)).isPresent();
    }

    /** The address, if this host of a URL is one; never asks a resolver. */
    public static Optional<InetAddress> literal(String host) {
        boolean v4 = host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
        boolean v6 = host.startsWith("[") && host.endsWith("]");
        try {
            return v4 || v6 ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean contains(List<Range> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address.getAddress()));
    }

    /** A network: those whose first bits are these. */
    private record Range(byte[] network, int bits) {

        static Range of(String network, int bits) {
            try {
                return new Range(InetAddress.getByName(network).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(network, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
