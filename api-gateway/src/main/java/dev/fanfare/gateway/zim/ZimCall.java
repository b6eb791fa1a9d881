package dev.fanfare.gateway.zim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.gateway.app.App;

/**
 * A call whose caller is known.
 *
 * @param query with the common parameters, and for an action with GET its own
 * @param body the JSON object of an action with POST; empty for one with GET
 */
public record ZimCall(App app, ZimQuery query, JsonNode body) {}
