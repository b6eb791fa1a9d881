package dev.fanfare.groupstatus;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The internal API of groups, called as another service of Fanfare would. */
public final class GroupsClient {

    private static final String KEY = "only-the-services-of-the-tests-know";

    private final String base;

    public GroupsClient(String app) {
        this.base = "/internal/v1/apps/" + app;
    }

    public ValidatableResponse create(String group, Object body) {
        return request().body(body).put(base + "/groups/{group}", group).then();
    }

    public ValidatableResponse join(String group, String... userIds) {
        return request()
                .body(Map.of("userIds", Arrays.asList(userIds)))
                .post(base + "/groups/{group}/members", group)
                .then();
    }

    public ValidatableResponse quit(String group, String... userIds) {
        return request()
                .body(Map.of("userIds", Arrays.asList(userIds)))
                .post(base + "/groups/{group}/members/remove", group)
                .then();
    }

    public ValidatableResponse dismiss(String group) {
        return request().delete(base + "/groups/{group}", group).then();
    }

    public ValidatableResponse rename(String group, String name) {
        return request()
                .body(Map.of("name", name))
                .patch(base + "/groups/{group}", group)
                .then();
    }

    public ValidatableResponse members(String group) {
        return request().get(base + "/groups/{group}/members", group).then();
    }

    public List<String> memberIds(String group) {
        return members(group).statusCode(200).extract().path("userIds");
    }

    public ValidatableResponse sync(String user, Object body) {
        return request().body(body).put(base + "/users/{user}/groups", user).then();
    }

    /** Id to name. */
    public List<Map<String, String>> groupsOf(String user) {
        return request()
                .get(base + "/users/{user}/groups", user)
                .then()
                .statusCode(200)
                .extract()
                .path("groups");
    }

    private static RequestSpecification request() {
        return given().header("Authorization", "Bearer " + KEY).contentType(ContentType.JSON);
    }
}
