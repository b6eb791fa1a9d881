/**
 * Pushes that were given up and that a person may repair: expired after they had been tried, or rejected for something
 * else than their token. They are listed, edited, replayed and deleted over the admin API.
 */
package dev.fanfare.delivery.push.dead;
