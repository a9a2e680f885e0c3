/**
 * One real Apache Kafka node (KRaft, broker and controller in one) as a process of its own: what one machine runs in
 * place of a Kafka cluster.
 *
 * <p>Entry type: {@link org.voltwin.standalone.kafka.Main}. It must not know Hono, topics' meaning, or any room.
 */
@NullMarked
package org.voltwin.standalone.kafka;

import org.jspecify.annotations.NullMarked;
