package dev.fanfare.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.TlsFile;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URL;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The gateway speaks TLS by the framework's keys, as docs/security.md has them. */
@GatewayTest
class TlsReloadTest {

    @TestHTTPResource(value = "/", tls = true)
    URL url;

    @ConfigProperty(name = TlsFile.PATH)
    Path file;

    @Test
    void aNewCertificateIsServedWithoutARestart() throws Exception {
        // Given
        BigInteger first = served();

        // When
        TlsFile.renew(file);

        // Then: Vert.x 4.5 closes what connects while it makes the new context
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(served()).isNotEqualTo(first));
    }

    private BigInteger served() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
