/** Users, as all parts of the service name them. */
package dev.fanfare.delivery.user;
