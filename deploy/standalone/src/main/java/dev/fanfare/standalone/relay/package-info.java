/**
 * What stands before several nodes of a service on one machine, so that clients and services know one address: TCP passed
 * on to a node that is ready. In a data centre this is the load balancer's.
 */
package dev.fanfare.standalone.relay;
