package org.voltwin.twin.store;

final class MemorySampleStoreTest extends SampleStoreContract {
    @Override
    protected SampleStore store() {
        return new MemorySampleStore();
    }
}
