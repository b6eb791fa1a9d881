package dev.fanfare.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority that lives as long as a test, and the certificate that it gave to a server on 127.0.0.1, made by
 * the JDK's keytool. All files are PEM.
 *
 * @param authority what a client of the server trusts
 * @param certificate of the server; no name but the address is in it
 * @param key of the server, PKCS #8; only its owner can read the file
 */
public record TestAuthority(Path authority, Path certificate, Path key) {

    private static final String PASSWORD = "password";
    private static final String ALIAS = "key";

    /** Makes both, with files in an existing directory; takes a second or two. */
    public static TestAuthority in(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path issuer = directory.resolve("authority.p12");
        Path server = directory.resolve("server.p12");
        Path request = directory.resolve("server.csr");
        TestAuthority made = new TestAuthority(
                directory.resolve("authority.pem"), directory.resolve("server.pem"), directory.resolve("server.key"));

        keytool(issuer, "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:critical=ca:true");
        keytool(server, "-genkeypair", "-keyalg", "EC", "-dname", "CN=server");
        keytool(server, "-certreq", "-file", request.toString());
        keytool(
                issuer,
                "-gencert",
                "-rfc",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-infile",
                request.toString(),
                "-outfile",
                made.certificate.toString());

        Files.writeString(
                made.authority,
                pem("CERTIFICATE", open(issuer).getCertificate(ALIAS).getEncoded()));
        // PostgreSQL does not take a key that others can read.
        Files.createFile(made.key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                made.key,
                pem(
                        "PRIVATE KEY",
                        open(server).getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        return made;
    }

    /** What a client uses that trusts an authority and nobody else. */
    public static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry(ALIAS, certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString()));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + arguments[0]);
        }
    }

    private static KeyStore open(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
