/**
 * The devices of users that can be reached by a push provider, kept in PostgreSQL. A push token belongs to one user of an
 * app at a time: who registers it last has it.
 */
package dev.fanfare.delivery.device;
