package dev.fanfare.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway's port does not take, whoever sends it. */
@GatewayTest
class HttpLimitsTest {

    private static final int PORT = BackEnd.url("/").getPort();

    @ParameterizedTest
    @ValueSource(strings = {"/user/getToken.json", "/?Action=UserRegister", "/admin/v1/apps"})
    void headersAreBounded(String path) throws Exception {
        try (RawHttp client = new RawHttp(PORT)) {
            // When
            client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(24 * 1024) + "\r\n\r\n");

            // Then
            assertThat(client.status()).isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
        }
    }

    @Test
    void theFirstLineIsBounded() throws Exception {
        try (RawHttp client = new RawHttp(PORT)) {
            // When
            client.send("GET /?" + "x".repeat(33 * 1024) + " HTTP/1.1\r\nHost: x\r\n\r\n");

            // Then
            assertThat(client.status()).endsWith(" 414 Request-URI Too Long");
        }
    }

    @Test
    void aBodyOfTheAdminApiIsBoundedBeforeItComes() throws Exception {
        try (RawHttp client = new RawHttp(PORT)) {
            // When
            client.send("POST /admin/v1/apps HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + BackEnd.rootToken()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 300000\r\n\r\n{");

            // Then
            assertThat(client.status()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
    }
}
