package dev.fanfare.delivery.push.fcm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Google's service account, as the JSON file that its console hands out has it. */
record ServiceAccount(String projectId, String email, String keyId, RSAPrivateKey key, String tokenUri) {

    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9.:-]{1,100}");
    private static final String WRONG = "service-account must be the JSON file of a Google service account";

    static ServiceAccount parse(String json) throws InvalidCredentialException {
        try {
            File file = Json.read(json.getBytes(StandardCharsets.UTF_8), File.class);
            if (file.projectId() == null || file.email() == null || file.privateKey() == null) {
                throw new InvalidCredentialException(WRONG + " with project_id, client_email and private_key");
            }
            if (!PROJECT.matcher(file.projectId()).matches()) {
                throw new InvalidCredentialException(WRONG + ": its project_id is none");
            }
            return new ServiceAccount(
                    file.projectId(),
                    file.email(),
                    file.keyId(),
                    key(file.privateKey()),
                    file.tokenUri() == null ? "https://oauth2.googleapis.com/token" : file.tokenUri());
        } catch (MalformedJsonException e) {
            throw new InvalidCredentialException(WRONG);
        }
    }

    private static RSAPrivateKey key(String pem) throws InvalidCredentialException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw new InvalidCredentialException(WRONG + ": its private_key must be an RSA key as PEM");
        }
    }

    private record File(
            @JsonProperty("project_id") String projectId,
            @JsonProperty("client_email") String email,
            @JsonProperty("private_key_id") String keyId,
            @JsonProperty("private_key") String privateKey,
            @JsonProperty("token_uri") String tokenUri) {}
}
