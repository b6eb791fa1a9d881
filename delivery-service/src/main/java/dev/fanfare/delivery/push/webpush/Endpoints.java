package dev.fanfare.delivery.push.webpush;

import dev.fanfare.delivery.push.http.Reachable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Which servers subscriptions may make us call: those with TLS and with addresses of the Internet only. The address that
 * was judged is the one that is connected to, so that a name cannot mean another one a moment later.
 */
final class Endpoints {

    private static final Reachable PUBLIC = new Reachable(false, false);

    private final Vertx vertx;
    private final boolean allowLoopback;

    /** @param allowLoopback servers on this machine too, without TLS: for fakes */
    Endpoints(Vertx vertx, boolean allowLoopback) {
        this.vertx = vertx;
        this.allowLoopback = allowLoopback;
    }

    /** Where to connect to; empty if it is not allowed. Fails if the name cannot be resolved. */
    Uni<Optional<SocketAddress>> addressOf(URI endpoint) {
        // Java's resolver blocks.
        return vertx.executeBlocking(
                Uni.createFrom().item(() -> addresses(endpoint.getHost())).map(found -> judged(endpoint, found)),
                false);
    }

    Optional<SocketAddress> judged(URI endpoint, List<InetAddress> addresses) {
        boolean loopback = allowLoopback && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        boolean open = "https".equalsIgnoreCase(endpoint.getScheme())
                && addresses.stream().allMatch(PUBLIC::allows);
        return loopback || open
                ? Optional.of(SocketAddress.inetSocketAddress(
                        port(endpoint), addresses.get(0).getHostAddress()))
                : Optional.empty();
    }

    private static int port(URI endpoint) {
        if (endpoint.getPort() >= 0) {
            return endpoint.getPort();
        }
        return "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new UnresolvedException(e);
        }
    }

    /** The network's fault, or the name's. */
    private static final class UnresolvedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnresolvedException(UnknownHostException cause) {
            super("the push service's name cannot be resolved", cause);
        }
    }
}
