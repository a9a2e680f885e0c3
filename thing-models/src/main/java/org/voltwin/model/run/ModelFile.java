package org.voltwin.model.run;

/**
 * A file of a simulation model.
 *
 * @param name file name without a folder: {@code battery.fmu}, {@code connections.json}
 * @param path where it is, relative to the models exchange
 * @param sha256 lower-case hexadecimal digest of its content
 * @param sizeBytes its length
 */
public record ModelFile(String name, String path, String sha256, long sizeBytes) {}
