package org.voltwin.model.port;

import java.io.IOException;
import java.io.InputStream;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.TestRequest;

/** The models exchange, as model management sees it. */
public interface ModelLibrary {
    /** The latest models for the request's use case and unit under test; refused with {@code model.missing}. */
    Outcome<ModelSelection> select(TestRequest request);

    /** Content of a file of a selection. */
    InputStream open(ModelFile file) throws IOException;
}
