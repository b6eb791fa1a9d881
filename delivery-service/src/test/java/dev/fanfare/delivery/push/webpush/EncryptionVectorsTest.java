package dev.fanfare.delivery.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The examples of the RFCs. */
class EncryptionVectorsTest {

    /** RFC 8188, section 3.1. */
    @Test
    void walrus() {
        // When
        byte[] body = Aes128Gcm.encrypt(
                "I am the walrus".getBytes(StandardCharsets.US_ASCII),
                bytes("yqdlZ-tYemfogSmv7Ws5PQ"),
                bytes("I1BsxtFttlv3u_Oo94xnmw"),
                new byte[0]);

        // Then
        assertThat(text(body)).isEqualTo("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");
    }

    /** RFC 8291, section 5 and appendix A. */
    @Test
    void watermelon() throws Exception {
        // Given
        Subscription subscription = Subscription.parse(
                        """
                {"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","keys":{
                 "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                 "auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")
                .orElseThrow();
        KeyPair sender = new KeyPair(
                P256.publicKey(bytes(
                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
                P256.privateKey(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));

        // When
        byte[] body = MessageEncryption.encrypt(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII),
                subscription,
                sender,
                bytes("DGv6ra1nlYgDCS1FRnbzlw"));

        // Then
        assertThat(text(body))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                                + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
                                + "a-fN");
    }

    @Test
    void theSameMessageNeverLooksTheSame() {
        // Given
        Subscription subscription = new Subscription(
                URI.create("https://push.example.net"),
                (ECPublicKey) P256.generate().getPublic(),
                new byte[16]);

        // When
        byte[] first = MessageEncryption.encrypt(new byte[MessageEncryption.MOST_BYTES], subscription);
        byte[] second = MessageEncryption.encrypt(new byte[MessageEncryption.MOST_BYTES], subscription);

        // Then
        assertThat(first).hasSize(4096).isNotEqualTo(second);
    }

    @Test
    void whatDoesNotFitIntoARecord() {
        // When, then
        assertThatThrownBy(() -> Aes128Gcm.encrypt(new byte[4096 - 16], new byte[16], new byte[16], new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pointThatIsNotOnTheCurve() {
        // Given
        byte[] point = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        point[64] ^= 1;

        // When, then
        assertThatThrownBy(() -> P256.publicKey(point)).isInstanceOf(InvalidKeySpecException.class);
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
