package org.voltwin.standalone.edge.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** HiveMQ's configuration file, written anew at each start. */
final class BrokerConfigFile {

    /** HiveMQ's default of 1000 silently drops what an offline client has queued beyond it. */
    private static final int MAX_QUEUED = 500_000;

    private static final int MAX_PACKET_BYTES = 4 * 1024 * 1024;

    private BrokerConfigFile() {}

    static void write(Path folder, BrokerSettings settings, Path keyStore) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("config.xml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String password = xml(settings.keyStorePassword());
        Files.writeString(file, """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>%s</bind-address></tcp-listener>
                    <tls-tcp-listener>
                      <port>%d</port><bind-address>%s</bind-address>
                      <tls>
                        <protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>
                        <keystore>
                          <path>%s</path><password>%s</password><private-key-password>%s</private-key-password>
                        </keystore>
                      </tls>
                    </tls-tcp-listener>
                  </listeners>
                  <mqtt>
                    <queued-messages><max-queue-size>%d</max-queue-size><strategy>discard</strategy></queued-messages>
                    <packets><max-packet-size>%d</max-packet-size></packets>
                  </mqtt>
                  <persistence><mode>file</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(
                        settings.port(),
                        xml(settings.host()),
                        settings.tlsPort(),
                        xml(settings.tlsHost()),
                        xml(keyStore.toString()),
                        password,
                        password,
                        MAX_QUEUED,
                        MAX_PACKET_BYTES));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
