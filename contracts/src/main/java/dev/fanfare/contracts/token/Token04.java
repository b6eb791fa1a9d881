package dev.fanfare.contracts.token;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.token.UserTokens.Verdict;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token with which clients log in to ZEGOCLOUD ZIM, so that a back end that makes such tokens need not change:
 * {@code 04}, then in base64 (numbers big-endian) the expiry in seconds (8 bytes), an initialisation vector and an
 * AES-256 ciphertext, each behind its length (2 bytes), and perhaps a mode. No mode, or 0, is CBC with PKCS#5 padding and
 * a vector of 16 bytes; 1 is GCM with a vector of 12. The key is the 32 characters of the app's ServerSecret; within is
 * JSON with {@code app_id}, {@code user_id}, {@code ctime}, {@code expire}, both in seconds, and more that does not matter
 * here. (The generators of ZEGOCLOUD's {@code zego_server_assistant}.)
 *
 * <p>A token is good if it opens with a secret of the app, names the app's id and a user id that can be one, was made
 * before it expires, says the same expiry inside and outside, and that is to come. The time of issue is {@code ctime},
 * which has whole seconds only: {@code user/token/expire} also cuts tokens that are made later in its very second. What is
 * wrong with a token that is not good is not told, except that it has expired, and that only of one that was good. GCM
 * tells whether a token was changed on its way; CBC, the older layout, cannot. Whatever the text, nothing is thrown.
 * Thread-safe.
 */
public final class Token04 {

    private static final String VERSION = "04";
    private static final int MAX_CHARS = 16_384;
    private static final int SECRET_BYTES = 32;
    private static final int CBC = 0;
    private static final int GCM = 1;
    private static final int CBC_IV_BYTES = 16;
    private static final int GCM_NONCE_BYTES = 12;
    private static final int GCM_TAG_BITS = 128;

    /** The end of the year 9999: later times are none, and would not fit everywhere. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private static final long MILLIS = 1000;

    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private final Clock clock;

    public Token04(Clock clock) {
        this.clock = clock;
    }

    /** Whether the text can be a token04 only, and no other token that Fanfare knows. */
    public static boolean isOne(String token) {
        return token != null && token.startsWith(VERSION);
    }

    /** What the token is worth to this app. */
    public Verdict verify(String token, ZimIdentity app) {
        Verdict best = new Verdict.Invalid();
        Optional<Outer> outer = Outer.read(token);
        if (outer.isPresent()) {
            for (Secret secret : app.serverSecrets()) {
                Verdict verdict = judge(outer.get(), secret, app);
                if (!(verdict instanceof Verdict.Invalid)) {
                    best = verdict;
                }
            }
        }
        return best;
    }

    private Verdict judge(Outer outer, Secret secret, ZimIdentity app) {
        Optional<JsonNode> opened = outer.open(secret);
        if (opened.isEmpty()) {
            return new Verdict.Invalid();
        }
        JsonNode inner = opened.get();
        String userId =
                inner.path("user_id").isTextual() ? inner.path("user_id").textValue() : "";
        long issuedAt = seconds(inner.path("ctime"));
        long expire = seconds(inner.path("expire"));
        JsonNode appId = inner.path("app_id");
        if (!appId.isIntegralNumber()
                || !appId.asText().equals(app.appId())
                || !canBeUserId(userId)
                || issuedAt == 0
                || issuedAt >= expire
                || expire != outer.expire) {
            return new Verdict.Invalid();
        }
        Instant expiresAt = Instant.ofEpochSecond(expire);
        return clock.instant().isBefore(expiresAt)
                ? new Verdict.Valid(app.appKey(), userId, issuedAt * MILLIS, expiresAt)
                : new Verdict.Expired();
    }

    private static boolean canBeUserId(String userId) {
        return !userId.isBlank()
                && userId.length() <= Limits.ID_CHARS
                && userId.chars().noneMatch(Character::isISOControl);
    }

    /** 0 if it is no time. */
    private static long seconds(JsonNode time) {
        long seconds = time.isIntegralNumber() && time.canConvertToLong() ? time.longValue() : 0;
        return seconds > 0 && seconds <= MAX_SECONDS ? seconds : 0;
    }

    /** What can be read without a secret. */
    private record Outer(long expire, byte[] iv, byte[] ciphertext, int mode) {

        static Optional<Outer> read(String token) {
            if (!isOne(token) || token.length() > MAX_CHARS) {
                return Optional.empty();
            }
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(token.substring(VERSION.length())));
                long expire = bytes.getLong();
                byte[] iv = behindItsLength(bytes);
                byte[] ciphertext = behindItsLength(bytes);
                int mode = bytes.hasRemaining() ? bytes.get() : CBC;
                return bytes.hasRemaining()
                        ? Optional.empty()
                        : Optional.of(new Outer(expire, iv, ciphertext, mode)).filter(Outer::isPossible);
            } catch (IllegalArgumentException | BufferUnderflowException e) {
                return Optional.empty();
            }
        }

        private static byte[] behindItsLength(ByteBuffer bytes) {
            int length = Short.toUnsignedInt(bytes.getShort());
            if (length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] read = new byte[length];
            bytes.get(read);
            return read;
        }

        private boolean isPossible() {
            return mode == CBC && iv.length == CBC_IV_BYTES || mode == GCM && iv.length == GCM_NONCE_BYTES;
        }

        Optional<JsonNode> open(Secret secret) {
            byte[] key = secret.bytes();
            if (key.length != SECRET_BYTES) {
                return Optional.empty();
            }
            try {
                Cipher cipher = Cipher.getInstance(mode == GCM ? "AES/GCM/NoPadding" : "AES/CBC/PKCS5Padding");
                AlgorithmParameterSpec vector =
                        mode == GCM ? new GCMParameterSpec(GCM_TAG_BITS, iv) : new IvParameterSpec(iv);
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), vector);
                return Optional.of(READER.readTree(cipher.doFinal(ciphertext)));
            } catch (GeneralSecurityException | IOException e) {
                return Optional.empty();
            }
        }
    }
}
