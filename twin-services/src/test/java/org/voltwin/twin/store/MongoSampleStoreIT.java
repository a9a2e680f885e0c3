package org.voltwin.twin.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voltwin.model.TwinId;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;

final class MongoSampleStoreIT extends SampleStoreContract {
    private static MongoServer server;

    @BeforeAll
    static void startServer() {
        server = MongoServers.start();
    }

    @AfterAll
    static void stopServer() {
        server.shutdown();
    }

    @Override
    protected SampleStore store() {
        return new MongoSampleStore(
                MongoServers.uri(server),
                "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12));
    }

    @Test
    void countIsRightAfterACrashBetweenItsTwoWrites() {
        String database = "crash";
        StreamKey key = new StreamKey(TwinId.of("org.voltwin:cell-crash"), "s");
        List<Column> columns = List.of(new Column("x", Unit.VOLT, Direction.OUTPUT));
        List<double[]> three = List.of(new double[] {1}, new double[] {2}, new double[] {3});
        InsideRows rows = new InsideRows(key, null, "t", columns, 0, three, List.of(), null);
        try (MongoSampleStore store = new MongoSampleStore(MongoServers.uri(server), database);
                MongoClient client = MongoClients.create(MongoServers.uri(server))) {
            store.append(rows, NOW).orThrow();
            // the state after a crash between the bucket's write and the stream's: rows there, not counted
            client.getDatabase(database)
                    .getCollection("streams")
                    .updateOne(
                            new Document("_id", key.id()),
                            new Document("$set", new Document("counts", new Document()).append("rows", 0L)));
            assertThat(store.stream(key).orElseThrow().rows()).isZero();

            StreamInfo again = store.append(rows, NOW).orThrow();

            assertThat(again.rows()).isEqualTo(3);
            Document stream = client.getDatabase(database)
                    .getCollection("streams")
                    .find(new Document("_id", key.id()))
                    .first();
            assertThat(stream.get("rows")).isEqualTo(3L);
            Document bucket = client.getDatabase(database)
                    .getCollection("buckets")
                    .find(new Document("_id", key.id() + "|0"))
                    .first();
            assertThat(bucket.get("rows", Document.class)).containsOnlyKeys("0", "1", "2");
        }
    }
}
