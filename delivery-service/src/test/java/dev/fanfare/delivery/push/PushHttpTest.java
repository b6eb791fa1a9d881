package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.fakes.http.SelfSigned;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.net.SocketAddress;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over TLS: fakes have none, but for APNs. */
class PushHttpTest {

    private Vertx vertx;
    private HttpServer server;
    private PushHttp http;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        SelfSigned certificate = SelfSigned.create();
        server = vertx.getDelegate()
                .createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setSni(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setValue(Buffer.buffer(certificate.keyStore()))
                                .setPassword(certificate.password())))
                .requestHandler(request -> request.response()
                        .end(request.version() + " " + request.connection().indicatedServerName()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        http = new PushHttp(
                vertx,
                new WebClientOptions()
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(certificate.certificate()))));
    }

    @AfterEach
    void stop() {
        http.close();
        vertx.closeAndAwait();
    }

    @Test
    void speaksHttp2ToTheNameAtTheGivenAddress() {
        // Given
        URI url = URI.create("https://fake.localhost:" + server.actualPort() + "/");

        // When
        HttpResponse<io.vertx.mutiny.core.buffer.Buffer> response =
                Pushes.answer(http.post(url, address()).send());

        // Then
        assertThat(response.bodyAsString()).isEqualTo("HTTP_2 fake.localhost");
    }

    @Test
    void trustsNoCertificateOfAnotherName() {
        // Given
        URI url = URI.create("https://push.example.com:" + server.actualPort() + "/");

        // When, then
        assertThatThrownBy(() -> Pushes.answer(http.post(url, address()).send()))
                .hasStackTraceContaining("push.example.com");
    }

    private SocketAddress address() {
        return SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1");
    }
}
