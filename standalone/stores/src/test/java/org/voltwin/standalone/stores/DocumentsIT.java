package org.voltwin.standalone.stores;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentsIT {
    private static final int WRITERS = 4;

    @TempDir
    private Path folder;

    @Test
    void whatIsAcknowledgedIsThereAfterKill() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger[] counted = new AtomicInteger[WRITERS];
        CountDownLatch enough = new CountDownLatch(300);

        try (StoresProcess process = StoresProcess.start(folder);
                MongoClient client = process.client()) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                AtomicInteger count = new AtomicInteger();
                counted[writer] = count;
                int number = writer;
                writers.add(Thread.ofVirtual().start(() -> write(client, number, count, acknowledged, enough)));
            }
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            process.kill();
            for (Thread writer : writers) {
                writer.join();
            }
        }

        try (StoresProcess process = StoresProcess.start(folder);
                MongoClient client = process.client()) {
            MongoCollection<Document> rows = client.getDatabase("voltwin").getCollection("rows");
            List<String> found = rows.find().map(row -> row.getString("_id")).into(new ArrayList<>());
            assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
            MongoCollection<Document> counters = client.getDatabase("voltwin").getCollection("counters");
            for (int writer = 0; writer < WRITERS; writer++) {
                Document counter = counters.find(eq("_id", writer)).first();
                assertThat(counter).isNotNull();
                // The last one may have been written without its acknowledgement having come through.
                assertThat(counter.getInteger("n")).isBetween(counted[writer].get(), counted[writer].get() + 1);
                // What was not acknowledged can be written: no index entry without its document was left behind.
                String next = writer + "-" + counted[writer].get();
                rows.replaceOne(
                        eq("_id", next),
                        new Document("_id", next),
                        new com.mongodb.client.model.ReplaceOptions().upsert(true));
                rows.insertOne(new Document("_id", "after-" + writer));
            }
        }
    }

    private static void write(
            MongoClient client, int writer, AtomicInteger count, Set<String> acknowledged, CountDownLatch enough) {
        MongoCollection<Document> rows = client.getDatabase("voltwin").getCollection("rows");
        MongoCollection<Document> counters = client.getDatabase("voltwin").getCollection("counters");
        try {
            for (int i = 0; i < 100_000; i++) {
                String id = writer + "-" + i;
                rows.insertOne(new Document("_id", id).append("values", List.of(1.5, 2.5, i)));
                acknowledged.add(id);
                counters.findOneAndUpdate(
                        eq("_id", writer),
                        inc("n", 1),
                        new com.mongodb.client.model.FindOneAndUpdateOptions().upsert(true));
                count.incrementAndGet();
                enough.countDown();
            }
        } catch (MongoException e) {
            assertThat(enough.getCount())
                    .as("writes failed before the kill: %s", e)
                    .isZero();
        }
    }

    @Test
    void fortyThousandRowsAsBucketUpdatesStaySmall() throws Exception {
        int rowsPerMessage = 200;
        int messages = 200;
        try (StoresProcess process = StoresProcess.start(folder)) {
            try (MongoClient client = process.client()) {
                MongoCollection<Document> buckets =
                        client.getDatabase("voltwin").getCollection("buckets");
                buckets.createIndex(Indexes.ascending("thing"));
                long begin = System.nanoTime();
                for (int message = 0; message < messages; message++) {
                    append(buckets, (long) message * rowsPerMessage, rowsPerMessage);
                }
                double seconds = (System.nanoTime() - begin) / 1e9;
                long rows = buckets
                        .find()
                        .map(bucket -> (long) bucket.get("rows", Document.class).size())
                        .into(new ArrayList<>())
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(rows).isEqualTo((long) rowsPerMessage * messages);
                System.out.printf(
                        "40,000 rows of 8 values in %.1f s, file %.1f MB, resident %d MB%n",
                        seconds, Files.size(file()) / 1e6, process.residentKibibytes() / 1024);
                assertThat(process.residentKibibytes()).isLessThan(200 * 1024);
                assertThat(health(process))
                        .isEqualTo("{\"status\":\"UP\",\"components\":{\"documents\":\"UP\",\"sftp\":\"UP\"}}");
            }
            assertThat(process.stop()).isEqualTo(143);
        }
        assertThat(Files.size(file())).isLessThan(40_000_000);
    }

    private Path file() {
        return folder.resolve("data/documents/voltwin.mv");
    }

    private static void append(MongoCollection<Document> buckets, long first, int count) {
        int bucketRows = 500;
        for (long from = first; from < first + count; ) {
            long bucket = from / bucketRows;
            long to = Math.min(first + count, (bucket + 1) * bucketRows);
            List<Bson> sets = new ArrayList<>();
            for (long row = from; row < to; row++) {
                sets.add(set("rows." + row, List.of(row * 1.0, 3.7, -1.25, 25.1, 0.5, 1.0, 2.0, row * 0.001)));
            }
            buckets.updateOne(eq("_id", "cell|run|" + bucket), combine(sets), new UpdateOptions().upsert(true));
            from = to;
        }
    }

    private static String health(StoresProcess process) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.healthPort() + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
