/** How far a consumer group has got: what is committed, and when. */
package dev.fanfare.runtime.commit;
