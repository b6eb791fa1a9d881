package dev.fanfare.delivery.push.webpush;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Whether an address is one of the Internet's. A subscription names a server that we are to call, and clients write
 * subscriptions: without this question they could have us call what only we can reach. A pure function.
 */
final class PublicAddress {

    private PublicAddress() {}

    static boolean test(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (address instanceof Inet4Address
                        ? !isSpecial4(address.getAddress())
                        : !isSpecial6((Inet6Address) address));
    }

    /** What the IANA registry of special IPv4 addresses has beyond what the JDK knows. */
    private static boolean isSpecial4(byte[] address) {
        int a = address[0] & 0xff;
        int b = address[1] & 0xff;
        int c = address[2] & 0xff;
        return a == 0
                || a >= 240
                || a == 100 && b >= 64 && b < 128
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113;
    }

    /** Only global unicast (2000::/3), without what translates to IPv4 (6to4, Teredo) and documentation. */
    private static boolean isSpecial6(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return (first & 0xe000) != 0x2000
                || first == 0x2002
                || first == 0x2001 && (second < 0x200 || second == 0xdb8)
                || first == 0x3fff;
    }
}
