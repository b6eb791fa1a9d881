package dev.fanfare.delivery.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions whose clients cannot speak on their own connection (SSE, HTTP stream). Each has a secret key that its
 * connect reply tells; who presents it speaks for the session. Thread-safe.
 */
@ApplicationScoped
public class OneWaySessions {

    private static final int KEY_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> byKey = new ConcurrentHashMap<>();

    /** @return the session's key */
    String add(Session session) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key = HexFormat.of().formatHex(bytes);
        byKey.put(key, session);
        return key;
    }

    void remove(String key) {
        byKey.remove(key);
    }

    /**
     * Hands commands to the session with this key, on its event loop.
     *
     * @return false if there is none
     */
    public boolean command(String key, byte[] commands) {
        Session session = byKey.get(key);
        if (session == null) {
            return false;
        }
        session.link().eventLoop().execute(() -> session.onFrame(commands));
        return true;
    }
}
