package org.voltwin.standalone.stores;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** The H2 back end, with every command that may change something on the disk before its reply is sent. */
final class DurableBackend extends H2Backend {
    /** Known to change nothing. Any other command is taken for a writing one. */
    private static final Set<String> READING = Set.of(
            "find",
            "getmore",
            "killcursors",
            "count",
            "distinct",
            "ismaster",
            "hello",
            "ping",
            "buildinfo",
            "listcollections",
            "listdatabases",
            "listindexes",
            "serverstatus",
            "hostinfo",
            "getlog",
            "getparameter",
            "getcmdlineopts",
            "whatsmyuri",
            "endsessions",
            "collstats",
            "dbstats",
            "explain",
            "currentop",
            "saslstart");

    private final GroupCommit commit;

    DurableBackend(MVStore store, GroupCommit commit) {
        super(store);
        this.commit = commit;
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document command = message.getDocument();
        return isReading(firstKey(command))
                ? commit.read(() -> super.handleMessage(message))
                : commit.write(() -> super.handleMessage(message));
    }

    /** Drivers say hello this way, and old ones send commands so. */
    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return isReading(firstKey(query.getQuery()))
                ? commit.read(() -> super.handleQuery(query))
                : commit.write(() -> super.handleQuery(query));
    }

    private static boolean isReading(@Nullable String command) {
        return command != null && READING.contains(command.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String firstKey(Document command) {
        return command.isEmpty() ? null : command.keySet().iterator().next();
    }
}
