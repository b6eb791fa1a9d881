package dev.fanfare.delivery.node;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who this process is among the delivery nodes. Random at every start: a node that comes back is another node, so that
 * what the dead one left behind is never taken for its own.
 */
@ApplicationScoped
public class NodeIdentity {

    private static final int BYTES = 8;

    private final String id = random();

    public String id() {
        return id;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
