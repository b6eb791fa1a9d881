package dev.fanfare.contracts.sealing;

import dev.fanfare.contracts.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what others entrusted to Fanfare, where it is kept and on its way between the services: AES-256 in GCM mode,
 * 12 random bytes of nonce, then what comes of the content. Each is bound to its context (whose it is, and what for), so
 * that one that was copied to another place does not open. To change the key: add a new one everywhere, make it the
 * active one, and keep the old one as long as something sealed with it is to be opened. Thread-safe.
 */
public final class Sealer {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String activeId;
    private final Map<String, SecretKeySpec> keys = new HashMap<>();

    /**
     * @param what the keys are for, in messages: {@code "credential"}
     * @param activeId of the key that encrypts
     * @param keys by their ids, 32 bytes in base64; all decrypt
     * @throws IllegalArgumentException a key is not what it should be
     */
    public Sealer(String what, String activeId, Map<String, Secret> keys) {
        this.activeId = activeId;
        keys.forEach((id, key) -> this.keys.put(id, keyOf("the " + what + " key " + id, key)));
        if (!this.keys.containsKey(activeId)) {
            throw new IllegalArgumentException("there is no " + what + " key " + activeId);
        }
    }

    private static SecretKeySpec keyOf(String name, Secret key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.reveal().trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(name + " must be " + KEY_BYTES + " bytes in base64");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * Seals content.
     *
     * @param context not secret, and not in what comes of it: whoever opens it must know it
     */
    public Sealed seal(String context, byte[] content) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, activeId, context, nonce).doFinal(content);
            byte[] bytes = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, bytes, NONCE_BYTES, sealed.length);
            return new Sealed(activeId, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not there", e);
        }
    }

    /** @throws UnreadableException no key opens it, or it is not of this context */
    public byte[] open(String context, Sealed sealed) throws UnreadableException {
        if (!keys.containsKey(sealed.keyId)) {
            throw new UnreadableException(
                    "it was encrypted with the key " + sealed.keyId + ", which is not configured");
        }
        if (sealed.bytes.length < NONCE_BYTES) {
            throw new UnreadableException("it is too short");
        }
        byte[] nonce = Arrays.copyOf(sealed.bytes, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed.keyId, context, nonce)
                    .doFinal(sealed.bytes, NONCE_BYTES, sealed.bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new UnreadableException("the key " + sealed.keyId + " does not open it");
        }
    }

    private Cipher cipher(int mode, String keyId, String context, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /**
     * Content as it is kept.
     *
     * @param keyId which key opens it
     */
    public record Sealed(String keyId, byte[] bytes) {

        private static final char SEPARATOR = '.';

        /** In one text: the key's id, a dot, the bytes in URL-safe base64. */
        public String text() {
            return keyId + SEPARATOR + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        /** @throws UnreadableException it is not what {@link #text()} makes */
        public static Sealed parse(String text) throws UnreadableException {
            int end = text.lastIndexOf(SEPARATOR);
            try {
                return new Sealed(
                        text.substring(0, Math.max(0, end)),
                        Base64.getUrlDecoder().decode(text.substring(end + 1)));
            } catch (IllegalArgumentException e) {
                throw new UnreadableException("it is not base64");
            }
        }
    }

    /** What is kept cannot be read. The message says why, and nothing of the content. */
    public static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        public UnreadableException(String message) {
            super(message);
        }
    }
}
