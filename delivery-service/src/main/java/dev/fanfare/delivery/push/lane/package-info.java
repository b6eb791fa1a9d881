/**
 * Each credential has a lane of its own to its provider, with bounds, a time limit, a breaker and a pace, so that what is
 * wrong with one holds up no other. What cannot go at once, or soon, is sent back and tried later.
 */
package dev.fanfare.delivery.push.lane;
