/**
 * The LIMS database: connection pool, migrations, transactions.
 *
 * <p>Entry type: {@link org.voltwin.lims.database.LimsDatabase}. Must not know: what the tables mean.
 */
@NullMarked
package org.voltwin.lims.database;

import org.jspecify.annotations.NullMarked;
