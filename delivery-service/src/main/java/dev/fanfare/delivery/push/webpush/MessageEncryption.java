package dev.fanfare.delivery.push.webpush;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import javax.crypto.KeyAgreement;

/** Makes a message that only the browser of a subscription can read (RFC 8291). */
final class MessageEncryption {

    /** Of a message: with what encryption adds, the 4096 bytes that every push service takes (RFC 8030, section 7.2). */
    static final int MOST_BYTES = 3993;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] INFO = "WebPush: info\0".getBytes(StandardCharsets.US_ASCII);

    private MessageEncryption() {}

    /** With a key and a salt of its own for each message. */
    static byte[] encrypt(byte[] message, Subscription subscription) {
        byte[] salt = new byte[Aes128Gcm.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return encrypt(message, subscription, P256.generate(), salt);
    }

    static byte[] encrypt(byte[] message, Subscription subscription, KeyPair sender, byte[] salt) {
        byte[] senderPoint = P256.point((ECPublicKey) sender.getPublic());
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(INFO);
        info.writeBytes(P256.point(subscription.key()));
        info.writeBytes(senderPoint);
        byte[] inputKey =
                Hkdf.derive(subscription.auth(), sharedSecret(sender, subscription.key()), info.toByteArray(), 32);
        return Aes128Gcm.encrypt(message, inputKey, salt, senderPoint);
    }

    private static byte[] sharedSecret(KeyPair sender, ECPublicKey receiver) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(sender.getPrivate());
            agreement.doPhase(receiver, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no ECDH on P-256", e);
        }
    }
}
