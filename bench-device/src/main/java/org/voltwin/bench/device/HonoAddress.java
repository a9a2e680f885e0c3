package org.voltwin.bench.device;

/**
 * Where Hono's MQTT adapter is.
 *
 * @param tenant the laboratory's tenant in Hono
 */
public record HonoAddress(String host, int port, String tenant) {}
