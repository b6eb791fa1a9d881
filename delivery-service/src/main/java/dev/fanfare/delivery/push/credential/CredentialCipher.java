package dev.fanfare.delivery.push.credential;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the settings of credentials with AES-256 in GCM mode: 12 random bytes of nonce, then what comes of the settings
 * as JSON, bound to their app and provider, so that a row that was copied to another app does not open. Thread-safe.
 */
final class CredentialCipher {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

    private final String activeId;
    private final Map<String, SecretKeySpec> keys = new HashMap<>();

    /**
     * @param activeId of the key that encrypts
     * @param keys by their ids, 32 bytes in base64; all decrypt
     * @throws IllegalArgumentException a key is not what it should be
     */
    CredentialCipher(String activeId, Map<String, Secret> keys) {
        this.activeId = activeId;
        keys.forEach((id, key) -> this.keys.put(id, keyOf(id, key)));
        if (!this.keys.containsKey(activeId)) {
            throw new IllegalArgumentException("there is no credential key " + activeId);
        }
    }

    private static SecretKeySpec keyOf(String id, Secret key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.reveal().trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the credential key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the credential key " + id + " must be " + KEY_BYTES + " bytes in base64");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * Settings as they are kept.
     *
     * @param keyId which key opens them
     */
    record Sealed(String keyId, byte[] bytes) {}

    Sealed seal(CredentialKey of, Map<String, Secret> settings) {
        Map<String, String> revealed = new TreeMap<>();
        settings.forEach((name, value) -> revealed.put(name, value.reveal()));
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, activeId, of, nonce).doFinal(Json.write(revealed));
            byte[] bytes = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, bytes, NONCE_BYTES, sealed.length);
            return new Sealed(activeId, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not there", e);
        }
    }

    /** @throws UnreadableException no key opens it, or it is not of this app and provider */
    Map<String, Secret> open(CredentialKey of, Sealed sealed) throws UnreadableException {
        if (!keys.containsKey(sealed.keyId)) {
            throw new UnreadableException(
                    "it was encrypted with the key " + sealed.keyId + ", which is not configured");
        }
        if (sealed.bytes.length < NONCE_BYTES) {
            throw new UnreadableException("it is too short");
        }
        byte[] nonce = Arrays.copyOf(sealed.bytes, NONCE_BYTES);
        try {
            byte[] json = cipher(Cipher.DECRYPT_MODE, sealed.keyId, of, nonce)
                    .doFinal(sealed.bytes, NONCE_BYTES, sealed.bytes.length - NONCE_BYTES);
            Map<String, Secret> settings = new TreeMap<>();
            Json.mapper().readValue(json, SETTINGS).forEach((name, value) -> settings.put(name, Secret.of(value)));
            return settings;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnreadableException("the key " + sealed.keyId + " does not open it");
        }
    }

    private Cipher cipher(int mode, String keyId, CredentialKey of, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((of.appKey() + '\n' + of.provider()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** What is kept cannot be read. The message says why, and nothing of the content. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
