/** Reading all of a topic on every node: what the 10-minute window and the table of user access are made from. */
package dev.fanfare.delivery.follow;
