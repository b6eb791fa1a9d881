package dev.fanfare.benchmark.product;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.standalone.installation.PortName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A push provider as the installation has it: on this machine, as strict as the vendor; FCM unless it is said otherwise. */
public final class Pushes {

    /** FCM's name. */
    public static final String PROVIDER = "fcm";

    private static final long LOOK_NANOS = 20_000_000;
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI page;
    private final String provider;

    public Pushes(Installation installation) {
        this(installation, PROVIDER);
    }

    /** @param provider such as {@code apns} */
    public Pushes(Installation installation, String provider) {
        this.provider = provider;
        page = URI.create("http://127.0.0.1:" + installation.endpoints().ports().of(PortName.PUSH_PROVIDERS));
    }

    /**
     * What the provider took.
     *
     * @param again of those, pushes that their device had under the same id already
     */
    public record Counts(long pushes, long again) {}

    /**
     * A push that it took.
     *
     * @param id the same twice shows once on the device
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Taken(String token, String id) {}

    public String provider() {
        return provider;
    }

    /** What an app shows the provider. */
    public Map<String, String> credential() throws IOException, InterruptedException {
        JsonNode settings = Json.mapper().readTree(get("/credentials")).path(provider);
        return Json.mapper().convertValue(settings, new TypeReference<>() {});
    }

    /** The tokens of so many new devices. */
    public List<String> install(int devices) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page.resolve("/tokens/" + provider + "?count=" + devices))
                .POST(BodyPublishers.noBody())
                .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        return Json.mapper().convertValue(Json.mapper().readTree(answer).path("tokens"), new TypeReference<>() {});
    }

    public Counts counts() throws IOException, InterruptedException {
        return Json.mapper().treeToValue(Json.mapper().readTree(get("/counts")).path(provider), Counts.class);
    }

    /** The last pushes that it took, at most 10,000 less those of the other providers. */
    public List<Taken> taken() throws IOException, InterruptedException {
        return Json.mapper().readValue(get("/pushes?provider=" + provider), new TypeReference<>() {});
    }

    /** Returns when so many were taken in all, with the time ({@link System#nanoTime()}); otherwise it is an error. */
    public long await(long pushes, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Counts counts = counts();
        while (counts.pushes() < pushes) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not all of " + pushes + " pushes came: " + counts);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            counts = counts();
        }
        return System.nanoTime();
    }

    /** A push to a device as a whole HTTP request, like the product's own. */
    public byte[] request(String token) throws IOException, InterruptedException {
        Map<String, String> credential = credential();
        URI provider = URI.create(credential.get("url"));
        JsonNode account = Json.mapper().readTree(credential.get("service-account"));
        byte[] body = Json.write(Map.of(
                "message",
                Map.of(
                        "token",
                        token,
                        "notification",
                        Map.of("body", "Something for all of you"),
                        "android",
                        Map.of("collapse_key", "5FGT-7VA9-G4DD-4V5P", "priority", "HIGH"),
                        "data",
                        Map.of("rc", "{\"id\":\"5FGT-7VA9-G4DD-4V5P\",\"cType\":\"SYS\",\"oName\":\"RC:TxtMsg\"}"))));
        String head = "POST /v1/projects/" + account.path("project_id").textValue()
                + "/messages:send HTTP/1.1\r\nHost: 127.0.0.1:" + provider.getPort() + "\r\nAuthorization: Bearer "
                + accessToken(URI.create(credential.get("token-url")), account)
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** Where pushes are sent to. */
    public int port() throws IOException, InterruptedException {
        return URI.create(credential().get("url")).getPort();
    }

    private String accessToken(URI at, JsonNode account) throws IOException, InterruptedException {
        Instant now = Instant.now();
        String assertion = JWT.create()
                .withKeyId(account.path("private_key_id").textValue())
                .withIssuer(account.path("client_email").textValue())
                .withAudience(at.toString())
                .withClaim("scope", SCOPE)
                .withIssuedAt(now)
                .withExpiresAt(now.plus(Duration.ofHours(1)))
                .sign(Algorithm.RSA256(
                        null, privateKey(account.path("private_key").textValue())));
        String form = "grant_type="
                + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8)
                + "&assertion=" + assertion;
        HttpRequest request = HttpRequest.newBuilder(at)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return Json.mapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
    }

    private static RSAPrivateKey privateKey(String pem) {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the provider's key is no RSA key", e);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }
}
