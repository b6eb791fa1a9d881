package dev.fanfare.delivery.push.webpush;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/** Keys on the curve P-256 in the forms of Web Push: a point uncompressed (65 bytes), a private key as its number. */
final class P256 {

    static final int POINT_BYTES = 65;
    static final int NUMBER_BYTES = 32;

    private static final String CURVE = "secp256r1";
    private static final ECParameterSpec PARAMETERS = parameters();

    private P256() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no P-256", e);
        }
    }

    /** @throws InvalidKeySpecException not a point of the curve */
    static ECPublicKey publicKey(byte[] point) throws InvalidKeySpecException {
        if (point.length != POINT_BYTES || point[0] != 4) {
            throw new InvalidKeySpecException("not an uncompressed point of P-256");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + NUMBER_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + NUMBER_BYTES, POINT_BYTES));
        if (!isOnCurve(x, y)) {
            throw new InvalidKeySpecException("not a point of P-256");
        }
        return (ECPublicKey) keys().generatePublic(new ECPublicKeySpec(new ECPoint(x, y), PARAMETERS));
    }

    /** @throws InvalidKeySpecException not a number below the curve's order */
    static ECPrivateKey privateKey(byte[] number) throws InvalidKeySpecException {
        BigInteger s = new BigInteger(1, number);
        if (number.length != NUMBER_BYTES || s.signum() == 0 || s.compareTo(PARAMETERS.getOrder()) >= 0) {
            throw new InvalidKeySpecException("not a private key of P-256");
        }
        return (ECPrivateKey) keys().generatePrivate(new ECPrivateKeySpec(s, PARAMETERS));
    }

    static byte[] point(ECPublicKey key) {
        byte[] point = new byte[POINT_BYTES];
        point[0] = 4;
        copy(key.getW().getAffineX(), point, 1);
        copy(key.getW().getAffineY(), point, 1 + NUMBER_BYTES);
        return point;
    }

    private static void copy(BigInteger number, byte[] to, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, NUMBER_BYTES);
        System.arraycopy(bytes, bytes.length - length, to, at + NUMBER_BYTES - length, length);
    }

    /** A point that is not on the curve would give the private key away, bit by bit. */
    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) PARAMETERS.getCurve().getField()).getP();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.modPow(BigInteger.valueOf(3), p)
                .add(PARAMETERS.getCurve().getA().multiply(x))
                .add(PARAMETERS.getCurve().getB())
                .mod(p);
        return y.modPow(BigInteger.TWO, p).equals(right);
    }

    private static KeyFactory keys() {
        try {
            return KeyFactory.getInstance("EC");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no elliptic curves", e);
        }
    }

    private static ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(CURVE));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no P-256", e);
        }
    }
}
