package dev.fanfare.gateway.user;

/**
 * A new user, or what to change of one.
 *
 * @param name null: stays as it is, empty for a new user; so for the others
 */
public record UserChange(String userId, String name, String portraitUri, String extra) {}
